"""What a help changed is looked at, and a look that was wrong is taken back."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assistance.codes import LOOKS, Beneficiary
from apps.assistance.models import Assistance, Look
from apps.assistance.refusing import store
from apps.assistance.services.helping import lock_help, withdraw
from apps.audit.acting import acting
from apps.contacts.guards import refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused


@transaction.atomic
@once(Look, target="assistance")
def look_at(
    *, assistance: Assistance, by: User, client_uuid: UUID, after: int, looked_on: date,
    changed: str, words: str = "",
) -> Look:  # fmt: skip
    """What it changed, so many days after the first delivery."""
    locked = lock_help(assistance)
    if locked.delivered_on is None:
        raise Refused(_("Nothing was delivered yet."))
    if after not in LOOKS:
        raise Refused(_("It is looked at after 30, 90 and 180 days."))
    if looked_on > today():
        raise Refused(_("The day lies in the future."), field="looked_on")
    if (looked_on - locked.delivered_on).days < after:
        raise Refused(
            _("So many days have not passed since the first delivery."), field="looked_on"
        )
    if locked.beneficiary == Beneficiary.PERSON:
        refuse_after_death(locked.person, looked_on, "looked_on")
    row = Look(
        assistance=locked, person_id=locked.person_id, client_uuid=client_uuid, after=after,
        looked_on=looked_on, changed=changed, words=words.strip(), recorded_at=timezone.now(),
        recorded_by=by, **place_ids(locked),
    )  # fmt: skip
    with acting(by):
        store(row)
    return row


@transaction.atomic
def withdraw_look(*, look: Look, by: User, reason: str) -> Look:
    """It was entered by mistake, or on the wrong file: the right one is recorded anew."""
    lock_help(look.assistance)
    locked: Look = Look.objects.select_for_update(of=("self",)).get(pk=look.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
    withdraw(locked, by, reason.strip())
    return locked
