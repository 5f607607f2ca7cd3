"""The counters of 戒毒条例 art. 20: pure functions of confirmed events, never more than a count."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from apps.breaches.codes import TESTS, BreachKind
from apps.law.dates import ONE_DAY, days_inclusive, exceeds, reaches
from apps.law.parameters import Parameter, Rulebook, by_law

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of 戒毒条例 art. 20: events that reach it, and days that have to be exceeded."""

    tests: int = by_law(Parameter.BREACH_TESTS)
    leaves: int = by_law(Parameter.BREACH_LEAVES)
    days: int = by_law(Parameter.BREACH_DAYS)

    @property
    def first_day_over(self) -> int:
        """累计超过30日: day 31."""
        return self.days + 1


def limits_on(book: Rulebook, day: date) -> Limits:
    """Those that hold on the day at the place of the book."""
    names = (Parameter.BREACH_TESTS, Parameter.BREACH_LEAVES, Parameter.BREACH_DAYS)
    return Limits(*(book.value(name, day) for name in names))


@dataclass(frozen=True, slots=True)
class ConfirmedEvent:
    """What counts: a kind and its days, the first and the last one included."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Counters:
    """`tests` are days of tests; `leaves` are spans away, days that follow each other joined.

    `lengths` is the arithmetic of the days: 12 + 9.
    """

    tests: tuple[date, ...] = ()
    leaves: tuple[Span, ...] = ()
    lengths: tuple[int, ...] = ()

    @property
    def days(self) -> int:
        return sum(self.lengths)

    def reach(self, limits: Limits) -> bool:
        """戒毒条例 art. 20: 3 tests, 3 leaves, or more than 30 days away together (day 31)."""
        return (
            reaches(len(self.tests), limits.tests)
            or reaches(len(self.leaves), limits.leaves)
            or exceeds(self.days, limits.days)
        )


def count(events: Iterable[ConfirmedEvent], held: Collection[Span] = ()) -> Counters:
    """Of one order. Refused and evaded tests share a counter.

    `held` are days in detention: duties rest, and nobody leaves on them (条例 art. 24).
    """
    found = list(events)
    tests = sorted(event.first for event in found if event.kind in TESTS)
    spans = sorted((event.first, event.last) for event in found if event.kind == BreachKind.LEFT)
    away = [_days(first, last, held) for first, last in _joined(spans)]
    left = [days for days in away if days]
    return Counters(
        tuple(tests), tuple((days[0], days[-1]) for days in left), tuple(len(days) for days in left)
    )


def _days(first: date, last: date, held: Collection[Span]) -> list[date]:
    """Days of the span on which the person was free."""
    days = (first + ONE_DAY * n for n in range(days_inclusive(first, last)))
    return [day for day in days if not any(a <= day <= b for a, b in held)]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """A span that begins on the day after another goes on with it: the person left once."""
    out: list[Span] = []
    for first, last in spans:
        if out and first <= out[-1][1] + ONE_DAY:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out
