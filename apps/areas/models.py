"""Administrative areas of China by their statistical codes, from province down to village."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.areas.lineage import KEPT_BY_TRIGGERS, KeptArray
from apps.areas.units import AreaQuerySet
from apps.core.labels import Labelled


class Level(models.TextChoices):
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    COUNTY = "county", _("County")
    TOWN = "town", _("Town")
    VILLAGE = "village", _("Village")


# Statistical codes: province 2 digits, city 4, county 6, town 9, village 12.
CODE_LENGTHS = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.COUNTY, 9: Level.TOWN, 12: Level.VILLAGE}


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(),
    exclude=["lineage", "former_names"],
)  # fmt: skip
class Area(models.Model):
    """One unit. A retired one keeps its rows, which are seen through `merged_into`.

    `parent` is what the code says. Where the unit belongs today says `lineage` alone: what lay
    below a retired unit lies below its successor.
    """

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=80)
    name_initials = models.CharField(_("pinyin initials"), max_length=80, blank=True, default="")
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("above"),
    )
    is_pseudo = models.BooleanField(
        _("only a code"),
        default=False,
        help_text=_("Never shown: a level that exists in codes only."),
    )
    active = models.BooleanField(_("active"), default=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("merged into"),
        help_text=_("The unit that exists today; a chain is flattened when a unit is merged."),
    )
    merged_on = models.DateField(_("merged on"), null=True, blank=True, editable=False)
    lineage = KeptArray(
        models.BigIntegerField(),
        default=list,
        editable=False,
        help_text=_("The units to which it belongs today, from above, and itself."),
    )
    former_names = KeptArray(
        models.CharField(max_length=80),
        default=list,
        editable=False,
        verbose_name=_("former names"),
    )
    shared_caseload = models.BooleanField(
        _("workers see the whole town"),
        default=False,
        help_text=_("Off: a case worker sees the own caseload only."),
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["parent", "code"]),
            models.Index(fields=["name"]),
            GinIndex(fields=["lineage"], name="area_lineage"),
        ]
        triggers = KEPT_BY_TRIGGERS
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(active=False),
                name="area_merged_is_retired",
                violation_error_message=_("A unit that was merged is no longer active."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_on=None)
                | Q(merged_into__isnull=False, merged_on__isnull=False),
                name="area_merged_on_a_day",
                violation_error_message=_("A unit that was merged says on which day."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")),
                name="area_not_merged_into_itself",
                violation_error_message=_("A unit cannot be merged into itself."),
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE) | Q(parent__isnull=False),
                name="area_has_parent",
                violation_error_message=_("Every unit but a province has one above it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def scope_ids(self) -> list[int]:
        """Ids whose rows belong to this unit: its own and those of units merged into it."""
        merged = [unit.pk for unit in self._around if unit.merged_into_id == self.pk]
        return [self.pk, *merged]

    @cached_property
    def county_ids(self) -> list[int]:
        """Ids of all counties and districts of a province or city, retired ones included."""
        return list(Area.objects.under(self).at(Level.COUNTY).values_list("pk", flat=True))

    @property
    def today(self) -> "Area":
        """The unit that exists today."""
        return self.merged_into or self

    @property
    def above(self) -> "Area | None":
        """The unit right above as it is today."""
        parent = self.today.parent
        return parent.today if parent else None

    @property
    def above_id(self) -> int | None:
        parent = self.today.parent
        return (parent.merged_into_id or parent.pk) if parent else None

    @property
    def county(self) -> "Area | None":
        """The county or district of today in which the unit lies, or which it is."""
        unit: Area | None = self.today
        while unit is not None and unit.level in (Level.VILLAGE, Level.TOWN):
            unit = unit.above
        return unit if unit is not None and unit.level == Level.COUNTY else None

    def path(self) -> list["Area"]:
        """From the province down to this unit as it is today, without the pseudo-city."""
        own = set(self.lineage)
        return [
            unit
            for unit in self._around
            if unit.pk in own
            and not unit.is_pseudo
            and (unit.merged_into_id is None or unit.pk == self.pk)
        ]

    @cached_property
    def _around(self) -> list["Area"]:
        """The path and the units merged into this one. Every page asks for both: one query."""
        found = Area.objects.filter(Q(pk__in=self.lineage) | Q(merged_into=self))
        return sorted(found, key=lambda unit: (len(unit.code), unit.code))

    def contains(self, other: "Area") -> bool:
        """Whether the other unit is this one, lies below it, or was merged into such a unit."""
        return self.pk in other.lineage


class ScopedModel(Labelled, models.Model):
    """A row that carries village, town and county as they were when it happened.

    Integer ids on every row: joining to the case for its area costs a thousand times more.
    """

    county = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("county"))
    town = models.ForeignKey(
        Area, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("town")
    )
    village = models.ForeignKey(
        Area,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("village"),
        db_index=False,
    )

    class Meta:
        abstract = True


def place_of(area: Area) -> dict[str, Any]:
    """`county`, `town` and `village` of a row that happens in `area` (county or below) today.

    Raises ValueError for a province or city: no record belongs to those.
    """
    by_level: dict[str, Area] = {}
    unit: Area | None = area.today
    while unit is not None and unit.level in (Level.VILLAGE, Level.TOWN, Level.COUNTY):
        by_level[unit.level] = unit
        unit = unit.above
    if Level.COUNTY not in by_level:
        raise ValueError(f"{area.code} is not inside a county")
    return {
        "county": by_level[Level.COUNTY],
        "town": by_level.get(Level.TOWN),
        "village": by_level.get(Level.VILLAGE),
    }


def place_ids(row: ScopedModel) -> dict[str, int | None]:
    """The three ids of a row's place, for a row that happens in the same place."""
    return {"county_id": row.county_id, "town_id": row.town_id, "village_id": row.village_id}


PLACE_FIELDS: Iterable[str] = ("county", "town", "village")
