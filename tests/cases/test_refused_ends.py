"""What ends by itself is not ended once more; nothing is dated beyond an end or into the future."""

from datetime import date, timedelta

import pytest
import time_machine

from apps.accounts.models import User
from apps.approvals.services import approve
from apps.breaches.models import Breach
from apps.cases import services
from apps.cases.codes import CaseState
from apps.cases.current_order import asks_nothing, state_of
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.breaches import confirmed
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
LAST = date(2025, 2, 28)
NEXT, WEEK_LATER = date(2025, 3, 1), date(2025, 3, 7)


@pytest.fixture
def boss() -> User:
    user: User = UserFactory(county_supervisor=True)
    return user


@pytest.fixture
def year() -> Case:
    """A rehabilitation of one year, from 2024-03-01 to 2025-02-28."""
    case: Case = CaseFactory(measure="SQKF", term_months=12)
    return case


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day.isoformat()}T10:00:00+08:00", tick=False)


def asked_of(case: Case) -> int:
    """Windows of the first four months that ask for something."""
    windows = DueItem.objects.filter(case=case, due_on__lt=date(2024, 7, 1))
    return windows.effective().count()


@pytest.mark.parametrize("reason", ["isolation", "imprisoned", "corrective", "other"])
def test_regulation_23_40_an_order_that_ended_by_itself_is_not_terminated(
    year: Case, boss: User, reason: str
) -> None:
    with on(WEEK_LATER):
        with pytest.raises(Refused, match="2025年2月28日"):
            services.close_case(case=year, by=boss, reason=reason, on=WEEK_LATER)
        assert state_of(Case.objects.with_absence_on(today()).get(), today()) == CaseState.EXPIRED
        services.close_case(case=year, by=boss, reason=reason, on=LAST)
    assert state_of(Case.objects.with_absence_on(LAST).get(), LAST) == CaseState.TERMINATED


@pytest.mark.parametrize("reason", ["deceased", "revoked"])
def test_a_death_and_a_revoked_decision_are_recorded_after_the_end(
    year: Case, boss: User, reason: str
) -> None:
    with on(WEEK_LATER):
        assert services.close_case(case=year, by=boss, reason=reason, on=WEEK_LATER).closed_on


def test_a_reply_after_the_end_is_kept_and_ends_nothing_once_more(year: Case, boss: User) -> None:
    worker = UserFactory()
    with on(LAST):
        report = services.propose_police_report(
            case=year, by=worker, ground="use", happened_on=LAST, facts="检测阳性", heard="承认"
        )
        approve(proposal=year.person.proposals.waiting().get(), by=boss)
    with on(WEEK_LATER):
        report.refresh_from_db()
        services.record_reply(
            report=report, by=boss, on=WEEK_LATER, outcome="isolation", number="琼强戒9号"
        )
        year.refresh_from_db()
        assert year.closed_on is None
        assert state_of(Case.objects.with_absence_on(today()).get(), today()) == CaseState.EXPIRED


@pytest.mark.parametrize(
    ("notice_on", "told_on"), [(LAST, LAST), (LAST - timedelta(days=1), NEXT), (LAST, NEXT)]
)
def test_regulation_23_the_notice_is_not_older_than_the_end(
    year: Case, boss: User, notice_on: date, told_on: date
) -> None:
    facts = {"case": year, "by": boss, "number": "1", "notice_on": notice_on, "told_on": told_on}
    with on(WEEK_LATER):
        if (notice_on, told_on) == (LAST, NEXT):
            assert services.release_case(**facts).closed_on == NEXT
            return
        with pytest.raises(Refused, match="2025年2月28日"):
            services.release_case(**facts)


def test_a_leave_ends_with_the_term_at_the_latest(year: Case) -> None:
    worker, facts = UserFactory(), {"destination": "三亚", "starts_on": LAST - timedelta(days=9)}
    with on(LAST - timedelta(days=10)):
        facts |= {"case": year, "by": worker, "reported_in_writing_on": today()}
        with pytest.raises(Refused, match="2025年2月28日") as refused:
            services.report_leave(until_on=NEXT, **facts)
        assert refused.value.field == "until_on"
        leave = services.report_leave(until_on=LAST - timedelta(days=3), **facts)
        with pytest.raises(Refused, match="2025年2月28日"):
            services.extend_leave(leave=leave, by=worker, until_on=NEXT)
        assert services.extend_leave(leave=leave, by=worker, until_on=LAST).until_on == LAST


def test_a_leave_is_not_reported_in_writing_tomorrow(year: Case) -> None:
    with on(date(2024, 6, 3)), pytest.raises(Refused, match="日期晚于今天。") as refused:
        services.report_leave(
            case=year, by=UserFactory(), destination="三亚", starts_on=today(),
            until_on=today() + timedelta(days=4),
            reported_in_writing_on=today() + timedelta(days=1),
        )  # fmt: skip
    assert refused.value.field == "reported_in_writing_on"


def test_somebody_who_was_not_held_has_duties_again(year: Case, boss: User) -> None:
    with on(date(2024, 6, 3)):
        asked = asked_of(year)
        held = services.suspend_case(
            case=year, by=boss, starts_on=date(2024, 5, 1), reason="arrested"
        )
        assert asked_of(year) < asked
        with pytest.raises(Refused, match="请说明原因。"):
            services.withdraw_suspension(suspension=held, by=boss, reason=" ")
        services.withdraw_suspension(suspension=held, by=boss, reason="同名同姓，录错了人")
        assert asked_of(year) == asked
        with pytest.raises(Refused, match="该记录已撤回。"):
            services.withdraw_suspension(suspension=held, by=boss, reason="再一次")


def test_regulation_24_a_suspension_that_set_another_end_stays(year: Case, boss: User) -> None:
    with on(date(2024, 6, 3)):
        held = services.suspend_case(
            case=year, by=boss, starts_on=date(2024, 5, 1), reason="arrested"
        )
        services.set_end(case=year, by=boss, end_on=date(2025, 4, 1), number="9", paper_on=today())
        with pytest.raises(Refused, match="有权机关已因本次中止另行确定期满日，不能撤回。"):
            services.withdraw_suspension(suspension=held, by=boss, reason="录错")


def test_regulation_24_who_turns_out_to_have_been_held_had_not_left(boss: User) -> None:
    with on(date(2024, 6, 30)):
        worker, case = UserFactory(), CaseFactory()
        confirmed(case, worker, boss, kind="left", on=date(2024, 5, 1), until=date(2024, 5, 31))
        assert Breach.objects.counters()[case.pk].days == 31
        services.suspend_case(case=case, by=boss, starts_on=date(2024, 5, 20), reason="arrested")
        counters = Breach.objects.counters()[case.pk]
    assert (counters.days, counters.leaves) == (19, ((date(2024, 5, 1), date(2024, 5, 19)),))


def test_a_second_order_does_not_begin_while_another_is_in_force(boss: User) -> None:
    first = CaseFactory()
    day = date(2024, 6, 3)
    with on(day):
        facts = {"person": first.person, "by": boss, "measure": "SQKF", "decided_on": day}
        with pytest.raises(Refused, match="日另有措施正在执行：社区戒毒 琼公") as refused:
            services.open_case(reported_on=day, **facts)
        assert refused.value.field == "reported_on"
        second = services.open_case(received_on=day, **facts)
        with pytest.raises(Refused, match="日另有措施正在执行：社区戒毒 琼公"):
            services.record_report(case=second, by=boss, on=day)
        services.close_case(case=first, by=boss, reason="revoked", on=day)
        assert services.record_report(case=second, by=boss, on=day).reported_on == day


def test_who_has_reported_late_is_told_apart_from_who_was_in_time(boss: User) -> None:
    worker = UserFactory()
    case = CaseFactory(not_reported=True, received_on=date(2024, 3, 4))
    with on(date(2024, 4, 2)):
        services.record_report(case=case, by=worker, on=today(), late_reason="住院")
        with pytest.raises(Refused, match="2024年4月2日"):
            services.propose_police_report(
                case=case, by=worker, ground="overdue", happened_on=today(), facts="未到",
                heard="住院",
            )  # fmt: skip


def test_two_reports_that_an_office_brought_along_can_be_put_right(boss: User) -> None:
    """Recorded first, and the other order dated back over it later."""
    second = CaseFactory(
        decided_on=date(2024, 5, 1), received_on=date(2024, 5, 2), reported_on=date(2024, 5, 20),
        not_agreed=True,
    )  # fmt: skip
    first = CaseFactory(person=second.person)
    second.refresh_from_db()
    with on(date(2024, 6, 3)):
        services.correct_case(
            case=second, by=boss, version=second.version, reason="补录文号", decision_number="9"
        )
        second.refresh_from_db()
        with pytest.raises(Refused, match="日另有措施正在执行：社区戒毒 琼公"):
            services.correct_case(
                case=second, by=boss, version=second.version, reason="日期有误",
                reported_on=date(2024, 5, 21),
            )  # fmt: skip
        services.close_case(case=first, by=boss, reason="revoked", on=today())
        assert services.close_case(case=second, by=boss, reason="revoked", on=today()).closed_on


def test_a_new_order_ends_the_silence_of_three_clean_years(boss: User) -> None:
    person = PersonFactory(life_status="clean")
    assert asks_nothing(person, [], today())
    case = CaseFactory(person=person)
    person.refresh_from_db()
    assert person.life_status == ""
    assert not asks_nothing(person, [case], date(2024, 6, 3))
    assert asks_nothing(person, [case], date(2027, 3, 1))
