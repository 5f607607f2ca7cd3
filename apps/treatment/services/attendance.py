"""How often somebody came in a month, as the clinic says; put right with a reason."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.treatment.models import Attendance, Treatment
from apps.treatment.rules import days_in, is_over, month_of
from apps.treatment.services.treatments import lasted_until, lock_treatment


@transaction.atomic
@once(Attendance, target="treatment", page="")
def record_attendance(
    *, treatment: Treatment, by: User, client_uuid: UUID, month: date, attended: int,
    expected: int, source: str,
) -> Attendance:  # fmt: skip
    """`month`: any day of it. Of a month that has ended, once, and of no more days than it had."""
    locked, first = lock_treatment(treatment), month_of(month)
    if not is_over(first, today()):
        raise Refused(_("The month has not ended. Its list is entered when it has."), field="month")
    known = Attendance.objects.standing().filter(treatment=locked, month=first).first()
    if known is not None:
        if (known.attended, known.expected) == (attended, expected):
            return known  # two who enter one list, or a second tap
        raise Refused(_("This month is on record already: correct it there."), field="month")
    _refuse_days(locked, first, attended, expected)
    row = Attendance(
        treatment=locked, person=locked.person, client_uuid=client_uuid, month=first,
        attended=attended, expected=expected, source=source, recorded_at=timezone.now(),
        recorded_by=by, **place_ids(locked.person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def correct_attendance(
    *, attendance: Attendance, by: User, reason: str, version: int, attended: int, expected: int
) -> Attendance:
    """Other numbers; the old ones stay in the history, with the reason."""
    treatment = lock_treatment(attendance.treatment)
    rows: Any = Attendance.objects.select_for_update(of=("self",))
    locked: Attendance = rows.get(pk=attendance.pk)
    locked.refuse_correction(version)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    _refuse_days(treatment, locked.month, attended, expected)
    locked.attended, locked.expected = attended, expected
    locked.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    return locked


def _refuse_days(treatment: Treatment, month: date, attended: int, expected: int) -> None:
    """Nobody was to come after they had died."""
    refuse_after_death(treatment.person, month, "month")
    last = lasted_until(treatment.person, treatment.since, treatment.ended_on)
    days = days_in(month, treatment.since, last)
    if not days:
        raise Refused(_("In this month the treatment did not run."), field="month")
    if expected > days:
        words = ngettext(
            "In this month the treatment ran on %(n)s day.",
            "In this month the treatment ran on %(n)s days.", days,
        )  # fmt: skip
        raise Refused(words % {"n": days}, field="expected")
    if attended > expected:
        raise Refused(_("Nobody comes on more days than were expected."), field="attended")
