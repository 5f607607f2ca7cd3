"""Every figure, once, whichever subject declares it. Pages, lists and commands read this.

A figure is the number of rows of a QuerySet, so that the list it opens is the figure itself.
"""

from collections.abc import Sequence
from typing import Final

from apps.core.records import every
from apps.persons.figures import FigureList, Indicator

EVERY: Final = sorted(every(FigureList), key=lambda one: one.rank)
LISTS: Final = [one for one in EVERY if not one.quality]
INDICATORS: Final[dict[str, Indicator]] = {one.indicator.code: one.indicator for one in LISTS}
# Of the files themselves, on a board of their own and in no report.
QUALITY: Final[dict[str, Indicator]] = {
    one.indicator.code: one.indicator
    for one in sorted(EVERY, key=lambda one: one.quality) if one.quality
}  # fmt: skip
# Figures of one kind each, which reports tell apart: under the name of their group, by code.
BY_KIND: Final = "by_kind"
PARTS: Final[dict[str, FigureList]] = {}
FIGURES: Final[dict[str, Indicator]] = INDICATORS | QUALITY
for _one in LISTS:
    if _one.by_kind is None:
        continue
    for _kind, _label in _one.kinds:
        _part = _one.by_kind(_kind, _label)
        PARTS[_part.code], FIGURES[_part.code] = _one, _part


def expanded(codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of figures; `BY_KIND` among them stands for all that are of one kind each."""
    return tuple(one for code in codes for one in (PARTS if code == BY_KIND else (code,)))
