"""Visits and talks at their bounds: what a try has to say, and which rows are held first."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case
from apps.visits.services import undo_meeting
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.visits import met, tried
from tests.refusing import answered

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.mark.parametrize(
    ("reason", "note", "words"),
    [
        ("refused", "", "Say in a few words what happened."),
        ("refused", " ", "Say in a few words what happened."),
        ("refused", "说身体不适，不愿见面", None),
        ("not_found", "", None),
        ("not_found", "家中无人", None),
    ],
)
def test_who_was_sent_away_says_what_happened(
    case: Case, reason: str, note: str, words: str | None
) -> None:
    with answered(words, "note" if words else None):
        assert tried(case, NOW, reason=reason, note=note).created


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "The next date lies before the day of the contact."),
        (0, None),
        (60, None),
        (61, "The next try is at most 60 days away."),
    ],
)
def test_the_next_try_is_of_the_day_to_sixty_days_on(
    case: Case, days: int, words: str | None
) -> None:
    with answered(words, "next_on" if words else None):
        assert tried(case, NOW, next_on=NOW + days * DAY).created


def test_the_person_is_held_before_the_record_as_every_act_does(case: Case) -> None:
    """Two acts that held them in turn would wait for each other for good."""
    worker = UserFactory()
    meeting = met(case, NOW, by=worker).meeting
    with CaptureQueriesContext(connection) as asked:
        undo_meeting(meeting=meeting, by=worker)
    held = [query["sql"].split(" FROM ")[1] for query in asked if " UPDATE" in query["sql"][-60:]]
    tables = [sql.split()[0].strip('"') for sql in held]
    assert tables.index("cases_case") < tables.index("visits_meeting")
