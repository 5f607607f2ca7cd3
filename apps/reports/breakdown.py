"""Figures of an area, unit by unit below it: one query an indicator, however many units."""

from collections import Counter
from dataclasses import dataclass, field

from apps.areas.models import Area, Level
from apps.persons.figures import Figure, Indicator, Period
from apps.reports.indicators import INDICATORS

BELOW = {
    Level.PROVINCE: Level.COUNTY,
    Level.CITY: Level.COUNTY,
    Level.COUNTY: Level.TOWN,
    Level.TOWN: Level.VILLAGE,
}
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


def break_down(period: Period) -> Breakdown:
    """Every indicator for the area and each unit below; the units add up to the area."""
    level = BELOW.get(Level(period.area.level))
    below = _units_below(period.area, level) if level else []
    homes: Homes = {unit.pk: unit.merged_into_id or unit.pk for unit in below}
    units = {unit.pk: ReportUnit(unit) for unit in below if unit.merged_into_id is None}
    rest = ReportUnit(None)
    total: dict[str, Figure] = {}
    for code, indicator in INDICATORS.items():
        counts = _count(indicator, period, f"{level or Level.VILLAGE}_id", homes)
        for pk, unit in (*units.items(), (None, rest)):
            unit.figures[code] = _figure(indicator, {k: c[pk] for k, c in counts.items()})
        total[code] = _figure(indicator, {k: c.total() for k, c in counts.items()})
    listed = list(units.values())
    return Breakdown(period, total, [*listed, rest] if below and not rest.is_empty else listed)


def _units_below(area: Area, level: Level) -> list[Area]:
    return list(Area.objects.under(area).shown().at(level).order_by("code"))


def _figure(indicator: Indicator, counts: dict[str, int]) -> Figure:
    return Figure(indicator, counts["n"], counts.get("whole"))


def _count(
    indicator: Indicator, period: Period, column: str, homes: Homes
) -> dict[str, Counter[int | None]]:
    """How many rows each unit of today has; one query."""
    wanted = indicator.counts(period)
    counts: dict[str, Counter[int | None]] = {name: Counter() for name in wanted}
    for row in indicator.by_unit(period, column).values("unit").annotate(**wanted):
        for name in wanted:
            counts[name][homes.get(row["unit"])] += row[name]
    return counts
