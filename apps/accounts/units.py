"""Units to choose from in the top bar: those below the own, and below the chosen one."""

from dataclasses import dataclass

from apps.areas.models import Area, Level


@dataclass(frozen=True)
class UnitLink:
    name: str
    url: str
    current: bool


@dataclass(frozen=True)
class UnitGroup:
    """`above` is whose units these are."""

    above: str
    links: list[UnitLink]


def unit_groups(own: Area, focus: Area | None, before: str, after: str) -> list[UnitGroup]:
    """The units right below the own, then the villages of the chosen town."""
    parents = [own]
    if focus is not None and own.level == Level.COUNTY:
        town = focus if focus.level == Level.TOWN else focus.above
        parents = [own, town] if town else parents
    found = Area.objects.right_below(parents).shown().order_by("code")
    rows = [(unit.above_id, unit) for unit in found.select_related("parent")]
    return [
        UnitGroup(
            above.name,
            [
                UnitLink(unit.name, f"{before}{unit.code}{after}", unit == focus)
                for above_id, unit in rows
                if above_id == above.pk
            ],
        )
        for above in parents
    ]
