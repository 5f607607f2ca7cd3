"""Leave and suspension at their bounds: the day before, the day, the day after."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.cases import listeners, services
from apps.cases.models import Case, Leave, Suspension
from apps.cases.services.absences import leave_not_approved
from apps.law.services import set_parameter
from apps.notices.models import Notice
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory
from tests.refusing import answered, refused

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)
NOT_YET, OVER = "The order is not in force on this day.", "The order has ended before this day."
SUSPENDED = "The order is suspended on some of these days already."
FUTURE = "The day lies in the future."


def days(number: int) -> date:
    """So many days from today."""
    return DAY + timedelta(days=number)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory()
    return made


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


def away(case: Case, by: User, first: int, last: int, **facts: Any) -> Leave:
    """A leave between two days counted from today, reported in writing."""
    facts = {"destination": "三亚", "reported_in_writing_on": DAY} | facts
    return services.report_leave(
        case=case, by=by, starts_on=days(first), until_on=days(last), **facts
    )


def held(case: Case, by: User, first: int, free: int | None = None) -> Suspension:
    row = services.suspend_case(case=case, by=by, starts_on=days(first), reason="detained")
    if free is not None:
        services.resume_case(suspension=row, by=by, on=days(free))
    return row


def rung(reader: User) -> list[str]:
    return list(Notice.objects.filter(reader=reader).order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 2, 29), NOT_YET),
        (date(2024, 3, 1), None),
        (date(2027, 2, 28), None),
        (date(2027, 3, 1), OVER),
    ],
)
def test_a_leave_begins_on_a_day_of_the_order(
    case: Case, by: User, day: date, words: str | None
) -> None:
    with answered(words):
        services.report_leave(case=case, by=by, starts_on=day, until_on=day, destination="三亚")


def test_an_order_without_an_agreement_knows_no_absence(by: User) -> None:
    waiting = CaseFactory(not_agreed=True)
    with refused(NOT_YET):
        away(waiting, by, 0, 0)
    with refused(NOT_YET):
        held(waiting, by, 0)


@pytest.mark.parametrize(("day", "words"), [(date(2024, 2, 29), NOT_YET), (date(2024, 3, 1), None)])
def test_a_suspension_begins_on_a_day_of_the_order(
    case: Case, by: User, day: date, words: str | None
) -> None:
    with answered(words):
        services.suspend_case(case=case, by=by, starts_on=day, reason="detained")


@pytest.mark.parametrize(("first", "words"), [(0, None), (1, FUTURE)])
def test_nobody_is_held_from_tomorrow_on(
    case: Case, by: User, first: int, words: str | None
) -> None:
    with answered(words):
        held(case, by, first)


def test_a_leave_says_where_to(case: Case, by: User) -> None:
    with refused("Enter where the person goes."):
        away(case, by, 0, 0, destination=" ")
    assert away(case, by, 0, 0, destination=" 三亚 ").destination == "三亚"


@pytest.mark.parametrize(
    ("last", "written", "words"),
    [(1, None, None), (2, None, "3 days and more are reported in writing"), (2, DAY, None)],
)
def test_three_days_are_reported_in_writing_at_once_or_when_they_become_three(
    case: Case, by: User, last: int, written: date | None, words: str | None
) -> None:
    with answered(words, "reported_in_writing_on"):
        away(case, by, 0, last, reported_in_writing_on=written)
    short = away(CaseFactory(), by, 0, 0, reported_in_writing_on=None)
    with answered(words, "reported_in_writing_on"):
        services.extend_leave(
            leave=short, by=by, until_on=days(last), reported_in_writing_on=written
        )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (-22, -21, None),
        (-21, -20, SUSPENDED),
        (-15, -14, SUSPENDED),
        (-11, -8, SUSPENDED),
        (-10, -8, None),
        (-2, 0, SUSPENDED),
        (-3, -1, None),
    ],
)
def test_nobody_is_on_leave_while_held(
    case: Case, by: User, first: int, last: int, words: str | None
) -> None:
    """Held for ten days until three weeks ago, and again from today on."""
    held(case, by, -20, -10)
    services.withdraw_suspension(suspension=held(case, by, -5, -1), by=by, reason="录错")
    held(case, by, 0)
    with answered(words):
        away(case, by, first, last)


@pytest.mark.parametrize(("last", "words"), [(-1, None), (0, SUSPENDED)])
def test_a_leave_is_not_extended_into_a_suspension(
    case: Case, by: User, last: int, words: str | None
) -> None:
    leave = away(case, by, -5, -3)
    held(case, by, 0)
    with answered(words):
        services.extend_leave(leave=leave, by=by, until_on=days(last))


def test_an_extension_ends_later_and_what_was_announced_first_stays_known(
    case: Case, by: User
) -> None:
    leave = away(case, by, 0, 4, note="探亲")
    for last in (3, 4):
        with refused("An extension ends later than 7 Jun 2024."):
            services.extend_leave(leave=leave, by=by, until_on=days(last))
    services.extend_leave(leave=leave, by=by, until_on=days(5), note=" 台风 ")
    services.extend_leave(leave=leave, by=by, until_on=days(6), reported_in_writing_on=DAY)
    leave.refresh_from_db()
    assert (leave.until_on, leave.announced_until_on) == (days(6), days(4))
    assert (leave.reported_in_writing_on, leave.note) == (DAY, "探亲\n台风")


@pytest.mark.parametrize(("on", "words"), [(0, None), (1, FUTURE)])
def test_a_return_is_today_at_the_latest_and_recorded_once(
    case: Case, by: User, on: int, words: str | None
) -> None:
    leave = away(case, by, -3, 3)
    with answered(words):
        services.record_return(leave=leave, by=by, on=days(on))
        with refused("The return is recorded already."):
            services.record_return(leave=leave, by=by, on=days(on))
        with refused("The return is recorded already."):
            services.extend_leave(leave=leave, by=by, until_on=days(9))


def test_a_withdrawn_leave_is_neither_extended_nor_ended(case: Case, by: User) -> None:
    leave = away(case, by, 0, 4)
    with refused("Say why."):
        services.withdraw_leave(leave=leave, by=by, reason=" ")
    services.withdraw_leave(leave=leave, by=by, reason=" 没有去 ")
    leave.refresh_from_db()
    assert (leave.withdrawn_at is not None, leave.withdrawn_reason) == (True, "没有去")
    with refused("This entry was withdrawn."):
        services.extend_leave(leave=leave, by=by, until_on=days(9))
    with refused("This entry was withdrawn."):
        services.record_return(leave=leave, by=by, on=DAY)


@pytest.mark.parametrize(
    ("first", "last", "back", "kept"),
    [
        (1, 4, None, None),  # has not begun: taken back
        (0, 4, None, (0, 4)),  # its days until today stay, and what was announced
        (-3, 0, None, (0, None)),
        (-3, 4, -1, (4, None)),  # over already
    ],
)
def test_a_leave_that_is_not_approved_ends_today(
    case: Case, by: User, first: int, last: int, back: int | None, kept: tuple[int, int | None]
) -> None:
    leave = away(case, by, first, last)
    if back is not None:
        services.record_return(leave=leave, by=by, on=days(back))
    leave_not_approved(leave, by, " " + "理由" * 100)
    leave.refresh_from_db()
    if kept is None:
        assert leave.withdrawn_reason == "理由" * 100
        return
    until, announced = kept
    assert leave.withdrawn_at is None
    assert leave.until_on == days(until)
    assert leave.announced_until_on == (None if announced is None else days(announced))


@pytest.mark.parametrize(
    ("on", "words"),
    [(-5, "The order rests for one day at least."), (-4, None), (0, None), (1, FUTURE)],
)
def test_an_order_rests_for_a_day_and_goes_on_today_at_the_latest(
    case: Case, by: User, on: int, words: str | None
) -> None:
    row = held(case, by, -5)
    with answered(words):
        services.resume_case(suspension=row, by=by, on=days(on))
        row.refresh_from_db()
        assert row.ended_on == days(on - 1)
        with refused("The suspension has ended already."):
            services.resume_case(suspension=row, by=by, on=days(on))


def test_the_worker_hears_that_an_order_rests_goes_on_and_did_not_rest(case: Case) -> None:
    worker, boss = UserFactory(), UserFactory(town_supervisor=True)
    AssignmentFactory(person=case.person, worker=worker)
    worker_before = len(rung(worker))
    held(case, boss, -5, -3)
    services.withdraw_suspension(suspension=held(case, boss, -1), by=boss, reason="录错")
    assert rung(worker)[worker_before:] == ["suspended", "resumed", "suspended", "resumed"]
    assert rung(boss) == []


def test_a_suspension_of_a_closed_order_is_put_right_with_its_reason(case: Case, by: User) -> None:
    row = held(case, by, -5)
    services.close_case(case=case, by=by, reason="revoked", on=DAY)
    with refused("Say why.", "reason"):
        services.withdraw_suspension(suspension=row, by=by, reason=" ")
    services.withdraw_suspension(suspension=row, by=by, reason=" " + "理由" * 100)
    row.refresh_from_db()
    assert row.withdrawn_reason == "理由" * 100


def test_the_last_suspension_stays_while_an_authority_has_set_an_end(case: Case, by: User) -> None:
    first, second = held(case, by, -20, -10), held(case, by, -5)
    services.set_end(case=case, by=by, end_on=date(2027, 4, 1), number="9", paper_on=DAY)
    services.withdraw_suspension(suspension=second, by=by, reason="录错")
    with refused("An authority has set another end for this suspension; it stays."):
        services.withdraw_suspension(suspension=first, by=by, reason="录错")


@pytest.mark.parametrize(("since", "asked"), [(0, True), (1, False)])
def test_where_an_office_approves_leaves_the_extended_one_is_asked_anew(
    case: Case, by: User, since: int, *, asked: bool
) -> None:
    paper = {"name": "leave_approval", "value": 1, "basis": "琼海禁毒办〔2024〕3号"}
    set_parameter(effective_from=days(since), by=by, **paper)
    waiting = Proposal.objects.waiting()
    leave = away(case, by, 0, 4)
    assert waiting.count() == asked
    services.extend_leave(leave=leave, by=by, until_on=days(6))
    assert waiting.count() == asked
    services.withdraw_leave(leave=leave, by=by, reason="没有去")
    assert not waiting.exists()


def test_a_supervisors_own_report_waits_for_nobody(case: Case) -> None:
    boss = UserFactory(town_supervisor=True)
    set_parameter(name="leave_approval", value=1, basis="9号", effective_from=DAY, by=boss)
    away(case, boss, 0, 4)
    assert not Proposal.objects.exists()


def test_whoever_counts_windows_hears_of_every_absence(case: Case, by: User) -> None:
    heard: list[int] = []

    def listen(case_ids: Collection[int]) -> None:
        heard.extend(case_ids)

    listeners.on_change(listen)
    try:
        services.record_return(leave=away(case, by, -3, 3), by=by, on=DAY)
        held(case, by, 0)
    finally:
        listeners._listeners.remove(listen)
    assert heard == [case.pk] * 3
