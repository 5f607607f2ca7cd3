"""How often each was drawn, beside what chance expects: of all draws of a unit and some days."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from apps.draws.chance import chi_square_p, shares, times_expected
from apps.draws.models import Draw

# With fewer draws, or fewer persons, no spread says anything.
FEWEST_DRAWS: Final = 5
FEWEST_PERSONS: Final = 10
# One of a hundred honest offices gets this look, too.
ODD_BELOW: Final = 0.01


@dataclass(frozen=True, slots=True)
class Line:
    """So many persons were drawn so often; chance expects `expected`."""

    times: int
    persons: int
    expected: float


@dataclass(frozen=True, slots=True)
class Spread:
    """`p`: the share of cases in which chance alone spreads at least so much; None: too few."""

    draws: int
    persons: int
    lines: tuple[Line, ...]
    p: float | None

    @property
    def is_odd(self) -> bool:
        return self.p is not None and self.p < ODD_BELOW


def spread_of(draws: Iterable[Draw]) -> Spread:
    """Each draw gives everybody in its pool a chance, by the number drawn and the bounds; who was
    at the ceiling had none.
    """
    had: dict[str, list[float]] = defaultdict(list)
    came: Counter[str] = Counter()
    count = 0
    for draw in draws:
        count += 1
        came.update(draw.drawn)
        for number, chance in chances(draw).items():
            had[number].append(chance)
    return Spread(count, len(had), _lines(had, came), _odds(had, came, count))


def chances(draw: Draw) -> dict[str, float]:
    """How likely each of the pool was drawn."""
    times = draw.times
    spent, owed = draw.bounds.spent(times), draw.bounds.owed(times)
    due = owed & set(draw.due)
    tier = {n: -1 if n in spent else 0 if n in due else 1 if n in owed else 2 for n in times}
    sizes = Counter(tier.values())
    found = shares([sizes[0], sizes[1], sizes[2]], draw.wanted)
    return {number: 0.0 if at < 0 else found[at] for number, at in tier.items()}


def _lines(had: dict[str, list[float]], came: Counter[str]) -> tuple[Line, ...]:
    alike: Counter[tuple[float, ...]] = Counter(
        tuple(sorted(round(p, 3) for p in each if p)) for each in had.values()
    )
    awaited: Counter[int] = Counter()
    for each, persons in alike.items():
        for times, share in enumerate(_times(each)):
            awaited[times] += share * persons  # type: ignore[assignment]
    seen = Counter(came[number] for number in had)
    last = max([*seen, *(times for times, n in awaited.items() if n >= 0.05)], default=-1)
    return tuple(Line(times, seen[times], awaited[times]) for times in range(last + 1))


@lru_cache(maxsize=4096)
def _times(each: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(times_expected(each))


def _odds(had: dict[str, list[float]], came: Counter[str], draws: int) -> float | None:
    """The sum of squares over the variance of each; one is bound by all others, for the number
    of those drawn is fixed.
    """
    total, persons = 0.0, 0
    for number, each in had.items():
        variance = sum(p * (1 - p) for p in each)
        if variance > 0:
            persons += 1
            total += (came[number] - sum(each)) ** 2 / variance
    if draws < FEWEST_DRAWS or persons < FEWEST_PERSONS:
        return None
    return chi_square_p(total * (persons - 1) / persons, persons - 1)
