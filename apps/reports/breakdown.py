"""Figures of an area, unit by unit below it: one query, however many figures and units."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from operator import add
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce

from apps.areas.models import Area, Level
from apps.core.days import today
from apps.core.prepared import PreparedByScope
from apps.persons.figures import Figure, Indicator, Period, Rows
from apps.reports.indicators import FIGURES, INDICATORS

BELOW = {
    Level.PROVINCE: Level.COUNTY,
    Level.CITY: Level.COUNTY,
    Level.COUNTY: Level.TOWN,
    Level.TOWN: Level.VILLAGE,
}
# The dashboards of many a unit, and twelve months of some.
_WRITTEN = PreparedByScope(120)
# What a row of the query says of a figure and unit; the last three where somebody asks for persons.
NUMBERS = ("n", "whole", "behind", "behind_done", "behind_left")
# Of these somebody may stand in two units that became one: at least as many as in either.
PERSONS = frozenset({"behind", "behind_done", "behind_left"})
KEYS = ("rows", "done")
# As many are few: up to here a number may not be told (reports.masking).
FEW = 4
ARRAY = ArrayField(BigIntegerField())
NEVER = Q(pk__in=[])
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
class Behind:
    """What a figure is made of in one unit; `unit` None: in none of those below."""

    code: str
    unit: int | None
    n: int = 0
    whole: int = 0
    behind: int = 0
    behind_done: int = 0
    behind_left: int = 0
    rows: list[int] = field(default_factory=list)
    done: list[int] = field(default_factory=list)


@dataclass
class Breakdown:
    """The area's own figures, and those of the units below in administrative order."""

    period: Period
    total: dict[str, Figure]
    units: list[ReportUnit]


def break_down(
    period: Period, *, persons: bool = False, codes: Sequence[str] = ()
) -> Breakdown:  # fmt: skip
    """Every indicator, or those of `codes`, for the area and each unit below; the units add up to
    the area. `persons`: with how many persons stand behind each number.
    """
    codes = tuple(codes or INDICATORS)
    level, below, homes = _around(period)
    units = {unit.pk: ReportUnit(unit) for unit in below if unit.merged_into_id is None}
    rest = ReportUnit(None)
    total: dict[str, Figure] = {}
    counted = _count(period, f"{level or Level.VILLAGE}_id", homes, persons, codes)
    for code in codes:
        indicator, counts = FIGURES[code], counted[code]
        for pk, unit in (*units.items(), (None, rest)):
            unit.figures[code] = _figure(indicator, {k: c[pk] for k, c in counts.items()})
        total[code] = _figure(indicator, {k: c.total() for k, c in counts.items()})
    if persons:
        total = _with_persons(period, total, counted)
    listed = list(units.values())
    return Breakdown(period, total, [*listed, rest] if below and not rest.is_empty else listed)


def rows_behind(period: Period, codes: Sequence[str]) -> list[Behind]:
    """The numbers of some figures for each unit below, with the keys of the rows they count; one
    query, so that all of them are of one moment.
    """
    level, _below, homes = _around(period)
    column = f"{level or Level.VILLAGE}_id"
    found: dict[tuple[str, int | None], Behind] = {}
    for row in _union(period, column, persons=True, codes=codes, keys=True):
        place = (row["code"], homes.get(row["unit"]))
        one = found.setdefault(place, Behind(*place))
        for name in (*NUMBERS, *KEYS):
            both = max if name in PERSONS else add
            setattr(one, name, both(getattr(one, name), row[name]))
    return list(found.values())


def _around(period: Period) -> tuple[Level | None, list[Area], Homes]:
    """The level below the area, its units, and where their rows go."""
    level = BELOW.get(Level(period.area.level))
    below = _units_below(period.area, level) if level else []
    return level, below, {unit.pk: unit.merged_into_id or unit.pk for unit in below}


def units_of(area: Area) -> list[Area]:
    """The units of today right below an area; none below a village."""
    level = BELOW.get(Level(area.level))
    below = _units_below(area, level) if level else []
    return [unit for unit in below if unit.merged_into_id is None]


def _units_below(area: Area, level: Level) -> list[Area]:
    return list(Area.objects.under(area).shown().at(level).order_by("code"))


def _figure(indicator: Indicator, counts: dict[str, int]) -> Figure:
    behind = (counts["behind"], counts["behind_done"], counts["behind_left"])
    return Figure(indicator, counts["n"], counts["whole"] if indicator.done else None, behind)


def _count(
    period: Period, column: str, homes: Homes, persons: bool, codes: Sequence[str]
) -> dict[str, dict[str, Counter[int | None]]]:
    """How many rows of each figure each unit of today has; one query."""
    found = {code: {name: Counter[int | None]() for name in NUMBERS} for code in codes}
    key = (today(), _key_of(period), column, persons, codes)
    for row in _WRITTEN.rows(key, lambda: _union(period, column, persons, codes)):
        home = homes.get(row.unit)
        for name, counter in found[row.code].items():
            both = max if name in PERSONS else add
            counter[home] = both(counter[home], getattr(row, name))
    return found


def _with_persons(
    period: Period, total: dict[str, Figure], counted: dict[str, dict[str, Counter[int | None]]]
) -> dict[str, Figure]:  # fmt: skip
    """Persons behind the figures of the whole area. They are as many as in the largest unit at
    least, and as in all units at most: where that leaves open whether they are few, they are
    counted, for who stands in two units is one.
    """
    least: dict[str, tuple[int, int, int]] = {}
    open_: list[str] = []
    for code in total:
        found = [counted[code][name] for name in NUMBERS if name in PERSONS]
        most = [max(units.values(), default=0) for units in found]
        least[code] = (most[0], most[1], most[2])
        if any(a <= FEW and a < units.total() for a, units in zip(most, found, strict=True)):
            open_.append(code)
    if open_:
        least |= _persons_of_all(period, tuple(open_))
    return {code: replace(figure, behind=least[code]) for code, figure in total.items()}


def _persons_of_all(
    period: Period, codes: Sequence[str]
) -> dict[str, tuple[int, int, int]]:  # fmt: skip
    """How many persons stand behind each figure of the whole area: who is counted in two of its
    units is one.
    """
    key = (today(), _key_of(period), "all", codes)
    rows = _WRITTEN.rows(key, lambda: _union_of_persons(period, codes))
    return {row.code: (row.behind, row.behind_done, row.behind_left) for row in rows}


def _asked(codes: Sequence[str]) -> list[tuple[str, Indicator]]:
    return [(code, FIGURES[code]) for code in codes or INDICATORS]


def _union_of_persons(period: Period, codes: Sequence[str]) -> Rows:
    nothing = Value(0)
    first, *others = (
        one.rows(period).order_by().annotate(code=Value(code, TextField())).values("code").annotate(
            **{
                name: Cast(one.persons(period).get(name, nothing), BigIntegerField())
                for name in NUMBERS if name in PERSONS
            }
        )
        for code, one in _asked(codes)
    )  # fmt: skip
    return first.union(*others, all=True) if others else first


def _key_of(period: Period) -> Hashable:
    """All of a period that a figure may depend on; the units of an area change as they merge."""
    area, days = period.area, (period.first, period.last, period.as_at)
    below = area.county_ids if area.level in {Level.PROVINCE, Level.CITY} else ()
    return (*area.scope_ids, *below), days, tuple(period.moved), period.knows_sealed


def _union(
    period: Period, column: str, persons: bool, codes: Sequence[str] = (), *, keys: bool = False
) -> Rows:
    """Of some sixty figures Django takes a third of a second to write this."""
    first, *others = (
        _grouped(
            one.by_unit(period, column), code,
            one.counts(period) | (one.persons(period) if persons else {}),
            _keys(one, period) if keys else {},
        )
        for code, one in _asked(codes)
    )  # fmt: skip
    return first.union(*others, all=True) if others else first


def _keys(one: Indicator, period: Period) -> dict[str, Any]:
    """The keys of all rows, and of those that are done."""
    done = ArrayAgg("pk", filter=one.done(period)) if one.done else ArrayAgg("pk", filter=NEVER)
    whole = {"rows": ArrayAgg("pk"), "done": done}
    return {name: Coalesce(keys, Value([], ARRAY)) for name, keys in whole.items()}


def _grouped(rows: Rows, code: str, counts: dict[str, Any], keys: dict[str, Any]) -> Rows:
    """Figures beside each other have the same columns: a count without a whole has none of it."""
    nothing = Value(0)
    numbers = {name: Cast(counts.get(name, nothing), BigIntegerField()) for name in NUMBERS}
    rows = rows.annotate(code=Value(code, TextField())).values("code", "unit")
    return rows.annotate(**numbers, **keys)
