"""What was recorded by mistake is taken back: it stays with the reason, and counts no more."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases
from apps.contacts.withdrawing import take_back
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.employment.models import Enrolment, Look, Placement
from apps.employment.services.placements import lock_placement, take_place


@transaction.atomic
def withdraw_entry(
    *, row: Placement | Look | Enrolment, by: User, reason: str
) -> Placement | Look | Enrolment:
    """A placement, a look or an enrolment. The end that a look made goes with it."""
    lock_cases(row.person)
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    locked: Any = rows.select_related("person").get(pk=row.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
    take_back(locked, by, reason.strip(), timezone.now())
    if isinstance(locked, Look):
        _take_end_along(locked, by, reason.strip())
    return locked  # type: ignore[no-any-return]


def _take_end_along(look: Look, by: User, reason: str) -> None:
    """The end that this look made, unless somebody has put another day in its place since."""
    placement = lock_placement(look.placement)
    if look.made_end_on is None or placement.ended_on != look.made_end_on:
        return
    if placement.base is not None:
        take_place(placement.base, placement.kind, placement.person)
    placement.ended_on, placement.end_reason, placement.end_words = None, "", ""
    placement.version += 1
    with acting(by, reason):
        save_or_refuse(placement)
