"""Small numbers in figures that leave the county: what is of fewer than five persons is not told.

What is left must not give them away: a second cell goes with a single one, and a third where the
sum of the masked ones allows one reading only.
"""

from collections.abc import Sequence
from typing import Final

SMALL: Final = range(1, 5)


def masked_cells(cells: Sequence[int], total: int | None = None) -> tuple[set[int], bool]:
    """Positions that are not told, and whether the total is not told either."""
    masked = {position for position, cell in enumerate(cells) if cell in SMALL}
    others = sorted(
        (position for position in range(len(cells)) if cells[position] and position not in masked),
        key=lambda position: (cells[position], position),
    )
    while masked and _given_away([cells[position] for position in masked]):
        if not others:
            return masked, total is not None
        masked.add(others.pop(0))
    return masked, total in SMALL


def _given_away(hidden: Sequence[int]) -> bool:
    """Whether the sum of the hidden cells, which the total tells, leaves no doubt about them."""
    if len(hidden) == 1:
        return True
    if any(cell not in SMALL for cell in hidden):
        return False
    return sum(hidden) in (len(hidden) * SMALL.start, len(hidden) * (SMALL.stop - 1))
