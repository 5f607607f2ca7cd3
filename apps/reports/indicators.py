"""Every figure, once, whichever subject declares it. Pages, lists and commands read this.

A figure is the number of rows of a QuerySet, so that the list it opens is the figure itself.
"""

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
