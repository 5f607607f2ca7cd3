"""Drug tests as a worker enters them."""

from datetime import date
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.drugtests.models import DrugTest
from apps.drugtests.services import record_not_taken, record_test
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.schedule import at


def sampled(person: Person, day: date, *, by: User | None = None, **facts: Any) -> DrugTest:
    """A regular screening of urine by two women."""
    facts = {
        "client_uuid": uuid4(), "sample": "urine", "kind": "screening", "why": "regular",
        "place": "office", "collector": "周晓岚", "collector_sex": "2", "second_sex": "2",
        "second_collector": "符丽", "medicine": "none",
        "another": True,
    } | facts  # fmt: skip
    return record_test(person=person, by=by or UserFactory(), occurred_at=at(day), **facts)


def not_sampled(
    person: Person, day: date, reason: str, *, by: User | None = None, **facts: Any
) -> DrugTest:
    facts = {
        "client_uuid": uuid4(), "reason_not": reason, "note": "说今天不方便", "sample": "urine",
        "kind": "screening", "why": "regular",
    } | facts  # fmt: skip
    return record_not_taken(person=person, by=by or UserFactory(), occurred_at=at(day), **facts)
