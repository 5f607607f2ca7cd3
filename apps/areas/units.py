"""Where a unit lies today: the one place that knows. Nobody else compares codes.

What belonged to a unit that was merged belongs to its successor. The database keeps the answer on
each row (`Area.lineage`), so that it costs one look-up however often units were merged.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import BigIntegerField, F, Func, Q, Value

if TYPE_CHECKING:
    from apps.areas.models import Area


class AreaQuerySet(models.QuerySet["Area"]):
    def active(self) -> Self:
        return self.filter(active=True)

    def shown(self) -> Self:
        """Without the pseudo-city that only the statistical code knows."""
        return self.filter(is_pseudo=False)

    def under(self, area: "Area") -> Self:
        """The area itself and everything that lies below it today, retired units included."""
        return self.filter(lineage__contains=[area.pk])

    def right_below(self, areas: Iterable["Area"]) -> Self:
        """Active units one step below any of these, those of units merged into them included."""
        parents = [area.pk for area in areas]
        # The few parents first: by a join the database walks through all units.
        above = self.model.objects.filter(Q(pk__in=parents) | Q(merged_into__in=parents))
        return self.active().filter(parent__in=above.order_by().values("pk"))

    def at(self, level: str) -> Self:
        return self.filter(level=level)

    def named(self, words: str) -> Self:
        """By the beginning of the name, of a former name or of the pinyin initials; by the code."""
        former = Func(F("former_names"), Value("\n"), function="array_to_string",
                      output_field=models.TextField())  # fmt: skip
        return self.alias(former=former).filter(
            Q(name__startswith=words)
            | Q(code=words)
            | Q(name_initials__startswith=words.lower())
            | Q(former__startswith=words)
            | Q(former__contains=f"\n{words}")
        )

    def called(self, words: str) -> Self:
        """Those named so, and the units of today of which one was, before it was merged."""
        named = self.model.objects.named(words).order_by()
        return self.filter(Q(pk__in=named.values("pk")) | Q(pk__in=named.values("merged_into")))


def within(area: "Area", path: str = "area") -> Q:
    """Rows whose unit (`path`: how they name it) is the area or lies below it today."""
    return Q(**{f"{path}__lineage__contains": [area.pk]})


def around(area: "Area", path: str = "area") -> Q:
    """Rows of the area, of what lies below it today, and of what lies above it."""
    return within(area, path) | over(area, path)


def over(area: "Area", path: str = "area") -> Q:
    """Rows of the area or of what lies above it, those of units merged into such included."""
    own = list(area.lineage)
    return Q(**{f"{path}__in": own}) | Q(**{f"{path}__merged_into__in": own})


def ids(*expressions: Any) -> Any:
    """Expressions as an array of ids, to ask a lineage for them."""
    array = ArrayField(BigIntegerField())
    return Func(*expressions, template="ARRAY[%(expressions)s]", output_field=array)


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to before which day a place belonged to a unit; None: always."""

    code: str
    since: date | None = None
    before: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.before is None or day < self.before
        )


def places_of(of: Collection[int]) -> dict[int, tuple[Stay, ...]]:
    """The units to which each of these belongs or belonged: to a retired one until the day it was
    merged, to its successor from then on. Two queries.
    """
    from apps.areas.models import Area

    lineages = dict(Area.objects.filter(pk__in=of).order_by("pk").values_list("pk", "lineage"))
    wanted = {pk for lineage in lineages.values() for pk in lineage}
    units = Area.objects.only("code", "level", "merged_on").in_bulk(wanted)
    return {pk: _stays([units[above] for above in own]) for pk, own in lineages.items()}


def _stays(units: list["Area"]) -> tuple[Stay, ...]:
    merged = {unit.level: unit.merged_on for unit in units if unit.merged_on}
    return tuple(
        Stay(unit.code, before=unit.merged_on)
        if unit.merged_on
        else Stay(unit.code, since=merged.get(unit.level))
        for unit in units
    )


def codes_today(of: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Codes of the units to which each of these belongs today, retired ones left out."""
    places = places_of(of) if of else {}
    return {pk: tuple(s.code for s in stays if s.before is None) for pk, stays in places.items()}


def units_of_today(of: Collection[int]) -> dict[int, "Area"]:
    """By unit, retired or not, the one that it is today."""
    from apps.areas.models import Area

    found = Area.objects.select_related("merged_into").in_bulk(of)
    return {pk: unit.today for pk, unit in found.items()}


def single_today(named: Iterable["Area"], name: str = "") -> "Area | None":
    """The one unit of today among units that have or had a name; those that bear it now first."""
    found = list(named)
    now = [unit for unit in found if unit.active and name in (unit.name, unit.code)]
    units = {unit.today for unit in now or found}
    return units.pop() if len(units) == 1 else None
