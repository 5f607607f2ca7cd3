"""Every counting rule of the law: pure functions, the article in each docstring (docs/law.md, 1).

Numbers come in as arguments; their defaults are those of the law, see
parameters.py. Sites that set others keep them
in LawParameter, days off in CalendarDay.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from apps.law.parameters import Parameter, by_law

ONE_DAY: Final = timedelta(days=1)
Span = tuple[date, date | None]

# Holidays on the same date every year, with the year from which they exist: all that is known of
# a year whose arrangement of days off is not in the calendar.
FIXED_HOLIDAYS: Final = {
    (1, 1): 1949, (5, 1): 1949, (5, 2): 2025, (10, 1): 1949, (10, 2): 1949, (10, 3): 1999,
}  # fmt: skip
NEVER, HOLIDAYS, REST_DAYS = 0, 1, 2
ABSTINENT_YEARS: Final = 3


@dataclass(frozen=True)
class WorkingCalendar:
    """Days off and made-up working days of the years that are `known`."""

    off: frozenset[date] = field(default_factory=frozenset)
    work: frozenset[date] = field(default_factory=frozenset)
    known: frozenset[int] = field(default_factory=frozenset)

    def is_holiday(self, day: date) -> bool:
        """A statutory holiday, days off arranged with it included."""
        if day.year in self.known or day in self.off:
            return day in self.off
        since = FIXED_HOLIDAYS.get((day.month, day.day))
        return since is not None and since <= day.year

    def is_working(self, day: date) -> bool:
        """A made-up working day is one though it is a Sunday."""
        if day in self.work:
            return True
        return not self.is_holiday(day) and day.weekday() < 5

    def knows(self, day: date) -> bool:
        """Whether the year's arrangement is on file; else weekends and fixed days alone count."""
        return day.year in self.known


NO_CALENDAR: Final = WorkingCalendar()


def period_end(start: date, days: int) -> date:
    """民法典 art. 201: the day on which a period begins does not count."""
    return start + timedelta(days=days)


def extended(
    last: date, calendar: WorkingCalendar = NO_CALENDAR, extends: int = by_law(Parameter.EXTENDS)
) -> date:
    """民法典 art. 203: a last day on a day off moves to the next working day.

    `extends`: 0 never, 1 for statutory holidays, 2 for weekends, too.
    """
    if extends == NEVER or (extends == HOLIDAYS and not calendar.is_holiday(last)):
        return last
    while not calendar.is_working(last):
        last += ONE_DAY
    return last


def report_deadline(
    received_on: date,
    calendar: WorkingCalendar = NO_CALENDAR,
    *,
    days: int = by_law(Parameter.REPORT_DAYS),
    extends: int = by_law(Parameter.EXTENDS),
) -> date:
    """戒毒条例 arts. 14, 38: within 15 days of receiving the decision; the last day."""
    return extended(period_end(received_on, days), calendar, extends)


def reminder_days(
    received_on: date,
    first: int = by_law(Parameter.REMIND_FIRST),
    second: int = by_law(Parameter.REMIND_SECOND),
) -> tuple[date, date]:
    """戒毒条例 art. 14: when the worker calls before the 15 days are over."""
    return period_end(received_on, first), period_end(received_on, second)


def transfer_deadline(
    changed_on: date,
    calendar: WorkingCalendar = NO_CALENDAR,
    *,
    days: int = by_law(Parameter.TRANSFER_DAYS),
    extends: int = by_law(Parameter.EXTENDS),
) -> date:
    """戒毒条例 art. 22: within 15 days of the change the person reports at the new place."""
    return extended(period_end(changed_on, days), calendar, extends)


def release_notice_deadline(last_day: date, days: int = by_law(Parameter.RELEASE_DAYS)) -> date:
    """戒毒条例 arts. 23, 40: the police tell the township within 7 days of the end."""
    return period_end(last_day, days)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day where the day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def term_end(reported_on: date, months: int) -> date:
    """禁毒法 art. 33, 条例 art. 14: the term counts from the day of reporting; its last day.

    2024-03-01 + 36 months → 2027-02-28; 2024-02-29 + 36 months → 2027-02-28.
    """
    same_day = add_months(reported_on, months)
    return same_day - ONE_DAY if same_day.day == reported_on.day else same_day


def days_inclusive(first: date, last: date) -> int:
    """Both days count: 1 to 3 May are three days."""
    return (last - first).days + 1


def needs_written_report(first: date, last: date, days: int = by_law(Parameter.LEAVE_DAYS)) -> bool:
    """戒毒条例 art. 19: leaving for 3 days or more; 以上 includes the number (民法典 art. 1259)."""
    return days_inclusive(first, last) >= days


def reaches(count: int, limit: int = by_law(Parameter.BREACH_TESTS)) -> bool:
    """戒毒条例 art. 20: 3次以上 includes the third."""
    return count >= limit


def exceeds(days: int, limit: int = by_law(Parameter.BREACH_DAYS)) -> bool:
    """戒毒条例 art. 20: 累计超过30日: day 30 does not trigger, day 31 does."""
    return days > limit


def days_covered(spans: Iterable[Span], until: date) -> int:
    """Different days of spans, both ends included; an open one runs until the day given."""
    ends = [(first, min(last or until, until)) for first, last in spans]
    return len(
        {first + timedelta(days=n) for first, last in ends for n in range(_length(first, last))}
    )


def end_with_suspension(last_day: date, spans: Iterable[Span], until: date) -> date:
    """戒毒条例 art. 24: the end if days of suspension do not count; an authority says so."""
    held = days_covered(((first, last) for first, last in spans if first <= last_day), until)
    return last_day + timedelta(days=held)


def last_day_of_duties(
    legal: date | None, paper: date | None, ordered: date | None, closed: date | None = None
) -> date | None:
    """戒毒条例 arts. 23, 24: the earlier of law and paper, unless an authority's paper set another.

    `closed`: the day before an early end; nothing goes on after it.
    """
    end = ordered or min((day for day in (legal, paper) if day), default=None)
    return min((day for day in (end, closed) if day), default=None)


def abstinent_since(started_on: date, uses: Collection[date] = ()) -> date:
    """戒毒条例 art. 7: from the start of execution, or the last confirmed use if that is later.

    A screening that nobody has confirmed is no use.
    """
    return max([started_on, *uses])


def abstinent_on(since: date, years: int = ABSTINENT_YEARS) -> date:
    """戒毒条例 art. 7: the first day after three years without use; no more control."""
    return term_end(since, years * 12) + ONE_DAY


def latest_abstinent_start(day: date, years: int = ABSTINENT_YEARS) -> date:
    """The latest beginning whose three years are complete on the day."""
    return add_months(day, -12 * years)


def days_late(deadline: date, day: date) -> int:
    """0 on the last day and before."""
    return max((day - deadline).days, 0)


def covers(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


def _length(first: date, last: date) -> int:
    return max(days_inclusive(first, last), 0)


def _days_in(year: int, month: int) -> int:
    return monthrange(year, month)[1]
