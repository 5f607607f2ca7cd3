"""Outcomes follow from windows and acts: the first act of a window, and nothing else."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command

from apps.cases.services import close_case, suspend_case
from apps.checkins.edits import withdraw_checkin
from apps.checkins.services import undo_checkin
from apps.schedule.duties import CHECKIN, duties
from apps.schedule.models import DueItem, Outcome
from apps.schedule.outcomes import differences, kinds_to_settle, settle
from apps.schedule.services import replan
from apps.schedule.snoozes import snooze
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import FRIDAY, outcomes_of, plan, seen, windows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _june() -> object:
    with time_machine.travel("2024-06-01T10:00:00+08:00", tick=False) as moment:
        yield moment


def test_without_acts_every_window_is_open() -> None:
    case = CaseFactory()
    items = windows_of(case)
    assert items[0].opens_on == FRIDAY
    assert items[0].due_on == FRIDAY + 13 * DAY
    assert {item.outcome for item in items} == {"open"}


def test_an_act_does_the_window_of_its_day_and_those_before_are_missed() -> None:
    case = CaseFactory()
    seen(case, FRIDAY + 30 * DAY)
    assert outcomes_of(case, 4) == ["missed", "missed", "done", "open"]


@pytest.mark.parametrize("offset", [0, 13])
def test_first_and_last_day_belong_to_the_window(offset: int) -> None:
    case = CaseFactory()
    seen(case, FRIDAY + offset * DAY)
    assert outcomes_of(case, 2) == ["done", "open"]


def test_further_acts_of_a_window_do_nothing() -> None:
    case = CaseFactory()
    seen(case, FRIDAY + 3 * DAY)
    seen(case, FRIDAY + 2 * DAY)
    seen(case, FRIDAY + 5 * DAY)
    assert outcomes_of(case, 2) == ["done", "open"]
    assert windows_of(case)[0].done_on == FRIDAY + 2 * DAY


def test_the_day_is_the_day_in_shanghai() -> None:
    case = CaseFactory()
    seen(case, FRIDAY + 13 * DAY, "23:59")
    other = CaseFactory()
    seen(other, FRIDAY + 14 * DAY, "00:00")
    assert outcomes_of(case, 2) == ["done", "open"]
    assert outcomes_of(other, 2) == ["missed", "done"]


def test_withdrawing_the_act_opens_what_it_did_and_what_it_made_missed() -> None:
    case = CaseFactory()
    result = seen(case, FRIDAY + 30 * DAY)
    withdraw_checkin(checkin=result.checkin, by=UserFactory(), reason="wrong person")
    assert outcomes_of(case, 4) == ["open"] * 4


def test_an_attempt_hides_what_is_open_until_its_day() -> None:
    case = CaseFactory()
    until = FRIDAY + 40 * DAY
    seen(case, FRIDAY + 15 * DAY, outcome="not_done", reason="hospital", next_on=until)
    items = windows_of(case)
    assert [item.retry_on for item in items[:4]] == [until, until, until, None]
    assert items[0].retry_reason == "hospital"
    seen(case, FRIDAY + 16 * DAY)
    assert {item.retry_on for item in windows_of(case)} == {None}


def test_the_latest_attempt_counts() -> None:
    case = CaseFactory()
    seen(case, FRIDAY, "09:00", outcome="not_done", reason="away", next_on=FRIDAY + 9 * DAY)
    seen(case, FRIDAY, "11:00", outcome="not_done", reason="moved", next_on=FRIDAY + 3 * DAY)
    item = windows_of(case)[0]
    assert (item.retry_on, item.retry_reason) == (FRIDAY + 3 * DAY, "moved")


def test_undoing_an_attempt_shows_the_line_again() -> None:
    case, by = CaseFactory(), UserFactory()
    result = seen(case, FRIDAY, by=by, outcome="not_done", reason="away", next_on=FRIDAY + 9 * DAY)
    undo_checkin(checkin=result.checkin, by=by)
    assert windows_of(case)[0].retry_on is None


def test_replan_after_another_plan_settles_anew_and_is_idempotent() -> None:
    case = CaseFactory()
    result = seen(case, FRIDAY + 15 * DAY)
    assert result.checkin.due_item is not None
    plan("1w", risk_level="medium")
    assert outcomes_of(case, 4) == ["missed", "missed", "done", "open"]
    again = replan([case.pk])
    assert (again.removed, again.written, again.settled) == (0, 0, 0)
    assert list(differences([case.person_id])) == []


def test_replan_keeps_what_an_attempt_said() -> None:
    case = CaseFactory()
    seen(case, FRIDAY, outcome="not_done", reason="away", next_on=FRIDAY + 9 * DAY)
    plan("1w", risk_level="medium")
    assert [item.retry_reason for item in windows_of(case)[:3]] == ["away", "away", ""]


def test_duties_of_other_persons_stay_untouched() -> None:
    case, other = CaseFactory(), CaseFactory()
    seen(case, FRIDAY + 30 * DAY)
    assert set(outcomes_of(other, 6)) == {"open"}


def test_a_second_order_is_settled_by_its_own_days() -> None:
    first = CaseFactory(measure="SQKF", term_months=12)
    with time_machine.travel("2025-04-01T10:00:00+08:00", tick=False):
        second = CaseFactory(
            person=first.person,
            measure="SQKF",
            term_months=12,
            decided_on=date(2025, 2, 20),
            received_on=date(2025, 2, 22),
            reported_on=date(2025, 3, 1),
            agreement_on=date(2025, 3, 1),
        )
        replan([first.pk])
        seen(second, date(2025, 3, 20))
    assert outcomes_of(second, 2) == ["missed", "done"]
    assert {item.outcome for item in windows_of(first)} == {"missed"}


def test_check_schedule_names_what_does_not_follow(capsys: pytest.CaptureFixture[str]) -> None:
    case = CaseFactory()
    seen(case, FRIDAY)
    call_command("check_schedule")
    assert "All outcomes of 1 persons follow" in capsys.readouterr().out
    DueItem.objects.filter(case=case).update(outcome=Outcome.MISSED, done_on=None)
    with pytest.raises(CommandError, match="do not follow"):
        call_command("check_schedule")
    assert "stored missed" in capsys.readouterr().out
    assert settle([case.person_id]) > 0
    assert list(differences([case.person_id])) == []


def test_windows_end_with_an_early_end_and_stop_with_a_suspension_later_in_the_query() -> None:
    case, by = CaseFactory(), UserFactory(county_supervisor=True)
    suspend_case(case=case, by=by, starts_on=date(2024, 5, 20), reason="detained")
    assert windows_of(case)[-1].due_on > date(2024, 6, 1)
    assert DueItem.objects.filter(case=case).effective().last().due_on < date(2024, 5, 20)
    close_case(case=case, by=by, on=date(2024, 6, 1), reason="imprisoned", note="判字1号")
    assert windows_of(case)[-1].due_on < date(2024, 6, 1)


def test_only_kinds_with_an_act_or_an_outcome_are_settled_anew() -> None:
    """What nobody did, tried or put off stays open: a new order asks nothing of its windows."""
    case, other = CaseFactory(), CaseFactory()
    kinds = list(duties())
    assert kinds_to_settle([case.person_id, other.person_id], kinds) == []
    seen(other, FRIDAY)
    assert kinds_to_settle([case.person_id], kinds) == []
    assert kinds_to_settle([case.person_id, other.person_id], kinds) == [CHECKIN]


def test_a_line_put_off_and_a_stored_outcome_are_settled_anew() -> None:
    case, other = CaseFactory(), CaseFactory()
    item = windows_of(case)[0]
    words = "外出打工，下周回来"
    snooze(item=item, by=UserFactory(), client_uuid=uuid4(), until=date(2024, 6, 8), reason=words)
    assert kinds_to_settle([case.person_id], list(duties())) == [CHECKIN]
    DueItem.objects.filter(pk=windows_of(other)[0].pk).update(outcome="missed")
    replan([other.pk])
    assert {item.outcome for item in windows_of(other)} == {"open"}
