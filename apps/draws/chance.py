"""What chance expects of draws: how often each should have come, and how odd a spread is."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

_SMALL: Final = 1e-12
_MOST_STEPS: Final = 100_000


def chi_square_p(value: float, freedom: int) -> float:
    """The share of all cases in which chance alone spreads at least so much.

    The upper incomplete gamma function of freedom / 2: a series below, a continued fraction above.
    """
    if value <= 0 or freedom <= 0:
        return 1.0
    a, x = freedom / 2, value / 2
    scale = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        return max(0.0, 1 - scale * _series(a, x))
    return min(1.0, scale * _fraction(a, x))


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for n in range(1, _MOST_STEPS):
        term *= x / (a + n)
        total += term
        if term < total * _SMALL:
            break
    return total


def _fraction(a: float, x: float) -> float:
    """Lentz's way through the continued fraction."""
    b = x + 1 - a
    c, d = 1 / 1e-300, 1 / b
    value = d
    for n in range(1, _MOST_STEPS):
        step = -n * (n - a)
        b += 2
        d = 1 / _not_nothing(step * d + b)
        c = _not_nothing(b + step / c)
        value *= d * c
        if abs(d * c - 1) < _SMALL:
            break
    return value


def _not_nothing(number: float) -> float:
    return number if abs(number) > 1e-300 else 1e-300


def shares(tiers: Sequence[int], number: int) -> list[float]:
    """How likely one of each tier is drawn, of so many, the first tier first."""
    found = []
    for size in tiers:
        taken = min(number, size)
        found.append(taken / size if size else 0.0)
        number -= taken
    return found


def times_expected(chances: Iterable[float]) -> list[float]:
    """How likely somebody with these chances is drawn 0, 1, 2 … times."""
    found = [1.0]
    for p in chances:
        grown = [*found, 0.0]
        for n in range(len(found), 0, -1):
            grown[n] = grown[n] * (1 - p) + found[n - 1] * p
        grown[0] = found[0] * (1 - p)
        found = grown
    return found
