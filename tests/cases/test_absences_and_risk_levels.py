"""Leave, suspension and the risk level."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.cases import services
from apps.cases.codes import LevelSource, RiskLevel, SuspensionReason
from apps.cases.models import Case
from apps.cases.risk_levels import levels_for_duties
from apps.core.days import today
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 1)


@pytest.fixture
def worker() -> User:
    return UserFactory()


@pytest.fixture
def case() -> Case:
    return CaseFactory()


def leave(case: Case, by: User, days: int = 5, **more: object) -> object:
    facts = {
        "starts_on": DAY,
        "until_on": DAY + timedelta(days=days - 1),
        "destination": "三亚",
        "reported_in_writing_on": DAY,
    }
    return services.report_leave(case=case, by=by, **(facts | more))


def test_two_days_need_no_written_report_and_three_do(case: Case, worker: User) -> None:
    with pytest.raises(Refused, match="日以上须书面报告：请填写书面报告的日期。"):
        leave(case, worker, days=3, reported_in_writing_on=None)
    assert leave(case, worker, days=2, reported_in_writing_on=None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"destination": " "},
        {"starts_on": date(2024, 2, 1)},
        {"starts_on": date(2027, 3, 1), "until_on": date(2027, 3, 2)},
        {"until_on": DAY - timedelta(days=1)},
    ],
)
def test_a_leave_lies_inside_the_order(case: Case, worker: User, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        leave(case, worker, **wrong)


def test_two_leaves_never_share_a_day(case: Case, worker: User) -> None:
    first = leave(case, worker)
    with pytest.raises(Refused, match="这些日子里已有另一次外出。"):
        leave(case, worker, starts_on=DAY + timedelta(days=4), until_on=DAY + timedelta(days=9))
    services.record_return(leave=first, by=worker, on=DAY + timedelta(days=2))
    assert leave(case, worker, starts_on=DAY + timedelta(days=3), until_on=DAY + timedelta(days=9))


def test_a_late_return_does_not_lengthen_the_leave(case: Case, worker: User) -> None:
    back = services.record_return(leave=leave(case, worker), by=worker, on=DAY + timedelta(days=20))
    back.refresh_from_db()
    assert back.last_day == DAY + timedelta(days=4)
    with pytest.raises(Refused, match="返回已登记。"):
        services.record_return(leave=back, by=worker, on=DAY)


@pytest.mark.parametrize("day", [DAY - timedelta(days=1), date(2999, 1, 1)])
def test_nobody_returns_before_leaving_or_tomorrow(case: Case, worker: User, day: date) -> None:
    with pytest.raises(Refused):
        services.record_return(leave=leave(case, worker), by=worker, on=day)


def test_a_withdrawn_leave_frees_its_days_and_says_why(case: Case, worker: User) -> None:
    row = leave(case, worker)
    with pytest.raises(Refused, match="请说明原因。"):
        services.withdraw_leave(leave=row, by=worker, reason=" ")
    services.withdraw_leave(leave=row, by=worker, reason="没有去")
    assert leave(case, worker)
    with pytest.raises(Refused, match="该记录已撤回。"):
        services.withdraw_leave(leave=row, by=worker, reason="没有去")


def test_a_suspended_order_goes_on_from_the_day_of_release(case: Case, worker: User) -> None:
    row = services.suspend_case(
        case=case, by=worker, starts_on=DAY, reason=SuspensionReason.DETAINED
    )
    tomorrow = today() + timedelta(days=1)
    for day, words in ((DAY, "中止至少一天"), (tomorrow, "日期晚于今天")):
        with pytest.raises(Refused, match=words):
            services.resume_case(suspension=row, by=worker, on=day)
    row = services.resume_case(suspension=row, by=worker, on=DAY + timedelta(days=10))
    assert row.ended_on == DAY + timedelta(days=9)
    with pytest.raises(Refused, match="中止已结束。"):
        services.resume_case(suspension=row, by=worker, on=DAY + timedelta(days=11))


def test_an_order_is_suspended_once_at_a_time_and_not_tomorrow(case: Case, worker: User) -> None:
    act = {"case": case, "by": worker, "reason": SuspensionReason.ARRESTED}
    with pytest.raises(Refused, match="日期晚于今天。"):
        services.suspend_case(starts_on=today() + timedelta(days=1), **act)
    services.suspend_case(starts_on=DAY, **act)
    with pytest.raises(Refused, match="这些日子里已有中止。"):
        services.suspend_case(starts_on=DAY + timedelta(days=5), **act)


def test_without_a_risk_level_duties_are_those_of_medium(case: Case) -> None:
    assert levels_for_duties([case.person_id], DAY)[case.person_id] == RiskLevel.MEDIUM


def test_the_latest_risk_level_on_the_day_counts(case: Case) -> None:
    supervisor = UserFactory(town_supervisor=True)
    services.set_risk_level(
        person=case.person,
        case=case,
        risk_level=RiskLevel.HIGH,
        source=LevelSource.LEDGER,
        by=supervisor,
        on=date(2024, 3, 1),
    )
    services.set_risk_level(
        person=case.person,
        case=case,
        risk_level=RiskLevel.HIGH,
        source=LevelSource.ASSESSED,
        by=supervisor,
        on=date(2024, 5, 1),
        reason="两次拒绝检测",
    )
    services.set_risk_level(
        person=case.person,
        case=case,
        risk_level=RiskLevel.LOW,
        source=LevelSource.ASSESSED,
        by=supervisor,
        on=date(2024, 7, 1),
        reason="工作稳定",
    )
    days = [date(2024, 3, 1), date(2024, 5, 1), date(2024, 7, 1)]
    risk_levels = [levels_for_duties([case.person_id], day)[case.person_id] for day in days]
    assert risk_levels == ["medium", "high", "low"]


def test_many_risk_levels_are_one_query(django_assert_num_queries) -> None:
    persons = PersonFactory.create_batch(3)
    with django_assert_num_queries(1):
        assert len(levels_for_duties([p.pk for p in persons], DAY)) == 3


def test_a_worker_gives_a_reason_and_asks_the_supervisor_for_high(case: Case) -> None:
    act = {"person": case.person, "source": LevelSource.ASSESSED, "on": DAY}
    worker = UserFactory()
    for reason in ("", " 稳 "):
        with translation.override("en"), pytest.raises(Refused, match="decided for a reason"):
            services.set_risk_level(risk_level=RiskLevel.LOW, by=worker, reason=reason, **act)
    assert services.set_risk_level(risk_level=RiskLevel.LOW, by=worker, reason="稳定", **act).pk
    with pytest.raises(Refused, match="高风险由督导评定，请督导设定。"):
        services.set_risk_level(risk_level=RiskLevel.HIGH, by=worker, reason="自伤迹象", **act)
    with pytest.raises(Refused, match="日期晚于今天。"):
        services.set_risk_level(
            person=case.person,
            source=LevelSource.LEDGER,
            risk_level=RiskLevel.LOW,
            by=worker,
            on=today() + timedelta(days=1),
        )
    supervisor = UserFactory(town_supervisor=True)
    services.set_risk_level(risk_level=RiskLevel.HIGH, by=supervisor, reason="自伤迹象", **act)
    confirmed = services.set_risk_level(
        risk_level=RiskLevel.HIGH, by=worker, reason="仍然如此", **act
    )
    assert confirmed.decided_by == worker
