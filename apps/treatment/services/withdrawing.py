"""What was recorded by mistake is taken back: it stays with the reason, and counts no more."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.contacts.guards import lock_cases
from apps.contacts.withdrawing import take_back
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.treatment.models import Attendance, Treatment


@transaction.atomic
def withdraw_entry(*, row: Treatment | Attendance, by: User, reason: str) -> Treatment | Attendance:
    """A treatment, whose months count no more with it, or one of its months."""
    lock_cases(row.person)
    rows: Any = type(row)._default_manager.select_for_update(of=("self",))
    locked: Any = rows.select_related("person").get(pk=row.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    if not is_reason(reason):
        raise Refused(_("Say why it is withdrawn."), field="reason")
    take_back(locked, by, reason.strip(), timezone.now())
    return locked  # type: ignore[no-any-return]
