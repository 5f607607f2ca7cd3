"""Users who are asked of the database in the same way, but for their numbers.

See `core.shared_statements`.
"""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Final

from apps.areas import alike as units

if TYPE_CHECKING:
    from apps.accounts.models import User

# Far above every id that a table will ever give; each invented user has a thousand.
_NOBODY: Final = 9 * 10**17


def numbers_of(user: "User") -> tuple[int, ...]:
    """The account, then all that its unit is known by."""
    return (user.pk, *(units.numbers_of(user.area) if user.area else ()))


def shape_of(user: "User") -> Hashable:
    """What is equal for users who are asked by one statement: everything but the numbers."""
    unit = units.shape_of(user.area) if user.area else None
    return user.role, user.is_active, user.own_caseload_only, unit


def alike(user: "User", seed: int) -> "User":
    """An invented user of the same shape, with numbers and words that nobody has."""
    first = _NOBODY + seed * 1000
    invented = type(user)(
        pk=first, username=f"nobody {seed}", name=f"nobody {seed}", role=user.role,
        is_active=user.is_active,
    )  # fmt: skip
    if user.area is not None:
        invented.area = units.unit_alike(user.area, first + 1)
    return invented
