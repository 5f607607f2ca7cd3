"""How even draws are, without a database: honest ones are even, and who is picked on is seen."""

from collections import Counter
from random import Random

import pytest

from apps.draws.chance import chi_square_p, shares, times_expected
from apps.draws.models import Draw
from apps.draws.services import result_of
from apps.draws.spread import Spread, spread_of

NUMBERS = [f"0190b1c4-0000-7000-8000-{n:012x}" for n in range(40)]


def drawn(rng: Random, days: int = 12, wanted: int = 6, floor: int = 0, ceiling: int = 99,
          always: str = "") -> list[Draw]:  # fmt: skip
    """Draws one after the other; somebody may have been put into each of them."""
    came: Counter[str] = Counter()
    found = []
    for _day in range(days):
        row = Draw(
            wanted=wanted, period_days=90, floor=floor, ceiling=ceiling, algorithm=1, excused=[],
            seed=f"{rng.getrandbits(128):032x}", pool=[[one, came[one], 0] for one in NUMBERS],
        )  # fmt: skip
        row.drawn = result_of(row)
        if always and always not in row.drawn:
            row.drawn[-1] = always
        came.update(row.drawn)
        found.append(row)
    return found


@pytest.mark.parametrize("bounds", [(0, 99), (0, 3), (1, 3), (1, 2)])
def test_of_a_hundred_honest_offices_hardly_one_needs_a_look(bounds: tuple[int, int]) -> None:
    floor, ceiling = bounds
    rng = Random(11)
    odd = [spread_of(drawn(rng, floor=floor, ceiling=ceiling)).is_odd for _office in range(100)]
    assert sum(odd) <= 3


def test_who_is_put_into_every_draw_is_seen() -> None:
    found = spread_of(drawn(Random(3), always=NUMBERS[9]))
    assert found.is_odd
    assert found.lines[-1].times == 12


def test_what_is_expected_is_told_where_chance_alone_has_drawn() -> None:
    free = spread_of(drawn(Random(5)))
    assert free.is_free
    assert sum(line.persons for line in free.lines) == 40
    assert sum(line.expected or 0 for line in free.lines) == pytest.approx(40, abs=0.3)
    steered = spread_of(drawn(Random(5), floor=1))
    assert not steered.is_free
    assert sum(line.persons for line in steered.lines) == 40


def test_few_draws_say_nothing() -> None:
    assert spread_of([]) == Spread(0, 0, (), None)
    assert spread_of(drawn(Random(1), days=4)).p is None
    assert spread_of(drawn(Random(1), days=6, wanted=40)).p is None


@pytest.mark.parametrize(("value", "freedom", "p"), [
    (3.841, 1, 0.05), (16.919, 9, 0.05), (21.666, 9, 0.01), (0.0, 9, 1.0), (9.0, 0, 1.0),
    (124.342, 100, 0.05), (2.088, 9, 0.99), (3127.6, 3000, 0.0513), (1e5, 9, 0.0),
])  # fmt: skip
def test_the_chi_square_is_the_one_of_the_tables(value: float, freedom: int, p: float) -> None:
    assert chi_square_p(value, freedom) == pytest.approx(p, abs=2e-4)


def test_chances_of_tiers_and_of_several_draws() -> None:
    assert shares([2, 0, 8], 4) == [1.0, 0.0, 0.25]
    assert times_expected([0.5, 0.5]) == [0.25, 0.5, 0.25]
