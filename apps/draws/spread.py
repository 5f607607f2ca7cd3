"""How often each was drawn, beside what chance expects: of all draws of a unit and some days."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from apps.draws.chance import chi_square_p, shares, times_expected
from apps.draws.models import Draw

# With fewer draws, or fewer persons, no spread says anything.
FEWEST_DRAWS: Final = 5
FEWEST_PERSONS: Final = 10
# One of a hundred honest offices gets this look, too.
ODD_BELOW: Final = 0.01
# Of fewer persons than this no line is shown where there are none.
SHOWN: Final = 0.05


@dataclass(frozen=True, slots=True)
class Line:
    """So many persons were drawn so often; chance expects `expected`.

    None where a minimum or maximum has steered draws: then how often somebody comes again depends
    on how often before, and no simple sum says what to expect.
    """

    times: int
    persons: int
    expected: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """`p`: the share of cases in which chance alone spreads at least so much; None: too few."""

    draws: int
    persons: int
    lines: tuple[Line, ...]
    p: float | None

    @property
    def is_free(self) -> bool:
        """Nothing but chance has steered."""
        return all(line.expected is not None for line in self.lines)

    @property
    def is_odd(self) -> bool:
        return self.p is not None and self.p < ODD_BELOW


def spread_of(draws: Iterable[Draw]) -> Spread:
    """Each draw gives everybody in its pool a chance, by the number drawn and the bounds; who was
    at the ceiling had none.
    """
    had: dict[str, list[float]] = defaultdict(list)
    came: Counter[str] = Counter()
    count, free = 0, True
    for draw in draws:
        count += 1
        steered = draw.bounds.owed(draw.times) | draw.bounds.spent(draw.times)
        free = free and not steered
        came.update(draw.drawn)
        for number, chance in chances(draw).items():
            had[number].append(chance)
    return Spread(count, len(had), _lines(had, came, free=free), _odds(had, came, count))


def chances(draw: Draw) -> dict[str, float]:
    """How likely each of the pool was drawn."""
    times = draw.times
    spent, owed = draw.bounds.spent(times), draw.bounds.owed(times)
    due = owed & set(draw.due)
    tier = {n: -1 if n in spent else 0 if n in due else 1 if n in owed else 2 for n in times}
    sizes = Counter(tier.values())
    found = shares([sizes[0], sizes[1], sizes[2]], draw.wanted)
    return {number: 0.0 if at < 0 else found[at] for number, at in tier.items()}


def _lines(had: dict[str, list[float]], came: Counter[str], *, free: bool) -> tuple[Line, ...]:
    seen = Counter(came[number] for number in had)
    if not free:
        return tuple(Line(n, seen[n], None) for n in range(max(seen, default=-1) + 1))
    alike = Counter(tuple(sorted(each)) for each in had.values())
    awaited: dict[int, float] = defaultdict(float)
    for each, persons in alike.items():
        for times, share in enumerate(times_expected(each)):
            awaited[times] += share * persons
    last = max([*seen, *(times for times, n in awaited.items() if n >= SHOWN)], default=-1)
    return tuple(Line(times, seen[times], awaited[times]) for times in range(last + 1))


def _odds(had: dict[str, list[float]], came: Counter[str], draws: int) -> float | None:
    """All squared distances over all variances, taken together: right in its mean also where a
    chance depends on earlier draws. One person is bound by all others, for the number of those
    drawn is fixed.
    """
    chances_had = {n: [p for p in each if 0 < p < 1] for n, each in had.items()}
    persons = sum(bool(each) for each in chances_had.values())
    if draws < FEWEST_DRAWS or persons < FEWEST_PERSONS:
        return None
    variance = sum(p * (1 - p) for each in chances_had.values() for p in each)
    squares = sum((came[number] - sum(each)) ** 2 for number, each in had.items())
    return chi_square_p(squares / variance * (persons - 1), persons - 1)
