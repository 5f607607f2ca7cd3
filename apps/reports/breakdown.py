"""Figures of an area, unit by unit below it: one query, however many figures and units."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, TextField, Value
from django.db.models.functions import Cast

from apps.areas.models import Area, Level
from apps.core.days import today
from apps.core.prepared import PreparedByScope
from apps.persons.figures import Figure, Indicator, Period, Rows
from apps.reports.indicators import INDICATORS

BELOW = {
    Level.PROVINCE: Level.COUNTY,
    Level.CITY: Level.COUNTY,
    Level.COUNTY: Level.TOWN,
    Level.TOWN: Level.VILLAGE,
}
_WRITTEN = PreparedByScope(40)
# What a row of the query says of a figure and unit; the last three where somebody asks for persons.
NUMBERS = ("n", "whole", "behind", "behind_done", "behind_left")
# Where a merged unit's rows go, and rows without such a unit: to no unit.
Homes = dict[int | None, int | None]


@dataclass
class ReportUnit:
    """One unit below the area with its figures; `area` is None for rows without such a unit."""

    area: Area | None
    figures: dict[str, Figure] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not any(figure.numerator or figure.denominator for figure in self.figures.values())


@dataclass
class Breakdown:
    """The area's own figures, and those of the units below in administrative order."""

    period: Period
    total: dict[str, Figure]
    units: list[ReportUnit]


def break_down(period: Period, *, persons: bool = False) -> Breakdown:
    """Every indicator for the area and each unit below; the units add up to the area. `persons`:
    with how many persons stand behind each number.
    """
    level = BELOW.get(Level(period.area.level))
    below = _units_below(period.area, level) if level else []
    homes: Homes = {unit.pk: unit.merged_into_id or unit.pk for unit in below}
    units = {unit.pk: ReportUnit(unit) for unit in below if unit.merged_into_id is None}
    rest = ReportUnit(None)
    total: dict[str, Figure] = {}
    counted = _count(period, f"{level or Level.VILLAGE}_id", homes, persons)
    for code, indicator in INDICATORS.items():
        counts = counted[code]
        for pk, unit in (*units.items(), (None, rest)):
            unit.figures[code] = _figure(indicator, {k: c[pk] for k, c in counts.items()})
        total[code] = _figure(indicator, {k: c.total() for k, c in counts.items()})
    listed = list(units.values())
    return Breakdown(period, total, [*listed, rest] if below and not rest.is_empty else listed)


def _units_below(area: Area, level: Level) -> list[Area]:
    return list(Area.objects.under(area).shown().at(level).order_by("code"))


def _figure(indicator: Indicator, counts: dict[str, int]) -> Figure:
    behind = (counts["behind"], counts["behind_done"], counts["behind_left"])
    return Figure(indicator, counts["n"], counts["whole"] if indicator.done else None, behind)


def _count(
    period: Period, column: str, homes: Homes, persons: bool
) -> dict[str, dict[str, Counter[int | None]]]:
    """How many rows of each figure each unit of today has; one query."""
    found = {code: {name: Counter[int | None]() for name in NUMBERS} for code in INDICATORS}
    key = (today(), _key_of(period), column, persons)
    for row in _WRITTEN.rows(key, lambda: _union(period, column, persons)):
        for name, counter in found[row.code].items():
            counter[homes.get(row.unit)] += getattr(row, name)
    return found


def _key_of(period: Period) -> Hashable:
    """All of a period that a figure may depend on; the units of an area change as they merge."""
    area, days = period.area, (period.first, period.last, period.as_at)
    below = area.county_ids if area.level in {Level.PROVINCE, Level.CITY} else ()
    return (*area.scope_ids, *below), days, tuple(period.moved), period.knows_sealed


def _union(period: Period, column: str, persons: bool) -> Rows:
    """Of some sixty figures Django takes a third of a second to write this."""
    first, *others = (
        _grouped(
            one.by_unit(period, column), code,
            one.counts(period) | (one.persons(period) if persons else {}),
        )
        for code, one in INDICATORS.items()
    )  # fmt: skip
    return first.union(*others, all=True)


def _grouped(rows: Rows, code: str, counts: dict[str, Any]) -> Rows:
    """Figures beside each other have the same columns: a count without a whole has none of it."""
    nothing = Value(0)
    numbers = {name: Cast(counts.get(name, nothing), BigIntegerField()) for name in NUMBERS}
    rows = rows.annotate(code=Value(code, TextField())).values("code", "unit")
    return rows.annotate(**numbers)
