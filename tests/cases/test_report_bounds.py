"""Reports to the police, the end by the calendar, and states, on the days around each bound."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.approvals.services import approve, reject
from apps.areas.models import place_ids
from apps.cases import services
from apps.cases.codes import CaseState
from apps.cases.models import Case, CaseStep, PoliceReport
from apps.cases.services.endings import last_use
from apps.cases.services.police import drop_report, send_report
from tests.cases.states import state_on
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
DAY, LAST, ONE = date(2024, 6, 3), date(2025, 2, 28), timedelta(days=1)
FUTURE = "The day lies in the future."
NOT_BEGUN = "The order had not begun on this day."
NO_AGREEMENT = "Without an agreement there is no breach of it."
WITHDRAWN = "This entry was withdrawn."


def on(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day.isoformat()}T10:00:00+08:00", tick=False)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with on(DAY):
        yield


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def asked(case: Case, by: User, **facts: Any) -> PoliceReport:
    facts = {"ground": "use", "happened_on": DAY, "facts": "检测阳性", "heard": "承认"} | facts
    return services.propose_police_report(case=case, by=by, **facts)


def sent(case: Case, worker: User, boss: User, **facts: Any) -> PoliceReport:
    report = asked(case, worker, **facts)
    approve(proposal=case.person.proposals.waiting().get(), by=boss)
    report.refresh_from_db()
    return report


@pytest.mark.parametrize(
    ("facts", "words", "field"),
    [
        ({"facts": " "}, "Say what happened, and what was tried.", "facts"),
        ({"facts": "aaaa"}, "Say what happened, and what was tried.", "facts"),
        ({"heard": " "}, "Enter what the person says", "heard"),
        ({"happened_on": DAY + ONE}, FUTURE, "happened_on"),
        ({"happened_on": date(2024, 2, 29)}, NOT_BEGUN, "happened_on"),
        ({"happened_on": date(2024, 3, 1)}, None, None),
        ({"ground": "serious"}, None, None),
        ({"ground": "overdue"}, "The person has reported on 1 Mar 2024", "ground"),
    ],
)
def test_a_report_to_the_police_is_founded_on_a_day_of_the_order(
    worker: User, facts: dict[str, Any], words: str | None, field: str | None
) -> None:
    with answered(words, field):
        assert asked(CaseFactory(), worker, **facts).facts == "检测阳性"


def test_a_breach_of_an_agreement_needs_one_and_use_does_not(worker: User) -> None:
    with refused(NO_AGREEMENT):
        asked(CaseFactory(not_agreed=True), worker, ground="serious")
    assert asked(CaseFactory(not_agreed=True), worker)
    with refused(NOT_BEGUN, "happened_on"):
        asked(CaseFactory(not_reported=True), worker)


@pytest.mark.parametrize(("day", "ok"), [(date(2024, 3, 8), False), (date(2024, 3, 9), True)])
def test_nobody_is_overdue_on_the_last_day_to_report(worker: User, day: date, *, ok: bool) -> None:
    case = CaseFactory(not_reported=True)
    words = None if ok else "The person is not overdue to report."
    with on(day), answered(words, "ground"):
        asked(case, worker, ground="overdue", happened_on=day)


@pytest.mark.parametrize(
    ("day", "words"), [(LAST, None), (LAST + ONE, "The term has ended; what happens now")]
)
def test_after_the_last_day_there_is_no_breach_of_the_order(
    worker: User, day: date, words: str | None
) -> None:
    case = CaseFactory(measure="SQKF", term_months=12)
    with on(day), answered(words):
        asked(case, worker, happened_on=LAST)


def test_what_has_lost_its_ground_is_not_sent(worker: User, boss: User) -> None:
    case = CaseFactory(not_reported=True)
    report = asked(case, worker, ground="overdue")
    services.record_report(case=case, by=worker, on=DAY, late_reason="住院")
    with refused("The person has reported on 3 Jun 2024; this ground has gone.", "ground"):
        send_report(report, boss)
    other = asked(CaseFactory(), worker)
    services.close_case(case=other.case, by=boss, reason="revoked", on=DAY)
    with refused("The case was closed on 3 Jun 2024."):
        send_report(other, boss)


def test_a_report_is_withdrawn_before_it_is_with_the_police(worker: User, boss: User) -> None:
    report = asked(CaseFactory(), worker)
    with refused("Say why."):
        services.withdraw_report(report=report, by=worker, reason=" ")
    services.withdraw_report(report=report, by=worker, reason=" " + "理由" * 100)
    assert not report.person.proposals.waiting().exists()
    report.refresh_from_db()
    assert report.withdrawn_reason == "理由" * 100
    with refused(WITHDRAWN):
        drop_report(report, boss, "再一次")
    with_police = sent(CaseFactory(), worker, boss)
    with refused("The report is with the police; record their reply."):
        services.withdraw_report(report=with_police, by=worker, reason="记错")


def test_a_report_that_is_not_approved_never_reaches_the_police(worker: User, boss: User) -> None:
    report = asked(CaseFactory(), worker)
    reject(proposal=report.person.proposals.waiting().get(), by=boss, reason="依据不足")
    report.refresh_from_db()
    assert (report.reported_on, report.withdrawn_reason) == (None, "依据不足")


def test_the_police_reply_once_to_what_they_have(worker: User, boss: User) -> None:
    waiting = asked(CaseFactory(), worker)
    reply: dict[str, Any] = {"by": boss, "outcome": "warned"}
    with refused("The report to the police has not been approved yet."):
        services.record_reply(report=waiting, on=DAY, **reply)
    report = sent(CaseFactory(), worker, boss)
    with refused(FUTURE, "on"):
        services.record_reply(report=report, on=DAY + ONE, **reply)
    services.record_reply(report=report, on=DAY, number=" 9 ", note=" 训诫 ", **reply)
    report.refresh_from_db()
    assert (report.reply_number, report.reply_note, report.case.closed_on) == ("9", "训诫", None)
    with refused("The reply of 3 Jun 2024 is on file."):
        services.record_reply(report=report, on=DAY, **reply)


@pytest.mark.parametrize(("day", "closed"), [(LAST, True), (LAST + ONE, False)])
def test_isolation_ends_an_order_that_has_not_ended_by_itself(
    worker: User, boss: User, day: date, *, closed: bool
) -> None:
    case = CaseFactory(measure="SQKF", term_months=12)
    report = sent(case, worker, boss)
    with on(day):
        with refused("Enter the number of the decision.", "number"):
            services.record_reply(report=report, by=boss, on=day, outcome="isolation", number=" ")
        services.record_reply(report=report, by=boss, on=day, outcome="isolation", number="9")
    case.refresh_from_db()
    assert (case.closed_on == day, case.closure_reason) == (closed, "isolation" if closed else "")


def test_the_last_use_is_of_the_order_and_established(worker: User, boss: User) -> None:
    case, other = CaseFactory(), CaseFactory()
    for happened, outcome, of in (
        (1, "warned", case), (2, "not_established", case), (3, "warned", other), (5, "warned", case)
    ):  # fmt: skip
        report = sent(of, worker, boss, happened_on=DAY - happened * ONE)
        services.record_reply(report=report, by=boss, on=DAY, outcome=outcome)
    assert (last_use(case), last_use(other)) == (DAY - ONE, DAY - 3 * ONE)


# The end by the calendar.


@pytest.mark.parametrize(
    ("today", "notice", "told", "words", "field"),
    [
        (LAST, LAST, LAST, "A release follows the end of the term (28 Feb 2025).", None),
        (LAST + ONE, LAST, LAST + 2 * ONE, FUTURE, None),
        (LAST + ONE, LAST + 2 * ONE, LAST + ONE, FUTURE, None),
        (LAST + 3 * ONE, LAST + 2 * ONE, LAST + ONE, "The office was notified before", "told_on"),
        (LAST + ONE, LAST, LAST, "The term ended on 28 Feb 2025: the notice", "told_on"),
        (LAST + ONE, LAST - ONE, LAST + ONE, "The term ended on 28 Feb 2025: the", "notice_on"),
        (LAST + ONE, LAST, LAST + ONE, None, None),
        (LAST + ONE, LAST + ONE, LAST + ONE, None, None),
        (LAST + 9 * ONE, LAST, LAST + 5 * ONE, None, None),
    ],
)  # fmt: skip
def test_the_notice_of_release_follows_the_last_day(
    boss: User, today: date, notice: date, told: date, words: str | None, field: str | None
) -> None:
    case = CaseFactory(measure="SQKF", term_months=12)
    with on(today), answered(words, field):
        closed = services.release_case(
            case=case, by=boss, number="9", notice_on=notice, told_on=told
        )
        assert (closed.closed_on, closed.closure_reason) == (told, "released")
        step = CaseStep.objects.get(case=case, kind="release")
        assert (step.on, step.paper_on, step.number) == (told, notice, "9")


@pytest.mark.parametrize(
    ("end", "paper", "words", "field"),
    [
        (date(2024, 2, 29), DAY, "The end lies before the report.", "end_on"),
        (date(2024, 3, 1), DAY, None, None),
        (date(2027, 4, 1), DAY + ONE, FUTURE, "paper_on"),
        (date(2027, 4, 1), DAY, None, None),
    ],
)
def test_an_authority_sets_an_end_after_a_suspension(
    boss: User, end: date, paper: date, words: str | None, field: str | None
) -> None:
    case = CaseFactory()
    facts = {"case": case, "by": boss, "end_on": end, "number": "9", "paper_on": paper}
    row = services.suspend_case(case=case, by=boss, starts_on=DAY, reason="arrested")
    with answered(words, field):
        assert services.set_end(**facts).end_set_on == end
    never = CaseFactory()
    with refused("The order was never suspended: its end follows from the law."):
        services.set_end(**facts | {"case": never})
    if words:
        services.withdraw_suspension(suspension=row, by=boss, reason="录错")
        with refused("The order was never suspended"):
            services.set_end(**facts)


# What the query says of a day is what the rule says.


def state_asked(case: Case, day: date) -> list[CaseState]:
    return [s for s in CaseState if Case.objects.filter(pk=case.pk).in_state_on(s, day).exists()]


@pytest.mark.parametrize(
    ("facts", "stored", "day", "state"),
    [
        # Rows from before the deadline was kept count fifteen days.
        ({"not_reported": True}, {"report_by": None}, date(2024, 3, 8), "decided"),
        ({"not_reported": True}, {"report_by": None}, date(2024, 3, 9), "overdue"),
        ({"not_reported": True}, {"report_by": date(2024, 3, 11)}, date(2024, 3, 11), "decided"),
        ({"not_reported": True}, {"report_by": date(2024, 3, 11)}, date(2024, 3, 12), "overdue"),
        ({}, {}, date(2027, 2, 28), "active"),
        ({}, {}, date(2027, 3, 1), "expired"),
        ({}, {"paper_end_on": date(2026, 5, 1)}, date(2026, 5, 1), "active"),
        ({}, {"paper_end_on": date(2026, 5, 1)}, date(2026, 5, 2), "expired"),
        ({}, {"end_set_on": date(2027, 5, 1)}, date(2027, 5, 1), "active"),
        ({}, {"end_set_on": date(2027, 5, 1)}, date(2027, 5, 2), "expired"),
        ({}, {"end_set_on": date(2026, 5, 1)}, date(2026, 5, 2), "expired"),
        ({"not_agreed": True}, {"end_set_on": date(2026, 5, 1)}, date(2026, 5, 1), "reported"),
        ({"not_agreed": True}, {}, date(2027, 3, 1), "expired"),
    ],
)
def test_the_database_and_the_rule_say_the_same_of_a_day(
    facts: dict[str, Any], stored: dict[str, Any], day: date, state: str
) -> None:
    case = CaseFactory(**facts)
    Case.objects.filter(pk=case.pk).update(**stored)
    case.refresh_from_db()
    assert (state_asked(case, day), state_on(case, [], [], day)) == ([state], state)


@pytest.mark.parametrize(
    ("span", "before_report", "after"),
    [({"reported_on": DAY}, "police", "police"), ({}, "overdue", "active")],
)
def test_what_is_with_the_police_is_so_before_the_report_and_after_it(
    worker: User, span: dict[str, date], before_report: str, after: str
) -> None:
    for case, state in ((CaseFactory(not_reported=True), before_report), (CaseFactory(), after)):
        PoliceReport.objects.create(
            case=case, person=case.person, ground="use", happened_on=DAY, facts="检测阳性",
            heard="承认", recorded_by=worker, **place_ids(case), **span,
        )  # fmt: skip
        assert state_asked(case, DAY) == [state]


@pytest.mark.parametrize(
    ("use", "day", "state"),
    [
        (None, date(2027, 2, 28), "aftercare"),
        (None, date(2027, 3, 1), "clean"),
        (date(2024, 6, 1), date(2027, 5, 31), "aftercare"),
        (date(2024, 6, 1), date(2027, 6, 1), "clean"),
    ],
)
def test_regulation_7_three_years_are_complete_on_a_day(
    worker: User, use: date | None, day: date, state: str
) -> None:
    """A rehabilitation of one year, released; another order's use says nothing about this one."""
    case, other = (CaseFactory(measure="SQKF", term_months=12) for _n in range(2))
    for row, happened in ((case, use), (other, date(2024, 6, 2))):
        if happened:
            PoliceReport.objects.create(
                case=row, person=row.person, ground="use", happened_on=happened, facts="阳性",
                heard="承认", recorded_by=worker, reported_on=DAY, replied_on=DAY,
                outcome="warned", **place_ids(row),
            )  # fmt: skip
    with on(LAST + ONE):
        services.close_case(case=case, by=worker, reason="released", on=LAST + ONE)
    case.refresh_from_db()
    assert state_asked(case, day) == [state]
    assert state_on(case, [], [], day, last_use_on=use) == state
