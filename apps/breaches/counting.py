"""The counters of 戒毒条例 art. 20: pure functions of confirmed events, never more than a count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from apps.breaches.codes import TESTS, Kind

# 3次以上 includes the third (民法典 art. 1259); 累计超过30日 does not include the thirtieth.
TEST_LIMIT: Final = 3
LEAVE_LIMIT: Final = 3
DAY_LIMIT: Final = 30
WRITTEN_REPORT_DAYS: Final = 3
ONE_DAY: Final = timedelta(days=1)
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ConfirmedEvent:
    """What counts: a kind and its days, the first and the last one included."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Counters:
    """`tests` are days of tests; `leaves` are spans away, days that follow each other joined."""

    tests: tuple[date, ...] = ()
    leaves: tuple[Span, ...] = ()

    @property
    def days(self) -> int:
        return sum(length(first, last) for first, last in self.leaves)

    @property
    def lengths(self) -> list[int]:
        """The arithmetic of the days: 12 + 9."""
        return [length(first, last) for first, last in self.leaves]

    @property
    def tests_reached(self) -> bool:
        """戒毒条例 art. 20: evading or refusing tests 3 times or more."""
        return len(self.tests) >= TEST_LIMIT

    @property
    def leaves_reached(self) -> bool:
        """戒毒条例 art. 20: leaving without report 3 times or more."""
        return len(self.leaves) >= LEAVE_LIMIT

    @property
    def days_reached(self) -> bool:
        """戒毒条例 art. 20: away for more than 30 days together, so from day 31 on."""
        return self.days > DAY_LIMIT

    @property
    def reached(self) -> bool:
        return self.tests_reached or self.leaves_reached or self.days_reached


def count(events: Iterable[ConfirmedEvent]) -> Counters:
    """Of one order. Refused and evaded tests share a counter."""
    found = list(events)
    tests = sorted(event.first for event in found if event.kind in TESTS)
    spans = sorted((event.first, event.last) for event in found if event.kind == Kind.LEFT)
    return Counters(tuple(tests), tuple(_joined(spans)))


def length(first: date, last: date) -> int:
    """Both days count."""
    return (last - first).days + 1


def _joined(spans: Iterable[Span]) -> list[Span]:
    """A span that begins on the day after another goes on with it: the person left once."""
    out: list[Span] = []
    for first, last in spans:
        if out and first <= out[-1][1] + ONE_DAY:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out
