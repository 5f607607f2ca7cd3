"""Date rules of the law: pure functions, the article in each docstring (domain 1.2 to 1.4).

Numbers that an authority may set stand once, here.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from apps.cases.codes import CaseState, Measure, Tier, TierSource

if TYPE_CHECKING:
    from apps.cases.models import Case, Leave, Suspension

REPORT_DEADLINE_DAYS: Final = 15
AGREEMENT_DAYS: Final = 3
LEAVE_REPORT_DAYS: Final = 3
TERM_MONTHS: Final = {Measure.SQJD: (36,), Measure.SQKF: (12, 24, 36)}
TERM_ENDING_SOON_DAYS: Final = 90
# For how many months an assessment speaks where no office says otherwise.
TIER_MONTHS: Final = {Tier.HIGH: 3, Tier.MEDIUM: 6, Tier.LOW: 12}
# Holidays that fall on the same date every year, with the year from which they exist;
# those of the lunar calendar are passed in where a site keeps them.
FIXED_HOLIDAYS: Final = {
    (1, 1): 1949,
    (5, 1): 1949,
    (5, 2): 2025,
    (10, 1): 1949,
    (10, 2): 1949,
    (10, 3): 1999,
}


def report_deadline(
    received_on: date, *, holidays: Collection[date] = (), days: int = REPORT_DEADLINE_DAYS
) -> date:
    """戒毒条例 art. 14: within 15 days of receiving the decision.

    The day of receipt does not count (民法典 art. 201); a last day on a public holiday moves to
    the day after it (民法典 art. 203).
    """
    last = received_on + timedelta(days=days)
    while last in holidays or FIXED_HOLIDAYS.get((last.month, last.day), 9999) <= last.year:
        last += timedelta(days=1)
    return last


def last_receipt_overdue_on(day: date) -> date:
    """The latest day of receipt whose deadline is over on `day`; earlier ones are over, too."""
    received = day - timedelta(days=REPORT_DEADLINE_DAYS + 1)
    while report_deadline(received) >= day:
        received -= timedelta(days=1)
    return received


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def term_end(reported_on: date, months: int) -> date:
    """禁毒法 art. 33, 条例 art. 14: the term counts from the day of reporting; its last day.

    2024-03-01 + 36 months → 2027-02-28; 2024-02-29 + 36 months → 2027-02-28.
    """
    same_day = add_months(reported_on, months)
    return same_day - timedelta(days=1) if same_day.day == reported_on.day else same_day


def last_day_of_term(case: "Case") -> date | None:
    """条例 art. 23: the earlier of the end by the law and the end on the paper."""
    if case.reported_on is None:
        return case.paper_end_on
    legal = term_end(case.reported_on, case.term_months)
    return min(legal, case.paper_end_on) if case.paper_end_on else legal


@dataclass(frozen=True)
class DayOfTerm:
    """Day 412 of 1,096: the day of reporting is day 1."""

    day: int
    days: int

    @property
    def left(self) -> int:
        return self.days - self.day


def day_of_term(case: "Case", day: date) -> DayOfTerm | None:
    """Where the term stands on a day; nothing before the report and after the last day."""
    last = last_day_of_term(case)
    if case.reported_on is None or last is None or not case.reported_on <= day <= last:
        return None
    return DayOfTerm((day - case.reported_on).days + 1, (last - case.reported_on).days + 1)


def year_of_term(case: "Case", day: date) -> int | None:
    """1 in the first year from the report on: plans ask for less as the years pass."""
    if case.reported_on is None or day < case.reported_on:
        return None
    year = 1
    while day >= add_months(case.reported_on, 12 * year):
        year += 1
    return year


def state_on(
    case: "Case",
    leaves: Iterable["Leave"],
    suspensions: Iterable["Suspension"],
    day: date,
    *,
    holidays: Collection[date] = (),
) -> CaseState:
    """What the dated records say of a day (条例 arts. 14, 16, 19, 23, 24); nothing is stored."""
    if case.closed_on is not None and case.closed_on <= day:
        return CaseState.CLOSED
    if case.reported_on is None or case.reported_on > day:
        return _before_report(case, day, holidays)
    last = last_day_of_term(case)
    if last is not None and last < day:
        return CaseState.EXPIRED
    if case.agreement_on is None or case.agreement_on > day:
        return CaseState.REPORTED
    if any(s.withdrawn_at is None and covers(s.starts_on, s.ended_on, day) for s in suspensions):
        return CaseState.SUSPENDED
    if any(
        leave.withdrawn_at is None and covers(leave.starts_on, leave_last_day(leave), day)
        for leave in leaves
    ):
        return CaseState.ON_LEAVE
    return CaseState.ACTIVE


def leave_last_day(leave: "Leave") -> date:
    """The return ends a leave early; a return after the announced day does not lengthen it."""
    return min(leave.returned_on, leave.until_on) if leave.returned_on else leave.until_on


def covers(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


def _before_report(case: "Case", day: date, holidays: Collection[date]) -> CaseState:
    """No deadline is computed from a date of receipt that is not known."""
    if case.received_on is not None and report_deadline(case.received_on, holidays=holidays) < day:
        return CaseState.OVERDUE
    if case.received_on is None and case.decided_on is None:
        return CaseState.UNKNOWN
    return CaseState.DECIDED


def tier_valid_until(tier: str, from_on: date, months: int | None = None) -> date:
    """The last day on which an assessment speaks (domain 3.3); then somebody assesses anew."""
    return add_months(from_on, TIER_MONTHS[Tier(tier)] if months is None else months)


def is_stale(source: str, valid_until: date | None, day: date) -> bool:
    """A word of a ledger is nobody's assessment, and an assessment ends."""
    return source == TierSource.LEDGER or (valid_until is not None and valid_until < day)


def counted_tier(tier: str, source: str, *, ended: bool = False) -> Tier:
    """PIPL art. 24: a word in a ledger is nobody's decision, so it asks for medium at most.

    Nor does an assessment that has ended keep anybody in high. Without any tier the duties are
    those of medium.
    """
    if not tier:
        return Tier.MEDIUM
    if tier == Tier.HIGH and (ended or source == TierSource.LEDGER):
        return Tier.MEDIUM
    return Tier(tier)


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day
