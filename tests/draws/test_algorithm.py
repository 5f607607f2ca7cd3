"""The rule of a draw, without a database."""

import hashlib
import hmac
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from apps.core.refusals import Refused
from apps.draws.algorithm import draw, mark
from apps.draws.chance import chi_square_p
from apps.draws.rules import Bounds, back, refuse_impossible, valid_until

SEED = "000102030405060708090a0b0c0d0e0f"
POOL = [f"0190b1c4-0000-7000-8000-{n:012x}" for n in range(40)]


def test_the_same_numbers_come_from_the_same_seed_on_every_machine() -> None:
    assert draw(POOL, SEED, 3) == [POOL[n] for n in KNOWN]
    assert draw(POOL[::-1], SEED, 3) == draw(POOL, SEED, 3)
    assert draw(POOL, SEED[::-1], 3) != draw(POOL, SEED, 3)


# Computed with: printf %s NUMBER | openssl dgst -sha256 -mac HMAC -macopt hexkey:SEED
KNOWN = (5, 8, 22)


def test_the_mark_is_what_the_description_says() -> None:
    other = hmac.new(bytes.fromhex(SEED), POOL[7].encode(), hashlib.sha256).hexdigest()
    assert mark(SEED, POOL[7]) == other


def test_who_is_below_the_floor_comes_first_and_who_is_at_the_ceiling_never() -> None:
    owed, spent, due = {POOL[39], POOL[3]}, set(POOL[:3]) | set(POOL[4:20]), {POOL[3]}
    got = draw(POOL, SEED, 5, owed=owed, spent=spent, due=due)
    assert got[:2] == [POOL[3], POOL[39]]
    assert not spent & set(got)
    assert sorted(draw(POOL, SEED, 21, spent=spent)) == [POOL[3], *POOL[20:]]


@pytest.mark.parametrize("number", [0, -1, 41])
def test_more_than_there_are_is_no_draw(number: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        draw(POOL, SEED, number)


def test_a_wrong_seed_and_a_number_twice_are_no_draw() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([*POOL, POOL[0]], SEED, 1)
    with pytest.raises(ValueError, match="32 hexadecimal"):
        draw(POOL, "00", 1)


def test_ten_thousand_draws_are_as_even_as_chance() -> None:
    numbers, rng = [f"person-{n}" for n in range(10)], Random(7)
    seeds = [f"{rng.getrandbits(128):032x}" for _ in range(10_000)]
    drawn = Counter(one for seed in seeds for one in draw(numbers, seed, 2))
    firsts = Counter(draw(numbers, seed, 1)[0] for seed in seeds)
    assert chi_square_p(sum((firsts[n] - 1000) ** 2 / 1000 for n in numbers), 9) > 0.01
    # Without putting back: the variance of each is N·p·(1 - p), and one is bound by the others.
    spread = sum((drawn[n] - 2000) ** 2 / 1600 for n in numbers) * 9 / 10
    assert 0.99 > chi_square_p(spread, 9) > 0.01


@settings(max_examples=60, deadline=None)
@given(
    size=st.integers(1, 12), period=st.integers(1, 60), floor=st.integers(0, 3),
    ceiling=st.integers(1, 4), draws=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12),
    st.integers(0, 2**128 - 1)), min_size=1, max_size=25),
)  # fmt: skip
def test_no_draw_breaks_a_bound(
    size: int, period: int, floor: int, ceiling: int, draws: list[tuple[int, int, int]]
) -> None:
    """After each draw that is not refused, everybody stands between floor and ceiling."""
    pool, bounds, day = POOL[:size], Bounds(period, floor, ceiling), date(2024, 2, 29)
    history: list[tuple[date, str]] = []
    begun: date | None = None
    for wait, number, seed in draws:
        day += timedelta(days=wait)
        first = bounds.first(day)
        times = {one: sum(d >= first for d, who in history if who == one) for one in pool}
        due = pool if begun is not None and begun <= first else []
        try:
            refuse_impossible(bounds, times, number, due)
        except Refused:
            continue
        owed = bounds.owed(times)
        got = draw(pool, f"{seed:032x}", number, owed, bounds.spent(times), owed & set(due))
        begun = begun or day
        history += [(day, one) for one in got]
        after = {one: times[one] + (one in got) for one in pool}
        assert len(set(got)) == number
        assert max(after.values()) <= ceiling
        assert all(after[one] >= floor for one in due)


def test_the_calendar_ends_on_both_sides() -> None:
    assert back(date(1, 1, 5), 90) == date(1, 1, 1)
    assert valid_until(date(9999, 12, 30), 3) == date(9999, 12, 31)
    assert valid_until(date(2024, 2, 28), 1) == date(2024, 2, 29)
    assert Bounds(2, 0, 1).first(date(2024, 3, 1)) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("bounds", "times", "number", "due", "field"),
    [
        (Bounds(90, 2, 1), {"a": 0}, 1, [], "floor"),
        (Bounds(90, 0, 1), {}, 1, [], "area"),
        (Bounds(90, 0, 1), {"a": 1, "b": 0}, 2, [], "wanted"),
        (Bounds(90, 1, 2), {"a": 0, "b": 0}, 1, ["a", "b"], "wanted"),
        (Bounds(90, 2, 2), {"a": 0, "b": 1}, 2, ["a", "b"], "floor"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    bounds: Bounds, times: dict[str, int], number: int, due: list[str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        refuse_impossible(bounds, times, number, due)
    assert refused.value.field == field
    assert len(str(refused.value)) > 8


def test_a_floor_that_one_draw_can_keep_is_kept() -> None:
    refuse_impossible(Bounds(90, 1, 2), {"a": 0, "b": 0}, 2, ["a", "b"])
    refuse_impossible(Bounds(90, 3, 4), {"a": 0, "b": 0}, 1)
