"""Windows of duties: arithmetic of dates and nothing else (docs/law.md, 1 and 2).

A window is a span of days, both ends included, in which a duty is to be done once. Windows follow
one another without a gap from the day of reporting. Where another rule begins they begin anew; a
window that a new rule or the end of the term cuts short asks for nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from apps.cases.rules import term_end
from apps.law.dates import add_months

ONE_DAY = timedelta(days=1)
UNITS = ("d", "w", "m")


@dataclass(frozen=True, slots=True)
class Every:
    """How long a window is: so many days, weeks or months."""

    count: int
    unit: str

    def __post_init__(self) -> None:
        if self.count < 1 or self.unit not in UNITS:
            raise ValueError(f"{self.count}{self.unit}")

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @classmethod
    def parse(cls, text: str) -> "Every":
        """`1d`, `2w`, `3m`; ValueError for anything else."""
        return cls(int(text[:-1] or "0"), text[-1:])


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day on the same facts hold: which rule, which risk level, which year of the term."""

    starts_on: date
    rule_id: int | None
    every: Every | None
    risk_level: str = ""
    year_of_term: int = 1


@dataclass(frozen=True, slots=True)
class Window:
    opens_on: date
    due_on: date
    number: int
    rule_id: int
    risk_level: str
    year_of_term: int


def last_day(start: date, every: Every, number: int) -> date:
    """The last day of the n-th window of a series that begins on `start`.

    Months end as terms do: the day before the same day, or the month's last day where it has no
    such day, so that twelve of them fill a year.
    """
    if every.unit == "m":
        return term_end(start, every.count * number)
    days = every.count * number * (7 if every.unit == "w" else 1)
    return start + timedelta(days=days - 1)


def year_of_term(reported_on: date, day: date) -> int:
    """1 in the first twelve months from the report, and so on; 0 before it."""
    if day < reported_on:
        return 0
    year = day.year - reported_on.year
    while term_end(reported_on, 12 * year) < day:
        year += 1
    return year


def half_of_year(reported_on: date, day: date) -> int:
    """1 in the first six months of a year of the term, 2 in the rest of it."""
    return 1 if day < first_day_of_half(reported_on, year_of_term(reported_on, day)) else 2


def first_day_of_half(reported_on: date, year: int) -> date:
    """The day on which the second half of a year of the term begins: the same day six months
    later, or the month's last one, so that six months from it never reach into the next year.
    """
    return add_months(reported_on, 12 * (year - 1) + 6)


def first_day_of_year(reported_on: date, year: int) -> date:
    """The day on which a year of the term begins."""
    return term_end(reported_on, 12 * (year - 1)) + ONE_DAY


def windows(
    stretches: Sequence[Stretch], until: date, *, horizon: date, since: date = date.min
) -> Iterator[Window]:
    """Windows of a case, in order.

    The first stretch begins on the day of reporting. `until` is the last day of duties, `horizon`
    the day that the windows cover and the first one after it opens; `since` is the first due day
    that is given.
    """
    runs = [list(run) for _rule, run in groupby(stretches, key=lambda stretch: stretch.rule_id)]
    for run, following in zip(runs, [*runs[1:], None], strict=False):
        end = until if following is None else min(until, following[0].starts_on - ONE_DAY)
        yield from _series(run, end, horizon, since)


def _series(run: list[Stretch], end: date, horizon: date, since: date) -> Iterator[Window]:
    first = run[0]
    start, every, rule_id = first.starts_on, first.every, first.rule_id
    if every is None or rule_id is None:
        return
    number = _first_number(start, every, since)
    opens_on = start if number == 1 else last_day(start, every, number - 1) + ONE_DAY
    while True:
        due_on = last_day(start, every, number)
        if due_on > end:
            return
        if due_on >= since:
            holds = next(s for s in reversed(run) if s.starts_on <= opens_on)
            yield Window(opens_on, due_on, number, rule_id, holds.risk_level, holds.year_of_term)
        if opens_on > horizon:
            return
        opens_on, number = due_on + ONE_DAY, number + 1


def _first_number(start: date, every: Every, since: date) -> int:
    """A number not above that of the first window due on `since` or later."""
    longest = {"d": 1, "w": 7, "m": 31}[every.unit] * every.count
    return max(1, (since - start).days // longest)
