"""The life of an order step by step: who is late, what follows, and what no step may do."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.approvals.services import approve, reject
from apps.cases import services
from apps.cases.codes import CaseState, Ground, Reply, StepKind
from apps.cases.current_order import state_of
from apps.cases.models import Case, Leave, PoliceReport
from apps.core.refusals import Refused
from apps.law.services import set_parameter
from apps.persons.codes import LifeStatus
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, ContactFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 7, 1)  # a Monday; the order of CaseFactory runs since 1 March


@pytest.fixture
def worker() -> User:
    return UserFactory()


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True)


def on(day: date) -> Any:
    """Noon of a day in Shanghai."""
    return time_machine.travel(f"{day.isoformat()}T12:00:00+08:00", tick=False)


def state(case: Case, day: date) -> CaseState:
    return state_of(Case.objects.with_absence_on(day).get(pk=case.pk), day)


def waiting(kind: str) -> Proposal:
    return Proposal.objects.get(kind=kind, decision="")


def test_regulation_14_a_late_report_says_why(worker: User) -> None:
    case = CaseFactory(not_reported=True)
    with pytest.raises(Refused, match="2024年3月8日"):
        services.record_report(case=case, by=worker, on=date(2024, 3, 9))
    with pytest.raises(Refused, match="报到日期早于收到决定书的日期。"):
        services.record_report(case=case, by=worker, on=date(2024, 2, 21))
    services.record_report(case=case, by=worker, on=date(2024, 3, 9), late_reason="住院，有病历")
    assert case.steps.get().words == "住院，有病历"


def test_regulation_16_the_help_stands_in_the_agreement(worker: User) -> None:
    case = CaseFactory(not_agreed=True)
    services.sign_agreement(case=case, by=worker, on=date(2024, 3, 2), help_words="介绍工作")
    assert case.steps.get(kind=StepKind.AGREED_HELP).words == "介绍工作"


def test_regulation_17_the_team_has_exactly_one_lead(worker: User) -> None:
    case = CaseFactory()
    add = {"case": case, "by": worker, "on": date(2024, 3, 2)}
    with pytest.raises(Refused, match="家属成员从本人同意的联系人中选择。"):
        services.add_member(kind="family", name="陈母", **add)
    family = services.add_member(kind="family", contact=ContactFactory(person=case.person), **add)
    first = services.add_member(kind="police", name="吴警", **add)
    second = services.add_member(kind="worker", name="周晓岚", **add)
    assert [m.is_lead for m in (family, first, second)] == [False, True, False]
    services.name_lead(member=second, by=worker)
    assert case.team.get(is_lead=True) == second
    with pytest.raises(Refused, match=r"lead|组长"):
        services.end_member(member=second, by=worker, on=NOW)
    for refused in (family, first):
        services.end_member(member=refused, by=worker, on=NOW)
    with pytest.raises(Refused, match="该成员已退出工作小组。"):
        services.name_lead(member=first, by=worker)
    services.end_member(member=second, by=worker, on=NOW)
    assert not case.team.filter(is_lead=True).exists()


def leave_of(case: Case, by: User, **facts: Any) -> Leave:
    known = {
        "starts_on": NOW, "until_on": NOW + timedelta(days=2), "destination": "三亚",
        "reported_in_writing_on": NOW,
    }  # fmt: skip
    return services.report_leave(case=case, by=by, **known | facts)


def test_regulation_19_three_days_are_reported_in_writing_and_two_are_not(worker: User) -> None:
    case = CaseFactory()
    with pytest.raises(Refused, match=r"in writing|书面"):
        leave_of(case, worker, reported_in_writing_on=None)
    two = leave_of(case, worker, until_on=NOW + timedelta(days=1), reported_in_writing_on=None)
    assert not Proposal.objects.exists()
    with on(NOW), pytest.raises(Refused, match=r"in writing|书面"):
        services.extend_leave(leave=two, by=worker, until_on=NOW + timedelta(days=5))
    longer = services.extend_leave(
        leave=two, by=worker, until_on=NOW + timedelta(days=5), reported_in_writing_on=NOW
    )
    assert (longer.announced_until_on, state(case, NOW + timedelta(days=5))) == (
        NOW + timedelta(days=1), CaseState.ON_LEAVE,
    )  # fmt: skip
    assert state(case, NOW + timedelta(days=6)) == CaseState.ACTIVE


def test_regulation_19_an_approval_only_where_the_office_says_so(worker: User, boss: User) -> None:
    case = CaseFactory()
    AssignmentFactory(person=case.person, worker=worker)
    set_parameter(
        name="leave_approval", value=1, effective_from=date(2024, 1, 1), basis="镇规定",
        area=boss.area, by=User.objects.system(),
    )  # fmt: skip
    with on(NOW):
        ahead = leave_of(
            case, worker, starts_on=NOW + timedelta(days=9), until_on=NOW + timedelta(days=15)
        )
        assert state(case, NOW + timedelta(days=9)) == CaseState.ON_LEAVE
        reject(proposal=waiting("leave"), by=boss, reason="当天有检测")
        ahead.refresh_from_db()
        assert ahead.withdrawn_reason == "当天有检测"
        running = leave_of(case, worker)
    with on(NOW + timedelta(days=1)):
        reject(proposal=waiting("leave"), by=boss, reason="未说明去处")
        running.refresh_from_db()
        assert running.last_day == NOW + timedelta(days=1)
    with on(NOW + timedelta(days=3)):
        leave_of(case, worker, starts_on=NOW + timedelta(days=3), until_on=NOW + timedelta(days=8))
        approve(proposal=waiting("leave"), by=boss)
        services.withdraw_leave(leave=Leave.objects.latest("pk"), by=worker, reason="没有去")
        by_boss = {"starts_on": NOW + timedelta(days=20), "until_on": NOW + timedelta(days=29)}
        leave_of(case, boss, **by_boss)
    assert not Proposal.objects.waiting().exists()


def test_regulation_24_duties_end_at_the_earlier_day_until_a_paper_says_another(
    worker: User, boss: User
) -> None:
    case = CaseFactory()
    end = {"case": case, "by": boss, "end_on": date(2027, 3, 30), "paper_on": date(2024, 7, 2)}
    with pytest.raises(Refused, match=r"never suspended|从未中止"):
        services.set_end(number="琼公〔2024〕9号", **end)
    held = services.suspend_case(case=case, by=boss, starts_on=date(2024, 6, 1), reason="detained")
    with pytest.raises(Refused, match="这些日子里已有中止。"):
        leave_of(case, worker, starts_on=date(2024, 6, 2), until_on=date(2024, 6, 4))
    services.resume_case(suspension=held, by=boss, on=date(2024, 7, 1))
    assert state(case, date(2024, 6, 30)) == CaseState.SUSPENDED
    assert state(case, date(2027, 3, 1)) == CaseState.EXPIRED
    with pytest.raises(Refused, match="请填写文书的文号和日期。"):
        services.set_end(number=" ", **end)
    later = services.set_end(number="琼公〔2024〕9号", **end)
    assert later.duties_end_on == date(2027, 3, 30)
    assert state(case, date(2027, 3, 30)) == CaseState.ACTIVE
    assert state(case, date(2027, 3, 31)) == CaseState.EXPIRED


def report(case: Case, by: User, **facts: Any) -> PoliceReport:
    known = {
        "ground": Ground.USE, "happened_on": date(2024, 6, 10), "facts": "检测确认",
        "heard": "本人承认",
    }  # fmt: skip
    return services.propose_police_report(case=case, by=by, **known | facts)


def test_regulation_21_a_worker_proposes_and_a_supervisor_approves(
    worker: User, boss: User
) -> None:
    case = CaseFactory()
    with on(NOW):
        for words, wrong in {
            "不能再以逾期未报到为由报告": {"ground": Ground.OVERDUE},
            "如何设法听取本人意见": {"heard": " "}, "请写明发": {"facts": " "},
            "该日措施": {"happened_on": date(2024, 2, 1)},
            "日期晚于今天": {"happened_on": date(2024, 8, 1)},
        }.items():  # fmt: skip
            with pytest.raises(Refused, match=words):
                report(case, worker, **wrong)
        sent = report(case, worker)
        with pytest.raises(Refused, match="已有一份报告公安机关的事项尚未了结。"):
            report(case, worker)
        assert state(case, NOW) == CaseState.ACTIVE
        with pytest.raises(Refused, match="该报告尚未经审批同意。"):
            services.record_reply(report=sent, by=boss, on=NOW, outcome=Reply.WARNED)
        approve(proposal=waiting("police_report"), by=boss)
        assert state(case, NOW) == CaseState.POLICE
        assert case.is_in_force_on(NOW)
        services.record_reply(report=sent, by=boss, on=NOW, outcome=Reply.NOT_ESTABLISHED)
        assert state(case, NOW) == CaseState.ACTIVE
        taken_back = report(case, worker)
        services.withdraw_report(report=taken_back, by=worker, reason="写错人")
        dropped = report(case, worker)
        reject(proposal=waiting("police_report"), by=boss, reason="没有实验室检测")
        dropped.refresh_from_db()
        assert dropped.withdrawn_reason == "没有实验室检测"


def test_drug_law_38_isolation_is_the_decision_of_the_police(worker: User, boss: User) -> None:
    case = CaseFactory()
    with on(NOW):
        sent = report(case, worker)
        approve(proposal=waiting("police_report"), by=boss)
        reply = {"report": sent, "by": boss, "on": NOW, "outcome": Reply.ISOLATION}
        with pytest.raises(Refused, match="请填写决定书文号。"):
            services.record_reply(**reply)
        services.record_reply(number="琼公强戒〔2024〕1号", **reply)
    assert state(case, NOW) == CaseState.TERMINATED


def test_regulation_14_and_21_overdue_is_computed_and_reported_by_people(
    worker: User, boss: User
) -> None:
    case = CaseFactory(not_reported=True)
    assert state(case, date(2024, 3, 9)) == CaseState.OVERDUE
    with on(NOW):
        report(case, worker, ground=Ground.OVERDUE)
        approve(proposal=waiting("police_report"), by=boss)
        assert state(case, NOW) == CaseState.POLICE
        services.record_report(case=case, by=worker, on=NOW, late_reason="在外地住院")
        assert state(case, NOW) == CaseState.REPORTED


def test_regulation_23_release_after_the_term_and_never_before(boss: User) -> None:
    case = CaseFactory(measure="SQKF", term_months=12)
    notice = {"case": case, "by": boss, "number": "琼公解〔2025〕3号"}
    days = {"notice_on": date(2025, 3, 3), "told_on": date(2025, 3, 12)}
    with on(date(2025, 2, 28)), pytest.raises(Refused, match="日）之后才能解除；提前结束请选择相"):
        services.release_case(notice_on=date(2025, 2, 27), told_on=date(2025, 2, 28), **notice)
    with on(date(2025, 3, 20)):
        with pytest.raises(Refused, match="通知日期早于通知书日期。"):
            services.release_case(notice_on=date(2025, 3, 13), told_on=date(2025, 3, 12), **notice)
        closed = services.release_case(**notice, **days)
    assert (closed.duties_end_on, closed.steps.get().number) == (
        date(2025, 2, 28), "琼公解〔2025〕3号",
    )  # fmt: skip
    assert state(case, date(2025, 3, 20)) == CaseState.AFTERCARE
    assert state(case, date(2027, 3, 1)) == CaseState.ABSTINENT


def test_regulation_7_three_years_clean_then_a_proposal_then_silence(
    worker: User, boss: User
) -> None:
    case = CaseFactory()
    with on(date(2027, 3, 2)):
        services.release_case(
            case=case, by=boss, number="1", notice_on=date(2027, 3, 1), told_on=date(2027, 3, 2)
        )
        assert state(case, date(2027, 3, 2)) == CaseState.ABSTINENT
        services.propose_end_of_control(case=case, by=worker)
        approve(proposal=waiting("end_of_control"), by=boss)
        case.person.refresh_from_db()
        assert case.person.life_status == LifeStatus.ABSTINENT
        with pytest.raises(Refused, match="这一步已经登记。"):
            services.propose_end_of_control(case=case, by=worker)


def test_regulation_7_an_established_use_begins_the_three_years_anew(
    worker: User, boss: User
) -> None:
    case = CaseFactory()
    with on(NOW):
        sent = report(case, worker)
        approve(proposal=waiting("police_report"), by=boss)
        services.record_reply(report=sent, by=boss, on=NOW, outcome=Reply.WARNED)
    with on(date(2027, 3, 2)):
        services.release_case(
            case=case, by=boss, number="1", notice_on=date(2027, 3, 1), told_on=date(2027, 3, 2)
        )
        with pytest.raises(Refused, match=r"not complete|未满"):
            services.propose_end_of_control(case=case, by=worker)
    for day, expected in (
        (date(2027, 6, 9), CaseState.AFTERCARE), (date(2027, 6, 10), CaseState.ABSTINENT),
    ):  # fmt: skip
        assert state(case, day) == expected
        assert Case.objects.in_state_on(expected, day).get() == case


def test_regulation_7_a_breach_that_was_established_begins_no_three_years_anew(
    worker: User, boss: User
) -> None:
    """The police found it so and warned; nothing was taken."""
    case = CaseFactory()
    with on(NOW):
        sent = report(case, worker)
        PoliceReport.objects.filter(pk=sent.pk).update(ground=Ground.SERIOUS)
        approve(proposal=waiting("police_report"), by=boss)
        services.record_reply(report=sent, by=boss, on=NOW, outcome=Reply.WARNED)
    with on(date(2027, 3, 2)):
        services.release_case(
            case=case, by=boss, number="1", notice_on=date(2027, 3, 1), told_on=date(2027, 3, 2)
        )
        services.propose_end_of_control(case=case, by=worker)
    assert state(case, date(2027, 3, 2)) == CaseState.ABSTINENT
    assert Case.objects.in_state_on(CaseState.ABSTINENT, date(2027, 3, 2)).get() == case


@pytest.mark.parametrize(
    "late_step",
    [
        lambda case, by: services.sign_agreement(case=case, by=by, on=date(2027, 3, 1)),
        lambda case, by: services.record_plan(case=case, by=by, on=date(2027, 3, 1)),
        lambda case, by: leave_of(case, by, starts_on=date(2027, 3, 1), until_on=date(2027, 3, 2)),
        lambda case, by: report(case, by, happened_on=date(2027, 3, 1)),
        lambda case, by: services.suspend_case(
            case=case, by=by, starts_on=date(2027, 3, 1), reason="detained"
        ),
    ],
)
def test_regulation_23_and_40_nothing_begins_after_the_last_day(
    worker: User, late_step: Any
) -> None:
    case = CaseFactory(not_agreed=True)
    with on(date(2027, 3, 1)), pytest.raises(Refused):
        late_step(case, worker)
