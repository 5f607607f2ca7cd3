"""Units that are asked of the database in the same way, but for their numbers.

See `core.shared_statements`.
"""

from collections.abc import Hashable
from typing import Final

from apps.areas.models import Area, Level

ABOVE_COUNTIES: Final = (Level.PROVINCE, Level.CITY)


def ids_of(area: Area) -> list[int]:
    """Of the units whose rows belong to the unit: the columns that `in_area` looks at."""
    return area.county_ids if area.level in ABOVE_COUNTIES else area.scope_ids


def numbers_of(area: Area) -> list[int]:
    """All that the unit is known by: itself, what is above, what was merged into it."""
    above = [number for number in (area.parent_id, area.merged_into_id) if number is not None]
    return [area.pk, *above, *ids_of(area), *area.lineage]


def shape_of(area: Area) -> Hashable:
    """All that is no number, how many numbers there are, and which of them are equal."""
    first: dict[int, int] = {}
    pattern = tuple(first.setdefault(number, n) for n, number in enumerate(numbers_of(area)))
    ends = (area.parent_id is None, area.merged_into_id is None, len(ids_of(area)))
    return area.level, area.active, *ends, pattern


def unit_alike(area: Area, first: int) -> Area:
    """An invented unit of the same shape, with numbers from `first` on, and words of nobody."""
    new = {number: first + n for n, number in enumerate(dict.fromkeys(numbers_of(area)))}
    unit = Area(
        pk=new[area.pk], code=f"?{first}", name=f"nowhere {first}", level=area.level,
        active=area.active, shared_caseload=area.shared_caseload,
        parent_id=new.get(area.parent_id or 0), merged_into_id=new.get(area.merged_into_id or 0),
        lineage=[new[number] for number in area.lineage],
    )  # fmt: skip
    kept = "county_ids" if area.level in ABOVE_COUNTIES else "scope_ids"
    unit.__dict__[kept] = [new[number] for number in ids_of(area)]
    return unit
