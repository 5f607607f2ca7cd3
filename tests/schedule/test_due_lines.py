"""One line a case: overdue, running or next; leave, suspension and the end of the term end it."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.services import close_case, report_leave, suspend_case
from apps.core.days import today
from apps.persons.services.moving import move_person
from apps.schedule.due_lines import (
    DueLine,
    heads_on,
    lines_for_person,
    load,
    month_end,
    state_of,
    week_end,
)
from apps.schedule.models import DueItem
from apps.schedule.services import replan
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.schedule import FRIDAY, case_of, plan, seen, windows_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
DAY = timedelta(days=1)
NOW = date(2024, 6, 3)  # a Monday; the windows of two weeks run from 24 May to 6 June


@pytest.fixture(autouse=True)
def _june() -> object:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


def lines(day: date = NOW) -> list[DueLine]:
    return load(heads_on(DueItem.objects.all(), day), day)


def one_line(day: date = NOW) -> DueLine:
    [line] = lines(day)
    return line


@pytest.mark.parametrize(
    ("due_on", "retry_on", "state"),
    [
        (date(2024, 6, 4), None, "late"),
        (date(2024, 6, 5), None, "today"),
        (date(2024, 6, 6), None, "week"),
        (date(2024, 6, 9), None, "week"),
        (date(2024, 6, 10), None, "month"),
        (date(2024, 6, 30), None, "month"),
        (date(2024, 7, 1), None, "later"),
        (date(2024, 6, 4), date(2024, 6, 6), "hidden"),
        (date(2024, 6, 4), date(2024, 6, 5), "late"),
    ],
)
def test_every_line_belongs_to_one_tab(due_on: date, retry_on: date | None, state: str) -> None:
    assert state_of(due_on, retry_on, date(2024, 6, 5)) == state


@pytest.mark.parametrize(
    ("day", "sunday", "last"),
    [
        (date(2024, 6, 3), date(2024, 6, 9), date(2024, 6, 30)),
        (date(2024, 6, 9), date(2024, 6, 9), date(2024, 6, 30)),
        (date(2024, 2, 29), date(2024, 3, 3), date(2024, 2, 29)),
    ],
)
def test_weeks_end_on_sunday(day: date, sunday: date, last: date) -> None:
    assert week_end(day) == sunday
    assert month_end(day) == last


def test_the_oldest_overdue_window_stands_for_all() -> None:
    CaseFactory()
    line = one_line()
    assert line.state == "late"
    assert line.due_on == FRIDAY + 13 * DAY
    assert line.days_late == (NOW - line.due_on).days
    assert line.missed == 6
    assert line.is_open


def test_without_an_overdue_window_the_running_one_stands() -> None:
    case = CaseFactory()
    seen(case, date(2024, 5, 20))
    line = one_line()
    assert (line.state, line.due_on, line.missed) == ("week", date(2024, 6, 6), 0)
    assert line.is_open


def test_when_the_running_one_is_done_the_next_stands_and_cannot_be_done_yet() -> None:
    case = CaseFactory()
    seen(case, date(2024, 6, 1))
    line = one_line()
    assert (line.state, line.due_on) == ("month", date(2024, 6, 20))
    assert not line.is_open


def test_the_person_page_shows_the_next_one_however_far() -> None:
    plan("3m", risk_level="medium")
    case = CaseFactory()
    seen(case, date(2024, 6, 1))
    assert lines() == []
    [line] = lines_for_person(case.person, NOW)
    assert (line.state, line.due_on) == ("later", date(2024, 11, 30))


def test_today_and_the_persons_page_say_the_same() -> None:
    case = CaseFactory()
    CaseFactory()
    line, *_rest = [line for line in lines() if line.person == case.person]
    assert lines_for_person(case.person, NOW) == [line]


def test_a_leave_ends_the_duties_of_its_days_at_once() -> None:
    case = CaseFactory()
    seen(case, date(2024, 5, 20))
    report_leave(
        case=case,
        by=UserFactory(),
        starts_on=date(2024, 6, 5),
        until_on=date(2024, 6, 6),
        destination="三亚",
    )
    assert one_line().due_on == date(2024, 6, 20)


def test_what_is_overdue_rests_during_a_leave_and_stands_again_after_it() -> None:
    case = CaseFactory()
    seen(case, date(2024, 5, 1))
    assert one_line().state == "late"
    report_leave(
        case=case,
        by=UserFactory(),
        starts_on=NOW,
        until_on=NOW + DAY,
        destination="三亚",
    )
    assert one_line().due_on == date(2024, 6, 6)
    assert one_line(NOW + 2 * DAY).state == "late"


def test_a_suspension_ends_duties_at_once() -> None:
    case = CaseFactory()
    suspend_case(case=case, by=UserFactory(), starts_on=NOW, reason="detained")
    assert lines() == []


def test_closing_the_case_ends_duties_at_once() -> None:
    case = CaseFactory()
    by = UserFactory(county_supervisor=True)
    close_case(case=case, by=by, on=NOW, reason="imprisoned", note="判字1号")
    assert lines() == []


def test_duties_end_with_the_earlier_of_paper_and_law() -> None:
    CaseFactory(paper_end_on=date(2024, 6, 2))
    assert lines() == []


def test_nothing_stands_before_the_agreement() -> None:
    CaseFactory(not_agreed=True)
    assert DueItem.objects.count() == 0


def test_windows_that_ended_before_the_agreement_ask_for_nothing() -> None:
    CaseFactory(agreement_on=date(2024, 5, 20))
    assert DueItem.objects.first().due_on >= date(2024, 5, 20)


def test_windows_carried_over_never_stand() -> None:
    case = CaseFactory(brought_in_on=NOW)
    assert [item.carried_over for item in windows_of(case)[:7]] == [True] * 6 + [False]
    line = one_line()
    assert (line.state, line.missed) == ("week", 0)


def test_an_attempt_hides_the_line_until_its_day() -> None:
    case = CaseFactory()
    seen(case, NOW, outcome="not_done", reason="hospital", next_on=NOW + 3 * DAY)
    line = one_line()
    assert (line.state, line.item.retry_reason) == ("hidden", "hospital")
    assert one_line(NOW + 3 * DAY).state == "late"


def test_tabs_count_each_line_once() -> None:
    CaseFactory()
    case = CaseFactory()
    seen(case, date(2024, 5, 20))
    states = [head.state for head in heads_on(DueItem.objects.all(), NOW)]
    assert sorted(states) == ["late", "week"]


@pytest.fixture
def elsewhere() -> Area:
    qionghai = area(QIONGHAI)
    plan("1d", qionghai, recorded_elsewhere=True, quiet_days=7)
    return qionghai


@pytest.mark.usefixtures("elsewhere")
class TestRecordedElsewhere:
    def test_never_overdue_but_one_line_when_it_grows_quiet(self) -> None:
        case = CaseFactory(reported_on=NOW - 30 * DAY, agreement_on=NOW - 30 * DAY)
        seen(case, NOW - 7 * DAY)
        line = one_line()
        assert (line.state, line.due_on, line.days_late) == ("quiet", NOW, 0)
        assert (line.head.quiet_days, line.head.last_on) == (7, NOW - 7 * DAY)

    def test_not_before_so_many_days(self) -> None:
        seen(CaseFactory(), NOW - 6 * DAY)
        assert lines() == []

    def test_without_any_sign_in_it_counts_from_the_day_the_order_came_into_force(self) -> None:
        CaseFactory(reported_on=NOW - 8 * DAY, agreement_on=NOW - 7 * DAY)
        line = one_line()
        assert (line.head.quiet_days, line.head.last_on) == (7, None)

    def test_or_from_the_day_it_was_brought_in(self) -> None:
        CaseFactory(brought_in_on=NOW - 6 * DAY)
        assert lines() == []
        assert one_line(NOW + DAY).head.quiet_days == 7

    def test_any_contact_ends_it_and_an_attempt_hides_it(self) -> None:
        case = CaseFactory()
        seen(case, NOW, outcome="not_done", reason="away", next_on=NOW + 2 * DAY)
        assert one_line().state == "hidden"
        seen(case, NOW, "10:00")
        assert lines() == []

    def test_nobody_is_asked_during_a_leave(self) -> None:
        case = CaseFactory()
        report_leave(
            case=case, by=UserFactory(), starts_on=NOW, until_on=NOW + DAY, destination="三亚"
        )
        assert lines() == []
        assert one_line(NOW + 2 * DAY).state == "quiet"


def test_all_windows_are_where_the_order_is() -> None:
    case = CaseFactory()
    seen(case, FRIDAY)
    wanquan = area(WANQUAN)
    move_person(person=case.person, area=wanquan, by=User.objects.system())
    replan([case.pk])
    assert {item.town_id for item in windows_of(case)} == {wanquan.pk}


def test_a_worker_sees_lines_of_the_own_caseload() -> None:
    worker, other = UserFactory(), UserFactory()
    mine = case_of(worker)
    case_of(other)
    [line] = load(heads_on(DueItem.objects.visible_to(worker), today()), today())
    assert line.person == mine.person
