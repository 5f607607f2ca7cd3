"""Later acts on a check-in at their bounds: the same tap again, the window, the order."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.checkins.edits import add_note, correct_checkin, withdraw_checkin
from apps.checkins.models import CheckIn
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import at, seen
from tests.refusing import answered, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW, ONE = date(2024, 6, 3), timedelta(days=1)
GONE = "This check-in was withdrawn; it cannot be changed any more."


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def checkin(by: User) -> CheckIn:
    """In the window of 24 May to 6 June."""
    return seen(CaseFactory(), NOW, by=by, note="在家").checkin


def corrected(checkin: CheckIn, by: User, version: int = 1, **changes: Any) -> CheckIn:
    correct_checkin(checkin=checkin, by=by, reason="录错", version=version, changes=changes)
    return CheckIn.objects.get(pk=checkin.pk)


def test_a_correction_sent_again_changes_nothing_and_another_is_refused(
    checkin: CheckIn, by: User
) -> None:
    assert corrected(checkin, by, method="phone", mood=3).version == 2
    assert corrected(checkin, by, method="phone", mood=3).version == 2
    for other in ({"method": "app", "mood": 3}, {"method": "phone", "mood": 4}):
        with refused("Somebody else corrected this check-in meanwhile."):
            corrected(checkin, by, **other)
    assert corrected(checkin, by, version=2, mood=4).version == 3


@pytest.mark.parametrize(
    ("day", "keeps"),
    [(date(2024, 5, 24), True), (date(2024, 5, 23), False), (NOW, True)],
)
def test_the_window_stays_while_the_day_lies_in_it(
    checkin: CheckIn, by: User, day: date, *, keeps: bool
) -> None:
    row = corrected(checkin, by, occurred_at=at(day, "09:00"))
    assert (row.day, row.due_item == checkin.due_item) == (day, keeps)
    assert (row.due_item is None) is not keeps


@pytest.mark.parametrize(("day", "keeps"), [(date(2024, 5, 23), True), (date(2024, 5, 24), False)])
def test_the_last_day_of_a_window_is_one_of_its_days(by: User, day: date, *, keeps: bool) -> None:
    row = seen(CaseFactory(), date(2024, 5, 12), by=by).checkin
    assert row.due_item is not None
    assert (corrected(row, by, occurred_at=at(day)).due_item == row.due_item) is keeps


@pytest.mark.parametrize(
    ("day", "held", "words"),
    [
        (date(2024, 3, 1), True, None),
        (date(2024, 2, 29), False, None),
        (date(2024, 2, 20), False, None),
        (date(2024, 2, 19), False, "The order is of 20 Feb; a contact before it"),
    ],
)
def test_the_order_is_the_one_in_force_on_the_corrected_day(
    checkin: CheckIn, by: User, day: date, words: str | None, *, held: bool
) -> None:
    with answered(words):
        row = corrected(checkin, by, occurred_at=at(day))
        assert row.case == (Case.objects.get() if held else None)


@pytest.mark.parametrize(
    ("changes", "words", "field"),
    [
        ({"outcome": "not_done", "reason": "refused", "next_on": NOW, "note": " "},
         "Say in a few words what happened.", "note"),
        ({"outcome": "not_done", "reason": "refused", "next_on": NOW}, None, None),
        ({"method": "pigeon"}, "Choose how the person was reached.", None),
        ({"next_on": NOW - ONE}, "The next date lies before the check-in.", None),
        ({"next_on": NOW}, None, None),
        ({"mood": 6}, "Mood is a number from 1 to 5.", None),
    ],
)  # fmt: skip
def test_what_is_corrected_keeps_the_rules_of_a_new_one(
    checkin: CheckIn, by: User, changes: dict[str, Any], words: str | None, field: str | None
) -> None:
    with answered(words, field):
        assert corrected(checkin, by, **changes).version == 2


def test_what_was_withdrawn_is_withdrawn_once_and_changed_no_more(
    checkin: CheckIn, by: User
) -> None:
    first = withdraw_checkin(checkin=checkin, by=by, reason=" 记错了人 ")
    again = withdraw_checkin(checkin=checkin, by=by, reason="记错了人")
    assert (again.version, again.withdrawn_at) == (first.version, first.withdrawn_at) != (1, None)
    for other in ({"by": by, "reason": "另一个"}, {"by": UserFactory(), "reason": "记错了人"}):
        with refused("This check-in was withdrawn already."):
            withdraw_checkin(checkin=checkin, **other)
    with refused(GONE):
        corrected(checkin, by, version=2, method="phone")
    with refused(GONE):
        add_note(checkin=checkin, by=by, note="复诊")


def test_a_note_sent_again_stands_once_and_a_shorter_one_is_another(
    checkin: CheckIn, by: User
) -> None:
    for note in ("下周复诊", " 下周复诊 ", "复诊"):
        row = add_note(checkin=checkin, by=by, note=note)
    assert (row.note, row.version) == ("在家\n下周复诊\n复诊", 3)
    empty = seen(CaseFactory(), NOW, by=by).checkin
    for _twice in range(2):
        assert add_note(checkin=empty, by=by, note="复诊").note == "复诊"
    assert CheckIn.objects.get(pk=empty.pk).version == 2
