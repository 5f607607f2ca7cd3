"""Later acts on a check-in: withdraw, correct, add a note. Old values stay in history."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.checkins import guards
from apps.checkins.models import CheckIn
from apps.checkins.services import lock_checkin, withdraw
from apps.contacts.guards import case_on, refuse_before_order
from apps.core.days import local_day
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.schedule.outcomes import settle

CORRECTABLE = frozenset(
    {"method", "outcome", "reason", "next_on", "occurred_at", "mood", "state_words", "note"}
)


class CorrectedMeanwhile(Refused):
    """Somebody saved the check-in after the form was opened; what is stored now goes with it."""

    def __init__(self, stored: CheckIn) -> None:
        super().__init__(
            _("Somebody else corrected this check-in meanwhile. Look at it and correct it again.")
        )
        self.stored = stored


@transaction.atomic
def withdraw_checkin(*, checkin: CheckIn, by: User, reason: str) -> CheckIn:
    """It was recorded by mistake. The row stays, with the reason, and counts no more."""
    locked = lock_checkin(checkin)
    if not is_reason(reason):
        raise Refused(_("Say why the check-in is withdrawn."))
    words = reason.strip()
    if locked.withdrawn_at is not None:
        if (locked.withdrawn_by_id, locked.withdrawn_reason) == (by.pk, words):
            return locked  # the same tap again
        raise Refused(_("This check-in was withdrawn already."))
    withdraw(locked, by, words, timezone.now())
    return locked


@transaction.atomic
def correct_checkin(
    *, checkin: CheckIn, by: User, reason: str, version: int, changes: dict[str, Any]
) -> CheckIn:
    """Put right what was recorded wrongly; who, when, why and the old value stay in history."""
    if not is_reason(reason):
        raise Refused(_("Say why the check-in is corrected."))
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"Not correctable: {sorted(unknown)}")
    locked = _lock_valid(checkin)
    if locked.version != version:
        if all(getattr(locked, name) == value for name, value in changes.items()):
            return locked  # the same tap again: it says what is stored
        raise CorrectedMeanwhile(locked)
    day_before = locked.day
    for name, value in changes.items():
        setattr(locked, name, value)
    _check(locked)
    locked.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    settle([locked.person_id], since=min(day_before, locked.day))
    return locked


@transaction.atomic
def add_note(*, checkin: CheckIn, by: User, note: str) -> CheckIn:
    """A few words after the tap; what was there stays. The same tap again adds nothing."""
    locked = _lock_valid(checkin)
    if not note.strip():
        raise Refused(_("The note is empty."))
    if f"\n{locked.note}".endswith(f"\n{note.strip()}"):
        return locked
    locked.note = f"{locked.note}\n{note.strip()}".strip()
    locked.version += 1
    with acting(by):
        locked.save(update_fields=["note", "version"])
    return locked


def _lock_valid(checkin: CheckIn) -> CheckIn:
    locked = lock_checkin(checkin)
    if locked.withdrawn_at is not None:
        raise Refused(_("This check-in was withdrawn; it cannot be changed any more."))
    return locked


def _check(locked: CheckIn) -> None:
    """The same rules as for a new one, and the window follows the day."""
    occurred_at: datetime = locked.occurred_at
    day: date = local_day(occurred_at)
    cases = list(locked.person.cases.all().order_by("pk"))
    guards.refuse_future(occurred_at, timezone.now())
    refuse_before_order(cases, day)
    guards.refuse_unclear(locked.outcome, locked.method, locked.reason, locked.next_on, day)
    guards.refuse_wordless(locked.reason, locked.note)
    guards.refuse_odd(locked.next_on, locked.mood, day)
    if day == locked.day:
        return
    locked.day, locked.case = day, case_on(cases, day)
    window = locked.due_item
    if window is not None and not window.opens_on <= day <= window.due_on:
        locked.due_item = None
