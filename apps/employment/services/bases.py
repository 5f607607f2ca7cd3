"""A base is opened, and changed as its places are."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run, refuse_outside
from apps.areas.models import Area, Level
from apps.audit.acting import acting
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.employment.models import Base, Placement


@transaction.atomic
@once(Base, target="area")
def open_base(*, area: Area, by: User, client_uuid: UUID, name: str, places: int) -> Base:
    """In a city, a county or below."""
    if area.level == Level.PROVINCE:
        raise Refused(_("A base lies in a city, a county or below."), field="area")
    refuse_outside(area, by)
    row = Base(area=area.today, client_uuid=client_uuid, name=name.strip(), places=places,
               recorded_by=by)  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def change_base(*, base: Base, by: User, name: str, places: int, active: bool) -> Base:
    """Never fewer places than persons who work there today."""
    locked = lock_base(base)
    refuse_not_run(locked, by)
    running = Placement.objects.running().filter(base=locked).persons()
    if places < min(running, locked.places):
        raise Refused(
            _("Persons who work there today: %(n)s. End their placements first.") % {"n": running},
            field="places",
        )
    locked.name, locked.places, locked.active = name.strip(), places, active
    with acting(by):
        save_or_refuse(locked)
    return locked


def lock_base(base: Base) -> Base:
    """The base, while nobody else takes its last place."""
    locked: Base = Base.objects.select_for_update(of=("self",)).get(pk=base.pk)
    return locked
