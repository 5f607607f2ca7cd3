"""Visits and interviews as the service makes them."""

from datetime import date
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.cases.models import Case
from apps.visits.services import MeetingResult, MeetingWords, record_attempt, record_meeting
from tests.factories.accounts import UserFactory
from tests.factories.schedule import at


def met(
    case: Case, day: date, kind: str = "visit", clock: str = "10:00", *, by: User | None = None,
    words: str = "情绪稳定，在家务农", **facts: Any,
) -> MeetingResult:  # fmt: skip
    """The person was met on the day."""
    facts = {
        "client_uuid": uuid4(),
        "place": "home",
        "told": MeetingWords(state_words=words),
    } | facts
    return record_meeting(
        person=case.person, by=by or UserFactory(), kind=kind, occurred_at=at(day, clock), **facts
    )


def tried(
    case: Case, day: date, kind: str = "visit", clock: str = "10:00", *, by: User | None = None,
    **facts: Any,
) -> MeetingResult:  # fmt: skip
    """It could not be done."""
    facts = {"client_uuid": uuid4(), "reason": "not_found", "next_on": day} | facts
    return record_attempt(
        person=case.person, by=by or UserFactory(), kind=kind, occurred_at=at(day, clock), **facts
    )
