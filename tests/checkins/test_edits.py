"""Withdrawn with a reason, corrected with the old value kept, noted later."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.cases.models import Case
from apps.checkins.edits import CorrectedMeanwhile, add_note, correct_checkin, withdraw_checkin
from apps.checkins.models import CheckIn
from apps.checkins.services import undo_checkin
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import at, outcomes_of, seen, stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.fixture
def checkin(case: Case) -> CheckIn:
    return seen(case, NOW, by=UserFactory(), note="在家").checkin


def events(checkin: CheckIn) -> list[Any]:
    return list(CheckIn.pgh_event_model.objects.filter(pgh_obj=checkin).order_by("pgh_id"))


def test_withdrawing_keeps_the_row_and_the_reason(case: Case, checkin: CheckIn) -> None:
    by = UserFactory()
    assert list(CheckIn.objects.done()) == [checkin]
    withdraw_checkin(checkin=checkin, by=by, reason=" wrong person ")
    checkin.refresh_from_db()
    assert not CheckIn.objects.done().exists()
    assert (checkin.withdrawn_by, checkin.withdrawn_reason) == (by, "wrong person")
    assert not checkin.is_valid
    assert not checkin.undone
    assert outcomes_of(case, 7) == ["open"] * 7


def test_withdrawing_asks_for_a_reason_and_happens_once(checkin: CheckIn) -> None:
    by = UserFactory()
    with pytest.raises(Refused, match="Say why"):
        withdraw_checkin(checkin=checkin, by=by, reason=" ")
    withdraw_checkin(checkin=checkin, by=by, reason="wrong person")
    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_checkin(checkin=checkin, by=by, reason="again")
    with pytest.raises(Refused, match="withdrawn already"):
        undo_checkin(checkin=checkin, by=checkin.recorded_by)


def test_a_correction_keeps_the_old_value_who_when_and_why(checkin: CheckIn) -> None:
    by: User = UserFactory()
    correct(checkin, "by phone in truth", by, method="phone", mood=3)
    checkin.refresh_from_db()
    assert (checkin.method, checkin.mood, checkin.version) == ("phone", 3, 2)
    before, after = events(checkin)
    assert (before.method, after.method) == ("in_person", "phone")
    told = after.pgh_context.metadata
    assert (told["user"], reason_of(told)) == (by.pk, "by phone in truth")


def test_a_corrected_day_does_another_window(case: Case, checkin: CheckIn) -> None:
    correct(checkin, "the day before the window", occurred_at=at(date(2024, 5, 23)))
    checkin.refresh_from_db()
    assert (checkin.day, checkin.due_item) == (date(2024, 5, 23), None)
    assert outcomes_of(case, 7) == ["missed"] * 5 + ["done", "open"]


def test_a_day_in_the_same_window_keeps_the_window(checkin: CheckIn) -> None:
    window = checkin.due_item
    correct(checkin, "a day early", occurred_at=at(NOW - DAY))
    assert stored_again(checkin).due_item == window


def test_a_correction_can_say_that_it_was_not_done(case: Case, checkin: CheckIn) -> None:
    correct(checkin, "his brother", outcome="not_done", reason="away", next_on=NOW + DAY)
    assert outcomes_of(case, 7) == ["open"] * 7
    with pytest.raises(Refused, match="why it could not be done"):
        correct(stored_again(checkin), "so", reason="")


def correct(checkin: CheckIn, why: str, by: User | None = None, **changes: Any) -> CheckIn:
    return correct_checkin(
        checkin=checkin,
        by=by or UserFactory(),
        reason=why,
        version=checkin.version,
        changes=changes,
    )


def stored_again(checkin: CheckIn) -> CheckIn:
    return CheckIn.objects.get(pk=checkin.pk)


def test_two_corrections_at_once_show_the_later_one_what_is_stored(checkin: CheckIn) -> None:
    correct(checkin, "phone", method="phone")
    with pytest.raises(CorrectedMeanwhile) as refusal:
        correct(checkin, "app", method="app")
    assert refusal.value.stored.method == "phone"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"occurred_at": at(NOW + timedelta(days=1))}, "future"),
        ({"occurred_at": at(date(2024, 1, 1))}, "before it is not recorded"),
        ({"mood": 9}, "1 to 5"),
        ({"next_on": date(2024, 6, 1)}, "before the check-in"),
    ],
)
def test_a_correction_keeps_the_rules(
    checkin: CheckIn, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        correct(checkin, "so", **changes)


def test_a_correction_asks_for_a_reason_and_only_of_what_can_be_wrong(checkin: CheckIn) -> None:
    with pytest.raises(Refused, match="Say why"):
        correct(checkin, "", mood=2)
    with pytest.raises(TypeError, match="person"):
        correct(checkin, "by mistake", person=1)


def test_a_note_is_added_to_what_is_there(checkin: CheckIn) -> None:
    add_note(checkin=checkin, by=UserFactory(), note="下周复诊")
    assert stored_again(checkin).note == "在家\n下周复诊"
    with pytest.raises(Refused, match="empty"):
        add_note(checkin=checkin, by=UserFactory(), note=" ")


def test_what_is_withdrawn_cannot_be_changed(checkin: CheckIn) -> None:
    withdraw_checkin(checkin=checkin, by=UserFactory(), reason="wrong person")
    with pytest.raises(Refused, match="cannot be changed"):
        add_note(checkin=checkin, by=UserFactory(), note="x")
    with pytest.raises(Refused, match="cannot be changed"):
        correct(checkin, "by mistake", mood=1)


def test_a_window_that_a_plan_takes_away_leaves_its_check_in(case: Case) -> None:
    result = seen(case, NOW)
    assert result.checkin.due_item is not None
    case.due_items.all()._raw_delete("default")
    assert stored(result).due_item is None


def test_the_same_note_correction_and_withdrawal_twice_are_one(checkin: CheckIn) -> None:
    by = UserFactory()
    for _tap in range(2):
        add_note(checkin=checkin, by=by, note="家属说周五回")
    checkin.refresh_from_db()
    assert checkin.note == "在家\n家属说周五回"
    version = checkin.version
    for _tap in range(2):
        correct_checkin(
            checkin=checkin, by=by, reason="typo", version=version, changes={"method": "phone"}
        )
    checkin.refresh_from_db()
    assert checkin.version == version + 1
    for _tap in range(2):
        withdraw_checkin(checkin=checkin, by=by, reason="wrong person")
    assert [event.withdrawn_reason for event in events(checkin)].count("wrong person") == 1
    with pytest.raises(Refused, match="This check-in was withdrawn already"):
        withdraw_checkin(checkin=checkin, by=UserFactory(), reason="wrong person")
