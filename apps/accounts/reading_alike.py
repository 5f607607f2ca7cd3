"""Users who are asked of the database in the same way, but for their numbers.

See `core.shared_statements`.
"""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final

from apps.areas.models import Area, Level

if TYPE_CHECKING:
    from apps.accounts.models import User

# Far above every id that a table will ever give; each invented user has a thousand.
_NOBODY: Final = 9 * 10**17
ABOVE_COUNTIES: Final = (Level.PROVINCE, Level.CITY)


def ids_of(area: Area) -> list[int]:
    """Of the units whose rows belong to the unit: the columns that `in_area` looks at."""
    return area.county_ids if area.level in ABOVE_COUNTIES else area.scope_ids


def numbers_of(user: "User") -> tuple[int, ...]:
    """The account, then all that its unit is known by."""
    return (user.pk, *(_numbers_of_unit(user.area) if user.area else ()))


def shape_of(user: "User") -> Hashable:
    """What is equal for users who are asked by one statement: everything but the numbers, and
    which of the numbers are equal.
    """
    unit: tuple[Hashable, ...] = ()
    if (area := user.area) is not None:
        unit = (
            area.level, area.active, area.parent_id is None, area.merged_into_id is None,
            len(ids_of(area)), _pattern(_numbers_of_unit(area)),
        )  # fmt: skip
    return user.role, user.is_active, user.own_caseload_only, unit


def alike(user: "User", seed: int) -> "User":
    """An invented user of the same shape, with numbers and words that nobody has."""
    first = _NOBODY + seed * 1000
    invented = type(user)(
        pk=first, username=f"nobody {seed}", name=f"nobody {seed}", role=user.role,
        is_active=user.is_active,
    )  # fmt: skip
    if user.area is not None:
        invented.area = _unit_alike(user.area, seed, first + 1)
    return invented


def _unit_alike(area: Area, seed: int, first: int) -> Area:
    numbers = _numbers_of_unit(area)
    new = {number: first + place for place, number in enumerate(dict.fromkeys(numbers))}
    unit = Area(
        pk=new[area.pk], code=f"?{seed}", name=f"nowhere {seed}", level=area.level,
        active=area.active, shared_caseload=area.shared_caseload,
        parent_id=new.get(area.parent_id or 0), merged_into_id=new.get(area.merged_into_id or 0),
        lineage=[new[number] for number in area.lineage],
    )  # fmt: skip
    kept = "county_ids" if area.level in ABOVE_COUNTIES else "scope_ids"
    unit.__dict__[kept] = [new[number] for number in ids_of(area)]
    return unit


def _numbers_of_unit(area: Area) -> list[int]:
    above = [number for number in (area.parent_id, area.merged_into_id) if number is not None]
    return [area.pk, *above, *ids_of(area), *area.lineage]


def _pattern(numbers: list[int]) -> tuple[int, ...]:
    """Where each number stands first."""
    first: dict[int, int] = {}
    return tuple(first.setdefault(number, place) for place, number in enumerate(numbers))
