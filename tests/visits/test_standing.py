"""Which contact ends that a person is not found, and which does not."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.cases.models import Case
from apps.checkins.edits import withdraw_checkin
from apps.visits.edits import withdraw_meeting
from apps.visits.lost import set_lost_contact
from apps.visits.models import LostContact, Meeting
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import ContactFactory
from tests.factories.schedule import seen
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)
GONE: dict[str, Any] = {"outcome": "not_done", "reason": "not_found"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    """Nobody has reached the person for three weeks; the flag is set, and a day goes by."""
    made: Case = CaseFactory()
    seen(made, NOW - 21 * DAY)
    for method in ("phone", "message", "in_person"):
        seen(made, NOW, method=method, next_on=NOW, **GONE)
    set_lost_contact(person=made.person, by=UserFactory(), reason="三次联系未果")
    return made


def family(case: Case) -> None:
    mother = ContactFactory(person=case.person)
    met(case, NOW + DAY, met_person=False, contact=mother)


def talk_withdrawn(case: Case) -> None:
    made = met(case, NOW + DAY, "talk").meeting
    withdraw_meeting(meeting=made, by=UserFactory(), reason="记错了人")


def checkin_withdrawn(case: Case) -> None:
    withdraw_checkin(checkin=seen(case, NOW + DAY).checkin, by=UserFactory(), reason="记错了人")


WAYS: list[tuple[str, Callable[[Case], Any], bool]] = [
    ("nothing", lambda case: None, True),
    ("a check-in", lambda case: seen(case, NOW + DAY), False),
    ("a check-in of that day", lambda case: seen(case, NOW, "11:00"), False),
    ("one of before, entered late", lambda case: seen(case, NOW - DAY), True),
    ("a talk", lambda case: met(case, NOW + DAY, "talk"), False),
    ("a visit of that day", lambda case: met(case, NOW), False),
    ("a visit of before, entered late", lambda case: met(case, NOW - DAY), True),
    ("somebody of the family", family, True),
    ("a try", lambda case: tried(case, NOW + DAY, next_on=NOW + DAY), True),
    ("a call nobody took", lambda case: seen(case, NOW + DAY, next_on=NOW + DAY, **GONE), True),
    ("an interview that was none", talk_withdrawn, True),
    ("a check-in that was none", checkin_withdrawn, True),
    ("somebody else", lambda case: seen(CaseFactory(), NOW + DAY), True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "act", "stands"), WAYS, ids=[way[0] for way in WAYS])
def test_only_the_person_reached_since_ends_it(
    *, case: Case, clock: Any, name: str, act: Callable[[Case], Any], stands: bool
) -> None:
    clock.move_to("2024-06-04T12:00:00+08:00")
    act(case)
    assert LostContact.objects.standing().exists() == stands, name


def test_what_was_withdrawn_or_not_held_is_no_visit(case: Case, clock: Any) -> None:
    clock.move_to("2024-06-04T12:00:00+08:00")
    talk_withdrawn(case)
    family(case)
    tried(case, NOW + DAY, "talk", next_on=NOW + DAY)
    held = met(case, NOW + DAY, "talk").meeting
    assert Meeting.objects.valid().count() == 3
    assert Meeting.objects.done().count() == 2
    assert Meeting.objects.with_the_person().get() == held
