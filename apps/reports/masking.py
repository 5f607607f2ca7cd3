"""Small numbers in figures that leave the county: what is of fewer than five persons is not told.

What is left must not give them away: a second cell goes with a single one, and a third where the
sum of the masked ones allows one reading only.
"""

from collections.abc import Collection, Sequence
from typing import Final

SMALL: Final = range(1, 5)


def masked_cells(
    cells: Sequence[int], total: int | None = None, hidden: Collection[int] = ()
) -> tuple[set[int], bool]:
    """Positions that are not told, and whether the total is not told either. `hidden`: those that
    are not told for another reason.
    """
    masked = {position for position, cell in enumerate(cells) if cell in SMALL} | {*hidden}
    others = sorted(
        (position for position in range(len(cells)) if cells[position] and position not in masked),
        key=lambda position: (cells[position], position),
    )
    while masked and _given_away([cells[position] for position in masked]):
        if not others:
            return masked, total is not None
        masked.add(others.pop(0))
    return masked, total in SMALL


def masked_together(rows: Sequence[Sequence[int]], totals: Sequence[int]) -> tuple[set[int], bool]:
    """As `masked_cells` of rows that each tell several numbers: all, done, and what the one leaves
    of the other. Where one of them is not told none is: two would give the third away.
    """
    found: set[int] = set()
    whole = False
    known = -1
    while known != len(found):
        known = len(found)
        for number, total in enumerate(totals):
            cells, gone = masked_cells([row[number] for row in rows], total, found)
            found, whole = found | cells, whole or gone
    return found, whole


def masked_table(
    rows: Sequence[Sequence[int]],
    parts: Sequence[Sequence[int]],
    hidden: Collection[tuple[int, int]] = (),
) -> set[tuple[int, int]]:
    """Row and column of the cells of a table that are not told. `parts`: columns that add up in
    each row, with the one that says their sum among them. What follows along a row or down a
    column goes too, until nothing follows any more. `hidden`: as in `masked_cells`.
    """
    width = range(len(rows[0]) if rows else 0)
    lines = [[(row, column) for column in part] for row in range(len(rows)) for part in parts]
    lines += [[(row, column) for row in range(len(rows))] for column in width]
    found = {*hidden}
    known = -1
    while known != len(found):
        known = len(found)
        for line in lines:
            gone = {place for place, cell in enumerate(line) if cell in found}
            cells = [rows[row][column] for row, column in line]
            found |= {line[place] for place in masked_cells(cells, hidden=gone)[0]}
    return found


def _given_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells, which the total tells, leaves no doubt about them."""
    if len(hidden) == 1:
        return True
    if any(cell not in SMALL for cell in hidden):
        return False
    return sum(hidden) in (len(hidden) * SMALL.start, len(hidden) * (SMALL.stop - 1))
