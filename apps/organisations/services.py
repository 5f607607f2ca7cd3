"""Acts on the register of bodies."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.organisations.models import Organisation


@transaction.atomic
def register_organisation(
    *,
    by: User,
    name: str,
    kind: str,
    phone: str = "",
    address: str = "",
    town: Area | None = None,
    county: Area | None = None,
) -> Organisation:
    """Open an entry in the county of the one who acts, or in the county named by a command."""
    home = county or by.area
    if home is None:
        raise Refused(_("Name the county of the organisation."))
    row = Organisation(
        name=name.strip(), kind=kind, phone=phone, address=address, county=home, town=town
    )
    _guard_town(row)
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: User, **changes: Any) -> Organisation:
    """Correct what the register says, or close an entry."""
    row = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    for name, value in changes.items():
        setattr(row, name, value)
    _guard_town(row)
    with acting(by):
        save_or_refuse(row)
    return row  # type: ignore[no-any-return]


def _guard_town(row: Organisation) -> None:
    if row.town is not None and not row.county.contains(row.town):
        raise Refused(_("The town lies in another county."))
