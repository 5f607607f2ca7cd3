"""Acts on the tree of areas."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from apps.areas.initials import initials
from apps.areas.loading import AreaRow, store_areas
from apps.areas.models import CODE_LENGTHS, Area, Level
from apps.core.days import today
from apps.core.refusals import Refused

if TYPE_CHECKING:
    from apps.accounts.models import User


Follower = Callable[[Area], None]
_followers: list[Follower] = []


def after_merging(follower: Follower) -> Follower:
    """Apps above are told, in the same transaction, which unit has been merged."""
    _followers.append(follower)
    return follower


@transaction.atomic
def merge_areas(*, area: Area, into: Area, by: "User") -> Area:
    """Retire a unit in favour of another of its level; its rows are seen through that one.

    A chain is flattened: units merged into `area` before point to `into` from now on. What lies
    below the retired unit lies below the new one, and its staff go on there.
    """
    held = Area.objects.select_for_update(of=("self",)).select_related("parent__merged_into")
    locked = held.order_by("pk").in_bulk([area.pk, into.pk])
    area, into = locked[area.pk], locked[into.pk]
    _guard_merge(area, into)
    area.active, area.merged_into, area.merged_on = False, into, today()
    area.save()
    area.predecessors.update(merged_into=into)
    area.staff.update(area=into)
    _pass_on_villages(area, into)
    for follower in _followers:
        follower(area)
    return area


def _pass_on_villages(area: Area, into: Area) -> None:
    """Whoever looked after the village looks after the one it became."""
    responsible = area.responsible_staff.through._default_manager
    known = responsible.filter(area=into).values("user_id")
    responsible.filter(area=area, user_id__in=known).delete()
    responsible.filter(area=area).update(area=into)


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
    if _home(area) != _home(into):
        raise Refused(
            _("%(area)s and %(into)s lie in different units: transfer the cases.") % words
        )


def _home(area: Area) -> int | None:
    """Units merge inside the unit above them as it is today, counties inside their province.

    Rows keep the town in which they happened: a village of another town would be seen there.
    """
    if area.level == Level.COUNTY:
        return area.lineage[0]
    return area.above.pk if area.above else None


@transaction.atomic
def open_area(*, code: str, name: str, by: "User", shared_caseload: bool = False) -> Area:
    """A unit that the file of codes does not know yet; level and the unit above follow from it."""
    level = CODE_LENGTHS.get(len(code))
    if level is None or not code.isdigit():
        raise Refused(_("A code has 2, 4, 6, 9 or 12 digits."))
    if Area.objects.filter(code=code).exists():
        raise Refused(_("An area with the code %(code)s exists.") % {"code": code})
    store_areas([AreaRow(code, name, level)])
    return change_area(area=Area.objects.get(code=code), by=by, shared_caseload=shared_caseload)


@transaction.atomic
def change_area(
    *, area: Area, by: "User", name: str | None = None, shared_caseload: bool | None = None
) -> Area:
    """Rename a unit, or let its workers see the whole town instead of their caseload."""
    locked = Area.objects.select_for_update(of=("self",)).get(pk=area.pk)
    if name is not None:
        locked.name, locked.name_initials = name, initials(name)
    if shared_caseload is not None:
        locked.shared_caseload = shared_caseload
    locked.full_clean()
    locked.save()
    return locked
