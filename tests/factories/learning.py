"""Learning as a worker records it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.core.days import today
from apps.learning.models import LearningRecord, UnitScore
from apps.learning.services import record_learning, record_unit_score
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area


def _learned(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "client_uuid": uuid4(), "title": "禁毒知识", "origin": "platform", "platform": "网上课堂",
        "first": today() - timedelta(days=20), "points": Decimal("98.9"),
    } | facts  # fmt: skip


def learned(person: Person, *, by: User | None = None, **facts: Any) -> LearningRecord:
    """On another platform, with 98.9 points."""
    return record_learning(person=person, by=by or UserFactory(), **_learned(facts))


def unit_score(*, by: User | None = None, **facts: Any) -> UnitScore:
    facts = {"area": area()} | facts
    return record_unit_score(by=by or UserFactory(town_supervisor=True), **_learned(facts))
