"""A centre or a station is put on file, renamed and closed."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import Area, Level
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import day_text
from apps.treatment.codes import ClinicKind
from apps.treatment.models import Clinic, Treatment


@transaction.atomic
@once(Clinic, target="area")
def open_clinic(
    *, area: Area, by: User, client_uuid: UUID, name: str, kind: str, opened_on: date,
    centre: Clinic | None = None,
) -> Clinic:  # fmt: skip
    """In a city, a county or below; a station names its centre."""
    if area.level == Level.PROVINCE:
        raise Refused(_("A clinic lies in a city, a county or below."), field="area")
    if (kind == ClinicKind.STATION) == (centre is None):
        raise Refused(_("A station belongs to a centre, a centre to none."), field="centre")
    if opened_on > today():
        raise Refused(_("The day lies in the future."), field="opened_on")
    if centre is not None and not _lock(centre).is_open_on(opened_on):
        raise Refused(_("On this day the centre is not open."), field="opened_on")
    row = Clinic(
        area=area.today, client_uuid=client_uuid, name=name.strip(), kind=kind, centre=centre,
        opened_on=opened_on, recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def change_clinic(*, clinic: Clinic, by: User, name: str, closed_on: date | None = None) -> Clinic:
    """Closed when nobody is treated there any more; without a day it is open."""
    locked = _lock(clinic)
    refuse_not_run(locked, by)
    if closed_on is not None and closed_on != locked.closed_on:
        _refuse_open(locked, closed_on)
    if closed_on is None and locked.centre and not locked.centre.is_open_on(today()):
        raise Refused(_("The centre is closed, and its stations with it."), field="closed_on")
    locked.name, locked.closed_on = name.strip(), closed_on
    with acting(by):
        save_or_refuse(locked)
    return locked


def lock_open_clinic(clinic: Clinic, since: date, ended_on: date | None) -> Clinic:
    """The clinic, while nobody closes it; nobody is treated at one that has closed before the end
    of the treatment, or while it goes on.
    """
    locked = _lock(clinic)
    if not locked.is_open_on(since):
        raise Refused(
            _("On %(day)s this clinic was not open.") % {"day": day_text(since)}, field="clinic"
        )
    closed = locked.closed_on
    if closed is not None and (ended_on is None or closed < ended_on):
        words = _("This clinic closed on %(day)s.") % {"day": day_text(closed)}
        raise Refused(words, field="clinic")
    return locked


def _refuse_open(clinic: Clinic, closed_on: date) -> None:
    if not clinic.opened_on <= closed_on <= today():
        raise Refused(_("Enter a day from the opening to today."), field="closed_on")
    if clinic.stations.exclude(closed_on__lte=closed_on).exists():
        raise Refused(_("Close the stations of the centre first."), field="closed_on")
    rows = Treatment.objects.touching(closed_on, None).living_on(closed_on).filter(clinic=clinic)
    if n := rows.count():
        words = _("Persons treated there on this day or later: %(n)s. End their treatment there "
                  "first.")  # fmt: skip
        raise Refused(words % {"n": n}, field="closed_on")


def _lock(clinic: Clinic) -> Clinic:
    locked: Clinic = Clinic.objects.select_for_update(of=("self",)).get(pk=clinic.pk)
    return locked
