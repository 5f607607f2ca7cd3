"""Acts on the tree of areas."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from apps.areas.models import COUNTY_CODE_LENGTH, Area, Level
from apps.core.refusals import Refused

if TYPE_CHECKING:
    from apps.accounts.models import User


@transaction.atomic
def merge_areas(*, area: Area, into: Area, by: "User") -> Area:
    """Retire a unit in favour of another of its level; its rows are seen through that one.

    A chain is flattened: units merged into `area` before point to `into` from now on. Staff of the
    retired unit go on in the new one.
    """
    locked = Area.objects.select_for_update().order_by("pk").in_bulk([area.pk, into.pk])
    area, into = locked[area.pk], locked[into.pk]
    _guard_merge(area, into)
    area.predecessors.update(merged_into=into)
    area.staff.update(area=into)
    area.active, area.merged_into = False, into
    area.full_clean()
    area.save()
    return area


def _guard_merge(area: Area, into: Area) -> None:
    words = {"area": area.name, "into": into.name}
    if area.pk == into.pk:
        raise Refused(_("A unit cannot be merged into itself."))
    if area.level != into.level:
        raise Refused(_("%(area)s and %(into)s are units of different levels.") % words)
    if area.level in (Level.PROVINCE, Level.CITY):
        raise Refused(_("Only counties, towns and villages can be merged."))
    if not area.active:
        raise Refused(_("%(area)s is retired already.") % words)
    if not into.active:
        raise Refused(_("%(into)s is retired: name the unit that exists today.") % words)
    if _above(area) != _above(into):
        raise Refused(
            _("%(area)s and %(into)s lie in different counties or provinces: transfer the cases.")
            % words
        )


def _above(area: Area) -> str:
    """Towns and villages merge inside their county, counties inside their province."""
    return area.code[:2] if area.level == Level.COUNTY else area.code[:COUNTY_CODE_LENGTH]
