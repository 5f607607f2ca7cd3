"""Every figure, once, whichever subject declares it. Pages, lists and commands read this.

A figure is the number of rows of a QuerySet, so that the list it opens is the figure itself.
"""

from typing import Final

from apps.core.records import every
from apps.persons.figures import FigureList, Indicator

LISTS: Final = sorted(every(FigureList), key=lambda one: one.rank)
INDICATORS: Final[dict[str, Indicator]] = {one.indicator.code: one.indicator for one in LISTS}
