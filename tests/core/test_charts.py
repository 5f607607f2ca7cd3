"""Where columns, scales and lines stand."""

from itertools import pairwise

import pytest

from apps.core.charts import (
    FLOOR,
    LINE_EDGE,
    LINE_HEIGHT,
    TOP,
    Series,
    ceiling,
    columns,
    line,
    scale,
)


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0, 4), (1, 4), (4, 4), (5, 8), (8, 8), (9, 20), (20, 20), (21, 40), (1_040, 2_000)],
)
def test_a_scale_holds_its_highest_value_in_whole_steps(highest: int, top: int) -> None:
    assert ceiling(highest) == top
    steps = scale(top)
    assert (steps[0], steps[-1], len(steps)) == (0, top, 5)
    assert len({b - a for a, b in pairwise(steps)}) == 1


def test_columns_of_one_place_stand_in_front_of_each_other() -> None:
    found = columns([Series("due", "due", [8, 4]), Series("done", "done", [4, 4], 30)], ["1", "2"])
    tall, short = found.columns[:2]
    assert (tall.y, tall.height) == (TOP, FLOOR - TOP)
    assert short.y + short.height == FLOOR
    assert short.height == tall.height / 2
    assert float(short.x[:-1]) > float(tall.x[:-1])
    assert tall.words == "1 · due 8"


def test_stacked_columns_stand_on_each_other_and_their_sum_fits() -> None:
    found = columns([Series("a", "a", [3]), Series("b", "b", [5])], ["1"], ["20"], stacked=True)
    low, high = found.columns
    assert high.y + high.height == pytest.approx(low.y)
    assert high.y == TOP
    assert found.places[0].more == "20"


def test_what_is_not_told_and_what_is_nothing_has_no_column() -> None:
    found = columns([Series("a", "a", [None, 0, 2])], ["1", "2", "3"])
    assert [one.words for one in found.columns] == ["3 · a 2"]


def test_a_line_has_a_part_for_each_stretch_and_stays_in_its_box() -> None:
    found = line([90.0, 95.0, None, 20.0])
    assert found is not None
    assert len(found.parts) == 2
    heights = [float(p.split(",")[1]) for part in found.parts for p in part.split()]
    assert min(heights) >= LINE_EDGE
    assert max(heights) <= LINE_HEIGHT - LINE_EDGE
    assert found.end_x == "87.50%"


def test_a_tenth_of_a_per_cent_is_no_mountain() -> None:
    found = line([94.2, 94.3])
    assert found is not None
    first, last = (float(p.split(",")[1]) for p in found.parts[0].split())
    assert abs(first - last) < 1


def test_nothing_known_draws_nothing() -> None:
    assert line([None, None]) is None
