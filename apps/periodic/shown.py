"""A report as its page, its sheet and its paper show it: numbers told, or masked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.core.rates import fraction_text
from apps.periodic.codes import OPENING
from apps.periodic.forms_of_offices import ReportForm, filled, known
from apps.periodic.models import FrozenFigure, PeriodicReport
from apps.periodic.rules import period_text
from apps.periodic.services import period_for
from apps.persons.figures import Figure, Indicator, Period
from apps.reports.breakdown import Breakdown, ReportUnit, break_down, units_of
from apps.reports.indicators import FIGURES, INDICATORS, PARTS, expanded
from apps.reports.page import Cell, mask_of

NOTHING: Final = (frozenset[int](), False)
# Figures of help count restricted help, too.
WITH_SEALED: Final = ("assistance_", "help_better")
# In an address: rows of no unit.
NO_UNIT: Final = "none"


@dataclass(frozen=True)
class Line:
    """One unit with its cells."""

    name: str
    cells: list[Cell]


class ReportTable:
    """Figures of a report. `exact`: small numbers are told, and every number opens its rows."""

    def __init__(
        self, form: ReportForm, found: Breakdown, *, exact: bool,
        report: PeriodicReport | None = None, hidden: Collection[str] = (),
    ) -> None:  # fmt: skip
        self.form, self.found, self.exact, self.report = form, found, exact, report
        self.hidden = hidden

    @cached_property
    def totals(self) -> list[Cell]:
        """Kinds of which nothing was counted are left out, and all of them where small numbers are
        masked: they have a page of their own that masks them together.
        """
        found = [self._total(code) for code in expanded(self.form.codes)]
        return [
            cell for cell in found
            if cell.code not in PARTS or (self.exact and cell.figure.numerator)
        ]  # fmt: skip

    @cached_property
    def heads(self) -> list[Indicator]:
        return [INDICATORS[code] for code in self.form.columns] if self.found.units else []

    @cached_property
    def lines(self) -> list[Line]:
        return [
            Line(
                unit.area.name if unit.area else _("Unit not known"),
                [self._cell(unit, code, place) for code in self.form.columns],
            )
            for place, unit in enumerate(self.found.units)
        ]

    @cached_property
    def sums(self) -> list[Cell]:
        return [self._total(code) for code in self.form.columns]

    def text(self, words: str, every: str) -> list[str]:
        """Paragraphs of the form, with the numbers as this reader may see them."""
        period = self.found.period
        facts = {
            "unit": period.area.name,
            "period": period_text(every, period.first, period.last),
        }
        return filled(words, facts, self._word)

    def _word(self, code: str) -> str:
        """ "92.4 %（11,642/12,600）", "420"; a figure that the product no longer has is a dash."""
        if code not in INDICATORS:
            return "—"
        cell = self._total(code)
        return f"{cell.text}（{cell.fraction}）" if cell.fraction else cell.text

    @cached_property
    def _masks(self) -> dict[str, tuple[Any, bool]]:
        codes = {*self.form.figures}
        every = (frozenset(range(len(self.found.units))), True)
        masks = {} if self.exact else {code: mask_of(self.found, code) for code in codes - {*PARTS}}
        return masks | dict.fromkeys(codes & {*self.hidden}, every)

    def _total(self, code: str) -> Cell:
        figure = self.found.total.get(code) or Figure(FIGURES[code], 0)
        masked = self._masks.get(code, NOTHING)[1]
        return Cell(figure, self._url(figure, ""), masked, None if masked else figure.value)

    def _cell(self, unit: ReportUnit, code: str, place: int) -> Cell:
        figure, masked = unit.figures[code], place in self._masks.get(code, NOTHING)[0]
        share = figure.value if figure.denominator is not None and not masked else None
        return Cell(
            figure,
            self._url(figure, f"?unit={unit.area.code if unit.area else NO_UNIT}"),
            masked,
            share,
        )

    def _url(self, figure: Figure, asked: str) -> str:
        counted = figure.numerator if figure.denominator is None else figure.denominator
        code = figure.indicator.code
        if self.report is None or not self.exact or not counted or code in self.hidden:
            return ""
        return reverse("periodic:rows", args=[self.report.public_id, code]) + asked


def form_of(report: PeriodicReport) -> ReportForm:
    """As it was frozen, without figures that the product no longer has."""
    opening = report.opening if report.title else str(OPENING)
    return ReportForm(
        report.heading, opening, report.closing, known(report.codes), known(report.columns)
    )


def period_of_report(report: PeriodicReport) -> Period:
    return period_for(report.unit, report.first, report.last)


def with_sealed() -> frozenset[str]:
    """Figures in which restricted help is counted."""
    return frozenset(name for name in FIGURES if name.startswith(WITH_SEALED))


def hidden_from(user: User, report: PeriodicReport) -> frozenset[str]:
    """Figures that are told to this reader of no report. Restricted help stands in its figures:
    whoever may not know of it could tell it by what the own dashboard lacks. And what the dashboard
    of figures does not tell of the unit, lest its neighbour be told, no report of the unit tells.
    """
    if user.may(Permission.ASSISTANCE_SEALED):
        return frozenset()
    if user.sees_cases:
        return with_sealed()
    area = user.area.today if user.area else report.unit
    around = break_down(period_for(area, report.first, report.last), persons=True)
    places = [place for place, unit in enumerate(around.units) if unit.area == report.county]
    return frozenset(code for code in INDICATORS if {*places} & {*mask_of(around, code)[0]})


def frozen_table(
    report: PeriodicReport, *, exact: bool, hidden: Collection[str] = ()
) -> ReportTable:
    """The stored numbers; units stand as they were then, in administrative order."""
    form = form_of(report)
    figures = report.figures.defer("rows", "done").select_related("unit")
    found = _breakdown(period_of_report(report), form, figures)
    return ReportTable(form, found, exact=exact, report=report, hidden=hidden)


def _breakdown(period: Period, form: ReportForm, figures: Iterable[FrozenFigure]) -> Breakdown:
    """What was zero has no row."""
    rows: dict[tuple[str, int | None], FrozenFigure] = {}
    named: dict[int, Area] = {unit.pk: unit for unit in units_of(period.area)}
    nobody = False
    for row in figures:
        if row.code in FIGURES:
            rows[row.code, row.unit_id] = row
            nobody |= row.unit_id is None
            if row.unit is not None:
                named[row.unit.pk] = row.unit
    units: list[Area | None] = [*sorted(named.values(), key=lambda unit: unit.code)]
    if named and nobody:
        units.append(None)
    codes = form.figures
    listed = [
        ReportUnit(
            unit, {code: _figure(code, [rows.get((code, unit.pk if unit else None))])
                   for code in codes}
        )
        for unit in units
    ]  # fmt: skip
    total = {
        code: _figure(code, [row for (name, _unit), row in rows.items() if name == code])
        for code in codes
    }
    return Breakdown(period, total, listed)


def _figure(code: str, rows: Sequence[FrozenFigure | None]) -> Figure:
    found = [row for row in rows if row is not None]
    indicator = FIGURES[code]
    whole = sum(row.whole or 0 for row in found) if indicator.done else None
    behind = (
        sum(row.behind for row in found), sum(row.behind_done for row in found),
        sum(row.behind_left for row in found),
    )  # fmt: skip
    return Figure(indicator, sum(row.number for row in found), whole, behind)


@dataclass(frozen=True)
class Change:
    """A figure that a correction changed: before, after, and rows that came and went."""

    code: str
    title: Any
    before: str
    after: str
    came: int
    went: int


def changes_of(report: PeriodicReport) -> list[Change]:
    """Against the version that it replaces; none where nothing counted changed."""
    if report.replaces is None:
        return []
    before, after = _merged(report.replaces), _merged(report)
    out = []
    known_now = {*expanded(report.codes)}
    for code in expanded(report.replaces.codes):
        # A figure that only one of the forms has did not change: it is not told in the other.
        if code not in FIGURES or code not in known_now:
            continue
        one, other = before.get(code, EMPTY), after.get(code, EMPTY)
        if one != other:
            title = FIGURES[code].title
            out.append(
                Change(
                    code, title, _written(code, one), _written(code, other),
                    len(other[2] - one[2]), len(one[2] - other[2]),
                )
            )  # fmt: skip
    return out


Sum = tuple[int, int | None, frozenset[int], frozenset[int]]
EMPTY: Final[Sum] = (0, None, frozenset(), frozenset())


def _merged(report: PeriodicReport) -> dict[str, Sum]:
    out: dict[str, Sum] = {}
    for row in report.figures.order_by("pk").iterator(chunk_size=50):
        number, whole, rows, done = out.get(row.code, EMPTY)
        out[row.code] = (
            number + row.number,
            None if row.whole is None else (whole or 0) + row.whole,
            rows | {*row.rows}, done | {*(row.done or ())},
        )  # fmt: skip
    return out


def _written(code: str, value: Sum) -> str:
    whole = (value[1] or 0) if FIGURES[code].done else None
    figure = Figure(FIGURES[code], value[0], whole)
    return figure.text + (f" {fraction_text(value[0], whole)}" if whole else "")
