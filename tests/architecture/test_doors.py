"""Rules live once: what is forbidden is forbidden at every door, in words, and leaves no trace.

An act is tried by page, admin, import, command and service. Each door has to say no (its own way
of saying so is checked), and the database is the same afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.services import change_account
from apps.assessments.models import ValidityRule
from apps.assessments.services import set_validity
from apps.cases.models import Case, Leave
from apps.cases.services import assign_open_cases, correct_case, open_case, report_leave
from apps.checkins.models import CheckIn
from apps.checkins.services import log_checkin
from apps.core.days import today
from apps.core.refusals import Refused
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, change_person, mark_life_status
from apps.schedule.models import PlanRule
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db
WRONG_NUMBER = "469098198803040011"  # its last character would have to be another one
HELD: tuple[type[Model], ...] = (
    Person, Case, Leave, CheckIn, Assignment, PlanRule, ValidityRule, User,
)  # fmt: skip


@dataclass
class Office:
    """One order in force, its worker, and whoever may act on it."""

    tmp: Path

    def __post_init__(self) -> None:
        self.worker, self.boss = UserFactory(), UserFactory(town_supervisor=True)
        self.records, self.system = UserFactory(records_admin=True), UserFactory(system_admin=True)
        self.far = UserFactory(area=area(WANQUAN))
        self.case: Case = running_case(self.worker, days=100)
        self.person: Person = self.case.person
        self.alone: Case = running_case(days=100)
        self.free: Person = PersonFactory()

    def page(self, by: User, to: str, /, *args: Any, **sent: Any) -> str:
        return _said_no(signed_in(by).post(reverse(to, args=args), sent))

    def admin(self, by: User, to: str, row: Model | None = None, /, **sent: Any) -> str:
        client = Client()
        client.force_login(by)
        address = reverse(f"admin:{to}", args=[row.pk] if row else [])
        form = client.get(address).context["adminform"].form
        shown = {field: form[field].value() for field in form.fields}
        kept = {field: value for field, value in shown.items() if value not in (None, False)}
        return _said_no(client.post(address, kept | sent), ok=200)

    def ledger(self, kind: str, **cells: Any) -> str:
        path = write_xlsx(self.tmp / "ledger.xlsx", [list(cells), list(cells.values())])
        report = import_ledger(
            ledger=ledgers()[kind], path=path, by=self.records, area=area(QIONGHAI)
        )
        assert report.rejected == 1
        return report.errors[0].reason


def _said_no(answer: Any, ok: int = 422) -> str:
    """The words of a form that came back, or of a refusal."""
    assert answer.status_code in {ok, 409, 422}, answer.status_code
    if answer.context is None or answer.status_code == 409:
        return str(answer.content.decode())
    forms = [
        answer.context.get("form"),
        answer.context.get("open_form"),
        getattr(answer.context.get("adminform"), "form", None),
    ]
    return " ".join(str(form.errors) for form in forms if form is not None and form.errors)


def service(act: Callable[..., Any], **facts: Any) -> str:
    with pytest.raises(Refused) as refusal:
        act(**facts)
    return str(refusal.value)


def command(*args: str) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command(*args)
    return str(refusal.value)


def snapshot() -> list[list[dict[str, Any]]]:
    """Every row; a sign-in is no trace."""
    found = [list(model._default_manager.order_by("pk").values()) for model in HELD]
    return [[{**row, "last_login": None} for row in rows] for rows in found]


def contact(office: Office, moment: Any) -> dict[str, Any]:
    return {
        "outcome": "done", "method": "in_person", "occurred_at": moment, "uuid": str(uuid4()),
    }  # fmt: skip


DATES = ("decided_on", "reported_on", "agreement_on")
A_DAY = timedelta(days=1)
DOORS: dict[str, Callable[[Office], str]] = {
    # A check-in of a day that has not come.
    "check-in ahead, page": lambda o: o.page(
        o.worker, "checkins:create", o.person.public_id,
        **contact(o, (timezone.localtime() + A_DAY).strftime("%Y-%m-%dT%H:%M")),
    ),
    "check-in ahead, import": lambda o: o.ledger(
        "checkins", 身份证号=o.person.document_number, 姓名=o.person.name,
        签到时间=str(today() + A_DAY), 签到方式="上门",
    ),
    "check-in ahead, service": lambda o: service(
        log_checkin, person=o.person, by=o.worker, client_uuid=uuid4(), method="in_person",
        occurred_at=timezone.now() + A_DAY,
    ),
    # An order whose report lies before its decision (条例 art. 14).
    "report before decision, page": lambda o: o.page(
        o.boss, "cases:open", o.free.public_id, measure="SQJD", term_months=36,
        decided_on=str(today()), reported_on=str(today() - A_DAY),
    ),
    "report before decision, admin": lambda o: o.admin(
        o.records, "cases_case_change", o.case, reason="核对决定书",
        reported_on=str(o.case.decided_on - A_DAY),
    ),
    "report before decision, import": lambda o: o.ledger(
        "persons", 姓名="陈新来", 身份证号码=resident_number(470), 现居住地="嘉积镇先锋村",
        管控类型="社区戒毒", 决定日期="2024-03-01", 报到日期="2024-02-01",
    ),
    "report before decision, service": lambda o: service(
        correct_case, case=o.case, by=o.records, reason="核对决定书",
        reported_on=o.case.decided_on - A_DAY,
    ),
    # Nobody has two orders in force at once.
    "second order, page": lambda o: o.page(
        o.boss, "cases:open", o.person.public_id, measure="SQKF", term_months=36,
        **{name: str(today()) for name in DATES},
    ),
    "second order, service": lambda o: service(
        open_case, by=o.boss, person=o.person, measure="SQKF",
        **dict.fromkeys(DATES, today()),
    ),
    # A number whose check character is wrong.
    "wrong number, page": lambda o: o.page(
        o.worker, "persons:create", step="open", name="陈新来", document_kind="resident",
        document_number=WRONG_NUMBER, area="先锋村", phone="",
    ),
    "wrong number, admin": lambda o: o.admin(
        o.records, "persons_person_change", o.person, reason="核对证件",
        document_number=WRONG_NUMBER,
    ),
    "wrong number, import": lambda o: o.ledger(
        "persons", 姓名="陈新来", 身份证号码=WRONG_NUMBER, 现居住地="嘉积镇先锋村",
        管控类型="社区戒毒",
    ),
    "wrong number, service": lambda o: service(
        change_person, person=o.person, by=o.records, document_number=WRONG_NUMBER,
        reason="核对证件",
    ),
    # A worker who works elsewhere is not made responsible.
    "worker elsewhere, page": lambda o: o.page(
        o.boss, "persons:assign", row=str(o.alone.person.public_id), worker=o.far.pk,
        on=str(today()), kind="responsible",
    ),
    "worker elsewhere, command": lambda o: command(
        "assign_cases", f"--area={JIAJI}", f"--worker={o.far.username}"
    ),
    "worker elsewhere, service": lambda o: service(
        assign_worker, persons=[o.person], worker=o.far, by=o.boss, on=today()
    ),
    "worker elsewhere, whole area": lambda o: service(
        assign_open_cases, area=area(JIAJI), worker=o.far, by=o.boss, on=today()
    ),
    # A plan has a rhythm, and one rule a day.
    "no rhythm, page": lambda o: o.page(
        o.system, "plans:new", kind="talk", every_count=0, every_unit="m",
        effective_from=str(today()), act="apply",
    ),
    "no rhythm, admin": lambda o: o.admin(
        o.system, "schedule_planrule_add", kind="talk", every_count=0, every_unit="m",
        effective_from=str(today()), quiet_days=7,
    ),
    "no rhythm, command": lambda o: command(
        "set_plan", "talks", "--area", QIONGHAI, "--every", "0m", "--from", str(today())
    ),
    # How long assessments speak is set by a paper.
    "months without a paper, page": lambda o: o.page(
        o.system, "assessments:validity-new", risk_level="high", months=2, basis=" ",
        effective_from=str(today()), act="apply",
    ),
    "months without a paper, admin": lambda o: o.admin(
        o.system, "assessments_validityrule_add", risk_level="high", months=2, basis=" ",
        effective_from=str(today()),
    ),
    "months without a paper, service": lambda o: service(
        set_validity, risk_level="high", months=2, basis=" ", effective_from=today(), by=o.system
    ),
    # Who has a caseload is neither closed nor moved away.
    "account with a caseload, admin": lambda o: o.admin(
        o.system, "accounts_user_change", o.worker, area=area(WANQUAN).pk
    ),
    "account with a caseload, service": lambda o: service(
        change_account, user=o.worker, by=o.system, is_active=False
    ),
    # Three days and more are reported in writing (条例 art. 19).
    "leave without report, page": lambda o: o.page(
        o.worker, "cases:leave", o.case.public_id, starts_on=str(today()),
        until_on=str(today() + timedelta(days=5)), destination="三亚",
    ),
    "leave without report, service": lambda o: service(
        report_leave, case=o.case, by=o.worker, starts_on=today(),
        until_on=today() + timedelta(days=5), destination="三亚",
    ),
    # Who has a running order is not put aside by a word.
    "dead with an order, page": lambda o: o.page(
        o.boss, "persons:life-status", o.person.public_id, status="deceased",
        since=str(today()), life_status="deceased", life_status_since=str(today()),
    ),
    "dead with an order, service": lambda o: service(
        mark_life_status, person=o.person, by=o.boss, status="deceased", since=today()
    ),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_what_is_forbidden_is_forbidden_at_every_door(door: str, tmp_path: Path) -> None:
    office = Office(tmp_path)
    before = snapshot()
    words = DOORS[door](office)
    assert len(words.strip()) > 5, "No word why"
    assert snapshot() == before
