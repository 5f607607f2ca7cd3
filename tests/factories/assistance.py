"""Help as a worker records it, and the ledger as a supervisor keeps it."""

from datetime import date
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.assistance.models import Assistance, AssistanceStep, Look, Payment, Programme
from apps.assistance.services import look_at, record_help, record_payment, take_step
from apps.core.days import today
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory

FACTS = {
    "applied": {"to_words": "嘉积镇政府便民服务中心"},
    "referred": {"to_words": "琼海市人力资源和社会保障局"},
    "refused": {"words": "家庭收入超过标准"},
    "ended": {"end_why": "done"},
}


def programme(code: str = "relief") -> Programme:
    return Programme.objects.get(code=code)


def helped(code: str = "relief", *, by: User | None = None, **facts: Any) -> Assistance:
    """Found today, for a person of 先锋村."""
    given = {"found_on": today(), "client_uuid": uuid4(), "programme": programme(code)} | facts
    given.setdefault("person", None)
    person = given.pop("person") or PersonFactory()
    return record_help(person=person, by=by or UserFactory(county_supervisor=True), **given)


def gone(
    help_: Assistance, *kinds: str, day: date | None = None, by: User | None = None
) -> Assistance:
    """Through these steps."""
    for kind in kinds:
        taken(help_, kind, day=day, by=by)
    help_.refresh_from_db()
    return help_


def taken(help_: Assistance, kind: str, *, by: User | None = None, **facts: Any) -> AssistanceStep:
    given = {"client_uuid": uuid4(), **FACTS.get(kind, {}), **facts}
    given["day"] = given.get("day") or today()
    return take_step(assistance=help_, by=by or UserFactory(), kind=kind, **given)


def approved(code: str = "relief", *, by: User | None = None, **facts: Any) -> Assistance:
    row = helped(code, by=by, **facts)
    return gone(row, "applied", "approved", day=row.found_on, by=by)


def paid(help_: Assistance, fen: int | None = 10_000, *, by: User | None = None,
         **facts: Any) -> Payment:  # fmt: skip
    """A hundred yuan by bank transfer, with a signature."""
    given: dict[str, Any] = {
        "client_uuid": uuid4(), "paid_on": today(), "how": "bank", "receipt": "signed",
        "amount_fen": fen,
    } | facts  # fmt: skip
    return record_payment(assistance=help_, by=by or UserFactory(), **given)


def looked(help_: Assistance, after: int = 30, *, by: User | None = None, **facts: Any) -> Look:
    given = {"client_uuid": uuid4(), "looked_on": today(), "changed": "better"} | facts
    return look_at(assistance=help_, by=by or UserFactory(), after=after, **given)
