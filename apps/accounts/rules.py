"""Who may do what to whose account."""

from datetime import timedelta

from apps.accounts.models import User
from apps.accounts.roles import ROLES, Role
from apps.areas.models import Area

# A one-time code is handed over in person and used the same day.
CODE_LIFETIME = timedelta(hours=24)


def may_reset(by: User, user: User) -> bool:
    """Whether `by` may hand `user` a one-time code: those below in the own area, never oneself."""
    if by.pk == user.pk or not user.is_active or not by.is_active:
        return False
    if Role(user.role) not in by.definition.resets:
        return False
    if by.role == Role.SYSTEM_ADMIN:
        return True
    return by.area is not None and user.area is not None and by.area.contains(user.area)


def fits(role: Role, area: Area | None) -> bool:
    """Whether an account of that role can belong to the area."""
    levels = ROLES[role].levels
    return area.level in levels if area else not levels
