"""Who looks after a unit: whom the bell calls when something comes to it or goes wrong there."""

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.areas.models import Area
from apps.areas.units import over


def supervisors_of(unit: Area) -> list[int]:
    """The supervisors of the town; where there is none, those of the county."""
    near = User.objects.active().filter(over(unit))
    for role in (Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR):
        if found := list(near.filter(role=role).order_by("pk").values_list("pk", flat=True)):
            return found
    return []
