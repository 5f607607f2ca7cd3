"""Fewer than five are not told, and cannot be worked out from what is told."""

import pytest
from hypothesis import given, strategies as st

from apps.reports.masking import SMALL, masked_cells, masked_table, masked_together


@pytest.mark.parametrize(
    ("cells", "masked"),
    [
        ([10, 20, 0], set()),
        ([10, 3, 20], {0, 1}),  # a single one would follow from the total
        ([2, 3, 20], {0, 1}),
        ([1, 1, 20], {0, 1, 2}),  # a sum of two has one reading
        ([4, 4, 20, 9], {0, 1, 3}),
        ([0, 3, 0], {1}),
    ],
)
def test_small_cells_go_and_take_another_with_them(cells, masked):
    assert masked_cells(cells, sum(cells))[0] == masked


def test_the_total_goes_where_no_other_cell_is_left():
    assert masked_cells([0, 3, 0], 3) == ({1}, True)
    assert masked_cells([1, 1], 2) == ({0, 1}, True)
    assert masked_cells([10, 20], 30) == (set(), False)


def test_a_small_total_alone_goes_too():
    assert masked_cells([], 3) == (set(), True)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_small_number_is_told_and_none_follows(cells):
    masked, total_masked = masked_cells(cells, sum(cells))
    assert {position for position, cell in enumerate(cells) if cell in SMALL} <= masked
    if masked and not total_masked:
        hidden = [cells[position] for position in masked]
        assert len(hidden) > 1
        if all(cell in SMALL for cell in hidden):
            assert len(hidden) < sum(hidden) < 4 * len(hidden)


@pytest.mark.parametrize(
    ("rows", "masked"),
    [
        ([[30, 10, 20]], set()),
        # Men are few, so women follow from all, and are not told either.
        ([[13, 3, 10]], {(0, 1), (0, 2)}),
        # Each column adds up to what the dashboard tells: a second row goes along.
        ([[13, 3, 10], [40, 20, 20]], {(0, 1), (0, 2), (1, 1), (1, 2)}),
        # A kind of few goes, another one with it, and of that one more than its sum.
        ([[3, 3, 0], [50, 30, 20]], {(0, 0), (0, 1), (1, 0), (1, 1)}),
    ],
)
def test_of_a_table_nothing_follows_along_a_row_or_down_a_column(rows, masked):
    assert masked_table(rows, [[0, 1, 2]]) == masked


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_no_line_of_a_table_hides_a_single_cell_that_others_give_away(pairs):
    rows = [[one + other, one, other] for one, other in pairs]
    masked = masked_table(rows, [[0, 1, 2]])
    assert {(r, c) for r, row in enumerate(rows) for c in range(3) if row[c] in SMALL} <= masked
    lines = [[(r, c) for c in range(3)] for r in range(len(rows))]
    lines += [[(r, c) for r in range(len(rows))] for c in range(3)]
    for line in lines:
        hidden = [place for place in line if place in masked]
        told = [rows[r][c] for r, c in line if (r, c) not in masked]
        assert len(hidden) != 1 or not any(told)


@pytest.mark.parametrize(
    ("rates", "masked"),
    [
        ([(10, 5), (20, 8)], set()),
        ([(6, 5), (20, 8), (30, 9)], {0, 1}),  # of six one is left: another rate goes along
        ([(10, 10), (20, 8)], set()),  # of all nobody is left
        ([(9, 5), (9, 6)], {0, 1}),
    ],
)
def test_a_rate_goes_where_few_are_left_between_its_numbers(rates, masked):
    rows = [(whole, done, whole - done) for whole, done in rates]
    found, whole = masked_together(rows, [sum(column) for column in zip(*rows, strict=True)])
    assert (found, whole) == (masked, False)


@given(
    st.lists(
        st.integers(0, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), max_size=8
    )
)
def test_no_rate_is_worked_out_from_sums_complements_or_what_others_leave(rates):
    rows = [(whole, done, whole - done) for whole, done in rates]
    totals = [sum(row[number] for row in rows) for number in range(3)]
    masked, gone = masked_together(rows, totals)
    for position, row in enumerate(rows):
        assert position in masked or not any(number in SMALL for number in row)
    if gone:
        # Whoever adds up what is told has not all of it.
        assert masked or not rows
        return
    assert not any(total in SMALL for total in totals)
    assert len(masked) != 1
    for number in range(3):
        hidden = [rows[position][number] for position in masked]
        if hidden and all(cell in SMALL for cell in hidden):
            assert len(hidden) < sum(hidden) < 4 * len(hidden)
