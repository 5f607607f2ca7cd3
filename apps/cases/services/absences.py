"""Leave and suspension: days on which a running order asks for nothing."""

from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.changes import notify_cases_changed
from apps.cases.law import Step, article_of
from apps.cases.models import Case, Leave, Suspension
from apps.cases.services.orders import lock
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse

AbsenceT = TypeVar("AbsenceT", Leave, Suspension)


@transaction.atomic
def report_leave(
    *,
    case: Case,
    by: User,
    starts_on: date,
    until_on: date,
    destination: str = "",
    reported_in_writing_on: date | None = None,
    note: str = "",
) -> Leave:
    """A report of leaving the county (条例 art. 19: in writing from three days on).

    The law asks for a report and not for an approval.
    """
    locked = lock(case)
    _refuse_outside(locked, starts_on)
    if (until_on - starts_on).days + 1 >= 3 and reported_in_writing_on is None:
        raise Refused(
            _("Three days and more are reported in writing: enter the day of the report."),
            article_of(Step.LEAVE, locked.measure),
        )
    if not destination.strip():
        raise Refused(_("Enter where the person goes."))
    leave = Leave(
        case=locked,
        person=locked.person,
        starts_on=starts_on,
        until_on=until_on,
        destination=destination.strip(),
        reported_in_writing_on=reported_in_writing_on,
        note=note,
        recorded_by=by,
        **place_ids(locked),
    )
    return _store(leave, by)


@transaction.atomic
def record_return(*, leave: Leave, by: User, on: date) -> Leave:
    """The day of the return is the last day of the leave; duties run again from the next day."""
    locked = _lock_absence(leave)
    if locked.returned_on is not None:
        raise Refused(_("The return is recorded already."))
    if on > today():
        raise Refused(_("The day lies in the future."))
    locked.returned_on = on
    return _store(locked, by)


@transaction.atomic
def withdraw_leave(*, leave: Leave, by: User, reason: str) -> Leave:
    """The leave did not take place; the row stays, its days ask for duties again."""
    locked = _lock_absence(leave)
    if not reason.strip():
        raise Refused(_("Say why."))
    locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()
    return _store(locked, by, reason)


@transaction.atomic
def suspend_case(
    *, case: Case, by: User, starts_on: date, reason: str, note: str = ""
) -> Suspension:
    """The person is held (条例 art. 24): the order rests from this day on."""
    locked = lock(case)
    _refuse_outside(locked, starts_on)
    if starts_on > today():
        raise Refused(_("The day lies in the future."))
    suspension = Suspension(
        case=locked,
        person=locked.person,
        starts_on=starts_on,
        reason=reason,
        note=note,
        recorded_by=by,
        **place_ids(locked),
    )
    return _store(suspension, by)


@transaction.atomic
def resume_case(*, suspension: Suspension, by: User, on: date) -> Suspension:
    """The person is free again and the order goes on from this day (条例 art. 24)."""
    locked = _lock_absence(suspension)
    if locked.ended_on is not None:
        raise Refused(_("The suspension has ended already."))
    if on > today():
        raise Refused(_("The day lies in the future."))
    if on <= locked.starts_on:
        raise Refused(_("The order rests for one day at least."))
    locked.ended_on = on - timedelta(days=1)
    return _store(locked, by)


def _lock_absence(row: AbsenceT) -> AbsenceT:
    locked: AbsenceT = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This entry was withdrawn."))
    return locked


def _refuse_outside(case: Case, starts_on: date) -> None:
    if case.in_force_from is None or starts_on < case.in_force_from:
        raise Refused(_("The order is not in force on this day."))
    if case.duties_end_on is not None and starts_on > case.duties_end_on:
        raise Refused(_("The order has ended before this day."))


def _store(row: AbsenceT, by: User, reason: str = "") -> AbsenceT:
    with acting(by, reason):
        save_or_refuse(row)
    notify_cases_changed([row.case_id])
    return row
