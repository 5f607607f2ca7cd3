"""Later acts on a visit or an interview: withdraw and correct. Old values stay in history."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.contacts.guards import case_on
from apps.core.days import local_day
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.schedule.outcomes import settle
from apps.visits.guards import refuse_wrong
from apps.visits.models import Meeting
from apps.visits.services import lock_meeting, withdraw

CORRECTABLE = frozenset(
    {
        "occurred_at", "way", "place", "met_person", "contact", "second_visitor", "state_words",
        "family_words", "work_words", "difficulty_words", "opinion_words", "help_words", "note",
        "reason", "next_on",
    }
)  # fmt: skip


@transaction.atomic
def withdraw_meeting(*, meeting: Meeting, by: User, reason: str) -> Meeting:
    """It was recorded by mistake. The row stays, with the reason, and counts no more."""
    locked = lock_meeting(meeting)
    if not is_reason(reason):
        raise Refused(_("Say why the record is withdrawn."), field="reason")
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    withdraw(locked, by, reason.strip(), timezone.now())
    return locked


@transaction.atomic
def correct_meeting(
    *, meeting: Meeting, by: User, reason: str, version: int, changes: dict[str, Any]
) -> Meeting:
    """Put right what was recorded wrongly; who, when, why and the old value stay in history."""
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="why")
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"Not correctable: {sorted(unknown)}")
    locked = lock_meeting(meeting)
    locked.refuse_correction(version)
    for name, value in changes.items():
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    _follow(locked)
    locked.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    settle([locked.person_id], kind=locked.kind)
    return locked


def _follow(locked: Meeting) -> None:
    """Day and order follow the time; the rules are those of a new record."""
    cases = list(locked.person.cases.all().order_by("pk"))
    locked.day = local_day(locked.occurred_at)
    locked.case = case_on(cases, locked.day)
    refuse_wrong(locked, cases, timezone.now())
