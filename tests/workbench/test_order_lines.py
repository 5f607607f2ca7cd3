"""Steps of orders among the lines of Today: reminders, deadlines, notices, and whose they are."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.approvals.services import approve
from apps.cases import services
from apps.workbench.order_lines import StepHead
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory

pytestmark = pytest.mark.django_db
RECEIVED = date(2024, 3, 4)  # a Monday


@pytest.fixture
def worker() -> User:
    return UserFactory()


def order(worker: User, **facts: Any) -> Any:
    case = CaseFactory(**facts)
    AssignmentFactory(person=case.person, worker=worker)
    return case


def lines(worker: User, day: date) -> list[tuple[str, date, str]]:
    def key(head: StepHead) -> tuple[str, date]:
        return head.step, head.due_on

    with time_machine.travel(f"{day.isoformat()}T09:00:00+08:00", tick=False):
        found = [head for head in heads_of(worker, day) if isinstance(head, StepHead)]
        heads = sorted(found, key=key)
    return [(head.step, head.due_on, head.state) for head in heads]


def test_regulation_14_reminders_stand_on_day_10_and_13_then_the_last_day(worker: User) -> None:
    order(worker, not_reported=True, received_on=RECEIVED)
    ten, thirteen, last = date(2024, 3, 14), date(2024, 3, 17), date(2024, 3, 19)
    for day, line in {
        RECEIVED: (ten, "month"),
        ten: (ten, "today"),
        ten + timedelta(days=1): (thirteen, "week"),
        thirteen: (thirteen, "today"),
        thirteen + timedelta(days=1): (last, "week"),
        last: (last, "today"),
        last + timedelta(days=1): (last, "late"),
    }.items():
        assert lines(worker, day) == [("report", *line)]
    assert lines(UserFactory(), last) == []


def test_somebody_who_never_came_and_is_with_the_police_is_one_line(worker: User) -> None:
    boss: User = UserFactory(town_supervisor=True)
    case = order(worker, not_reported=True, received_on=RECEIVED)
    day = date(2024, 4, 2)
    with time_machine.travel("2024-04-02T08:00:00+08:00", tick=False):
        report = services.propose_police_report(
            case=case, by=worker, ground="overdue", facts="多次通知未到", heard="电话中说在外",
            happened_on=day,
        )  # fmt: skip
        approve(proposal=case.person.proposals.waiting().get(), by=boss)
    assert lines(worker, day) == [("reply", day, "waiting")]
    report.refresh_from_db()
    with time_machine.travel("2024-04-05T08:00:00+08:00", tick=False):
        services.record_reply(
            report=report, by=boss, on=date(2024, 4, 5), outcome="not_established", number="1"
        )
    assert lines(worker, date(2024, 4, 6)) == [("report", date(2024, 3, 19), "late")]


def test_regulation_16_the_agreement_is_due_three_days_after_the_report(worker: User) -> None:
    order(worker, not_agreed=True)
    assert lines(worker, date(2024, 3, 4)) == [("agreement", date(2024, 3, 4), "today")]
    assert lines(worker, date(2024, 3, 5)) == [("agreement", date(2024, 3, 4), "late")]


def test_regulation_19_a_return_is_awaited_and_an_extension_moves_it(worker: User) -> None:
    case = order(worker)
    days = {"starts_on": date(2024, 5, 6), "until_on": date(2024, 5, 9)}
    leave = services.report_leave(
        case=case, by=worker, destination="三亚", reported_in_writing_on=date(2024, 5, 5), **days
    )
    assert lines(worker, date(2024, 5, 10)) == [("return", date(2024, 5, 9), "late")]
    services.extend_leave(leave=leave, by=worker, until_on=date(2024, 5, 20))
    assert lines(worker, date(2024, 5, 10)) == [("return", date(2024, 5, 20), "month")]
    services.record_return(leave=leave, by=worker, on=date(2024, 5, 18))
    assert lines(worker, date(2024, 5, 20)) == []


def test_regulation_23_at_midnight_the_duties_end_and_the_notice_is_awaited(worker: User) -> None:
    order(worker, measure="SQKF", term_months=12)
    assert lines(worker, date(2025, 2, 28)) == []
    assert lines(worker, date(2025, 3, 1)) == [("release", date(2025, 3, 7), "waiting")]
    assert lines(worker, date(2025, 3, 8)) == [("release", date(2025, 3, 7), "late")]


def test_regulation_7_three_clean_years_ask_for_one_proposal(worker: User) -> None:
    boss: User = UserFactory(town_supervisor=True)
    case = order(worker)
    told = date(2027, 3, 2)
    with time_machine.travel("2027-03-02T09:00:00+08:00", tick=False):
        services.release_case(case=case, by=boss, number="1", notice_on=told, told_on=told)
    assert lines(worker, told) == [("end-control", told, "today")]
    with time_machine.travel("2027-03-02T09:00:00+08:00", tick=False):
        services.propose_end_of_control(case=case, by=worker)
    assert lines(worker, told) == []


def test_what_was_over_before_the_office_began_is_a_gap_and_no_line(worker: User) -> None:
    order(worker, not_agreed=True, brought_in_on=date(2024, 6, 1))
    order(worker, not_reported=True, brought_in_on=date(2024, 6, 1))
    assert lines(worker, date(2024, 6, 2)) == []


def test_the_lines_stand_in_today_and_lead_to_their_step(worker: User, client: Client) -> None:
    case = order(worker, not_reported=True, received_on=RECEIVED)
    client.force_login(worker)
    with time_machine.travel("2024-03-20T09:00:00+08:00", tick=False):
        client.force_login(worker)
        page = client.get("/today/").content.decode()
    assert f"/cases/{case.public_id}/report/" in page
    assert case.person.name in page
