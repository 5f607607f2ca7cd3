"""Visits and interviews at their bounds: what a try has to say, and which rows are held first."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cases.models import Case
from apps.visits.services import MeetingWords, undo_meeting
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.visits import met, tried
from tests.refusing import answered, refused

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
    meeting.refresh_from_db()
    assert meeting.version == 2
    tables = [sql.split()[0].strip('"') for sql in held]
    assert tables.index("cases_case") < tables.index("visits_meeting")


HELD: list[tuple[dict[str, Any], str, str | None]] = [
    ({"kind": "party"}, "Choose what it was and how the person was reached.", None),
    ({"way": "letter"}, "Choose what it was and how the person was reached.", None),
    ({"place": "moon"}, "Choose where it was.", "place"),
    ({"kind": "talk", "met_person": False}, "An interview is held with the person.", "met"),
    ({"met_person": False}, "Say who was met.", "met"),
    ({"way": "phone", "place": "remote"}, "A home visit is made in person.", "way"),
    ({"place": "remote"}, "A home visit is made in person.", "place"),
    ({"told": MeetingWords()}, "Say in a few words how the person is.", "state_words"),
]


@pytest.mark.parametrize(("facts", "words", "field"), HELD)
def test_what_was_held_is_refused_at_its_field(
    case: Case, facts: dict[str, Any], words: str, field: str | None
) -> None:
    with refused(words, field):
        met(case, NOW, **facts)
    assert met(case, NOW).created


NOT_HELD: list[tuple[dict[str, Any], str, str | None]] = [
    ({"kind": "party"}, "Choose what it was and how the person was reached.", None),
    ({"way": "letter"}, "Choose what it was and how the person was reached.", None),
    ({"reason": "lazy"}, "Say why it could not be done.", "reason"),
    ({"reason": ""}, "Say why it could not be done.", "reason"),
    ({"next_on": None}, "Enter the day of the next try.", "next_on"),
]


@pytest.mark.parametrize(("facts", "words", "field"), NOT_HELD)
def test_a_try_is_refused_at_its_field(
    case: Case, facts: dict[str, Any], words: str, field: str | None
) -> None:
    with refused(words, field):
        tried(case, NOW, **facts)
    assert tried(case, NOW).created


@pytest.mark.parametrize(("seconds", "early"), [(0, False), (120, False), (121, True)])
def test_a_phones_clock_may_be_two_minutes_ahead(case: Case, seconds: int, *, early: bool) -> None:
    moment = f"12:0{seconds // 60}:{seconds % 60:02d}"
    words = "The time lies in the future. A visit or interview is recorded when it was made."
    with answered(words if early else None, "occurred_at" if early else None):
        assert met(case, NOW, clock=moment).created


@pytest.mark.parametrize(("day", "known"), [(date(2024, 2, 19), False), (date(2024, 2, 20), True)])
def test_nobody_was_met_before_the_order_was_decided(case: Case, day: date, *, known: bool) -> None:
    with answered(None if known else "The order is of 20 Feb"):
        assert met(case, day).meeting.case is None


def test_a_tap_taken_back_is_told_so_and_words_are_not_dropped(case: Case) -> None:
    worker, silent, spoken = UserFactory(), uuid4(), uuid4()
    for tap, note in ((silent, ""), (spoken, "家中无人")):
        made = tried(case, NOW, by=worker, client_uuid=tap, next_on=NOW + DAY, note=note)
        assert (made.created, made.undone) == (True, False)
        for _tap in range(2):
            assert undo_meeting(meeting=made.meeting, by=worker).undone
    again = tried(case, NOW, by=worker, client_uuid=silent, next_on=NOW + DAY)
    assert (again.created, again.undone) == (False, True)
    with refused("What this page had sent before was undone"):
        tried(case, NOW, by=worker, client_uuid=spoken, next_on=NOW + DAY, note="家中无人")
