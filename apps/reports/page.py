"""The dashboard as ready words: cards, the table of units, and which numbers are not told."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.rates import fraction_text
from apps.persons.figures import Figure, FigureGroup, Period
from apps.reports.breakdown import Breakdown, ReportUnit
from apps.reports.forms import AS_AT, FIRST, LAST
from apps.reports.indicators import INDICATORS, LISTS, QUALITY
from apps.reports.masking import masked_together
from apps.reports.quality import parts_with

# docs/law.md, 4: rates below this many per cent are marked.
ALERT_LINE: Final = 90


def _codes(place: str) -> tuple[str, ...]:
    """Figures that have this place, in its order."""
    shown = [one for one in LISTS if getattr(one, place)]
    return tuple(one.indicator.code for one in sorted(shown, key=attrgetter(place)))


STANDING_STILL: Final = _codes("standing")
LEADS: Final = _codes("lead")
CARDS: Final = _codes("card")
COLUMNS: Final = _codes("column")
ICONS: Final = {one.indicator.code: one.icon for one in LISTS}
GROUPS: Final = {one.indicator.code: one.group for one in LISTS}


@dataclass(frozen=True)
class Cell:
    """One figure as it is shown; `bar` is its length in per cent, `masked` that it is not told."""

    figure: Figure
    url: str = ""
    masked: bool = False
    share: float | None = None

    @property
    def code(self) -> str:
        return self.figure.indicator.code

    @property
    def text(self) -> str:
        """One word for what is small and for what would tell it: two would say which is which."""
        return _("not shown") if self.masked else self.figure.text

    @property
    def fraction(self) -> str:
        whole = self.figure.denominator
        if self.masked or not whole:
            return ""
        return fraction_text(self.figure.numerator, whole)

    @property
    def is_rate(self) -> bool:
        return self.figure.denominator is not None

    @property
    def unit(self) -> Any:
        """Beside a count; the sign of a rate stands in its text."""
        return "" if self.is_rate or self.masked else self.figure.indicator.unit

    @property
    def is_nothing(self) -> bool:
        """There is no data, or it is not told: words, not a number."""
        return self.masked or self.figure.value is None

    @property
    def is_low(self) -> bool:
        value = self.figure.value
        told = self.is_rate and self.figure.indicator.watched and not self.masked
        return told and value is not None and value < ALERT_LINE

    @property
    def is_late(self) -> bool:
        return self.code == "overdue" and self.figure.numerator > 0 and not self.masked

    @property
    def icon(self) -> str:
        return ICONS[self.code]


@dataclass(frozen=True)
class ReportLine:
    """One unit of the table."""

    name: str
    url: str
    cells: list[Cell]

    @property
    def is_empty(self) -> bool:
        """Nothing was counted in any column; a cell that is not told may hold something."""
        figures = [cell.figure for cell in self.cells]
        return not any(cell.masked for cell in self.cells) and not any(
            figure.numerator or figure.denominator for figure in figures
        )


def query(period: Period, area: Area | None = None) -> str:
    """The address of another area with the same days."""
    days = {FIRST: period.first, LAST: period.last, AS_AT: period.as_at}
    return urlencode({"area": (area or period.area).code} | {k: str(v) for k, v in days.items()})


def page_context(user: User, found: Breakdown) -> dict[str, Any]:
    """What the template of the dashboard shows to this user."""
    told = Teller(user, found)
    period = found.period
    lines = list(told.lines())
    cards = [told.total(code) for code in CARDS]
    return {
        "period": period,
        "path": _crumbs(user, period),
        "standing": [told.total(code) for code in STANDING_STILL],
        "leads": [told.total(code) for code in LEADS],
        "cards": cards,
        "groups": _grouped([cell for cell in cards if cell.code not in LEADS]),
        "heads": [INDICATORS[code] for code in COLUMNS],
        "lines": [line for line in lines if not line.is_empty],
        "empty": [line for line in lines if line.is_empty],
        "sums": [told.total(code) for code in COLUMNS],
        "alert_line": ALERT_LINE,
        "exact": user.sees_cases,
    }


def indicators_context(user: User, found: Breakdown) -> dict[str, Any]:
    """Every figure with its definition, group by group."""
    told = Teller(user, found)
    return {
        "period": found.period,
        "groups": _grouped([told.total(code) for code in INDICATORS]),
        "exact": user.sees_cases,
    }


def quality_context(user: User, found: Breakdown) -> dict[str, Any]:
    """The board of data quality: each head with its figures, for the area and unit by unit."""
    told = Teller(user, found)
    boards = []
    for label, codes in parts_with({code: code for code in QUALITY}):
        lines = [told.line(unit, codes) for unit in found.units]
        boards.append({
            "label": label, "heads": [QUALITY[code] for code in codes],
            "lines": [line for line in lines if not line.is_empty],
            "sums": [told.total(code) for code in codes],
        })  # fmt: skip
    return {"period": found.period, "boards": boards, "exact": True}


def shown_codes() -> tuple[str, ...]:
    """What the dashboard shows, and what a mask compares it with."""
    shown = {*STANDING_STILL, *LEADS, *CARDS, *COLUMNS}
    return tuple(code for code in INDICATORS if code in {*shown, *beside(shown)})


def beside(codes: Iterable[str]) -> set[str]:
    """Figures that a mask compares these with."""
    return {around[code] for around in (WITHIN, WHOLE_WITHIN) for code in codes if code in around}


def _grouped(cells: list[Cell]) -> list[tuple[Any, list[Cell]]]:
    """The figures of each group, under its head; a group without any is not there."""
    found = [
        (group.label, [one for one in cells if GROUPS[one.code] == group]) for group in FigureGroup
    ]
    return [(label, few) for label, few in found if few]


def _crumbs(user: User, period: Period) -> list[tuple[str, str]]:
    own = user.area
    here = reverse("reports:dashboard")
    return [
        (area.name, f"{here}?{query(period, area)}" if own and own.contains(area) else "")
        for area in period.area.path()
    ]


class Teller:
    """Turns figures into cells: exact inside the office's own area, masked for anybody else."""

    def __init__(self, user: User, found: Breakdown) -> None:
        self.found, self.exact = found, user.sees_cases
        told = () if self.exact else tuple(found.total)
        self.masks = {code: mask_of(found, code) for code in told}

    @cached_property
    def longest(self) -> int:
        """Of the bars of what is overdue."""
        return max((unit.figures["overdue"].numerator for unit in self.found.units), default=0)

    def total(self, code: str) -> Cell:
        _cells, whole = self.masks.get(code, (set(), False))
        return self._cell(self.found.total[code], self.found.period.area, masked=whole)

    def lines(self) -> Iterable[ReportLine]:
        for position, unit in enumerate(self.found.units):
            yield ReportLine(self._name(unit), self._url(unit), self._cells(position, unit))

    def line(self, unit: ReportUnit, codes: Iterable[str]) -> ReportLine:
        """Some figures of a unit, for who may see all of them."""
        cells = [self._cell(unit.figures[code], unit.area, masked=False) for code in codes]
        return ReportLine(self._name(unit), self._url(unit), cells)

    def _cells(self, position: int, unit: ReportUnit) -> list[Cell]:
        return [
            self._cell(
                unit.figures[code],
                unit.area,
                masked=position in self.masks.get(code, (set(), False))[0],
            )
            for code in COLUMNS
        ]

    def _cell(self, figure: Figure, area: Area | None, *, masked: bool) -> Cell:
        url = ""
        counted = figure.numerator if figure.denominator is None else figure.denominator
        if self.exact and area is not None and counted:
            url = f"{reverse(f'reports:{figure.indicator.code}')}?{query(self.found.period, area)}"
        return Cell(figure, url, masked, None if masked else self._share(figure))

    def _share(self, figure: Figure) -> float | None:
        if figure.denominator is not None:
            return figure.value
        if figure.indicator.code == "overdue" and self.longest:
            return 100 * figure.numerator / self.longest
        return None

    def _name(self, unit: ReportUnit) -> str:
        return unit.area.name if unit.area else _("Unit not known")

    def _url(self, unit: ReportUnit) -> str:
        if unit.area is None or not self.exact:
            return ""
        return f"{reverse('reports:dashboard')}?{query(self.found.period, unit.area)}"


# Numbers of some of the rows that another number is of: both beside each other tell the rest. Of a
# rate that is what is done.
WITHIN: Final = {
    "without_plan": "cases_in_force",
    "execution_rate": "cases_in_force",
    "contact_rate": "cases_in_force",
    "lost_contact_rate": "cases_in_force",
    "clean_three_years": "persons",
    "consolidation_rate": "clean_three_years",
    "reporting_rate": "reported_rate",
    "followup_in_person_rate": "followup_rate",
    "cases_not_assigned": "cases_in_force",
    "no_contact": "cases_in_force",
    "overdue": "cases_in_force",
    "nobody_present": "cases_in_force",
    "persons_tested": "persons",
    "in_treatment": "persons",
    "positive_screened": "tests_done",
    "positive_confirmed": "tests_done",
}
# The same of what a rate counts as its whole.
WHOLE_WITHIN: Final = {
    "contact_rate": "cases_in_force",
    "lost_contact_rate": "cases_in_force",
    "carers_rate": "cases_in_force",
}


def mask_of(found: Breakdown, code: str) -> tuple[set[int], bool]:
    """Cells that are not told, by the persons behind them, whatever they count: days, times and
    yuan of one person are that person's. A rate goes with either of its two numbers, and with
    what is left between them.
    """
    rows = [_behind(unit.figures, code) for unit in found.units]
    return masked_together(rows, _behind(found.total, code))


def _behind(figures: dict[str, Figure], code: str) -> tuple[int, ...]:
    figure, around = figures[code], figures.get(WITHIN.get(code, ""))
    rest = around.numerator - figure.numerator if around and figure.numerator else 0
    if figure.denominator is None:
        return figure.behind[0], rest
    whole = figures.get(WHOLE_WITHIN.get(code, ""))
    left = whole.numerator - figure.denominator if whole and figure.denominator else 0
    return (*figure.behind, rest, left)
