"""Rounds as a supervisor opens them, and tries as a worker notes them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from apps.accounts.models import User
from apps.core.days import today
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.services import add_person, open_round, record_attempt
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area

STEADY = {"life": "steady", "work": "employed", "mind": "steady"}


def round_of(*, by: User | None = None, **facts: Any) -> FollowUpRound:
    """In 嘉积镇, from ten days ago for two months."""
    first = facts.get("first") or today() - timedelta(days=10)
    facts = {
        "client_uuid": uuid4(), "title": "春季回访", "first": first,
        "last": first + timedelta(days=60), "area": area(),
    } | facts  # fmt: skip
    return open_round(by=by or UserFactory(town_supervisor=True), **facts)


def looked_in_on(
    found: FollowUpRound, person: Person, *, by: User | None = None, **facts: Any
) -> FollowUpTarget:
    facts = {"client_uuid": uuid4(), "ground_words": "本人要求有人来看看"} | facts
    return add_person(round=found, person=person, by=by or UserFactory(), **facts)


def noted(target: FollowUpTarget, *, by: User | None = None, **facts: Any) -> FollowUpAttempt:
    """Reached in person, and all goes well."""
    told = STEADY if facts.get("outcome", "reached") == "reached" else {}
    facts = {
        "client_uuid": uuid4(), "outcome": "reached", "way": "in_person",
        "occurred_at": timezone.now(), **told,
    } | facts  # fmt: skip
    return record_attempt(target=target, by=by or UserFactory(), **facts)
