"""Leave and suspension: days on which a running order asks for nothing."""

from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.approvals.facts import Facts, day_in
from apps.approvals.services import propose, withdraw
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.deadlines import book_of
from apps.cases.law import Step, article_of
from apps.cases.listeners import notify_cases_changed
from apps.cases.models import Case, Leave, Suspension
from apps.cases.notices import tell_workers
from apps.cases.services.orders import lock
from apps.core.days import today
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import full_day
from apps.law.dates import needs_written_report
from apps.law.parameters import Parameter
from apps.notices.codes import NoticeKind

LEAVE = "leave"
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

    The law asks for a report and not for an approval; where the office asks for one, a supervisor
    decides, and until then the report counts.
    """
    locked = lock(case)
    _refuse_outside(locked, starts_on)
    _refuse_beyond(locked, until_on)
    _refuse_held(locked, starts_on, until_on)
    _refuse_unwritten(locked, starts_on, until_on, reported_in_writing_on)
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
    _store(leave, by)
    _ask_where_needed(leave, by)
    return leave


@transaction.atomic
def extend_leave(
    *,
    leave: Leave,
    by: User,
    until_on: date,
    reported_in_writing_on: date | None = None,
    note: str = "",
) -> Leave:
    """A longer absence, reported before or while it lasts; the days announced first stay known."""
    locked = _lock_absence(leave)
    if locked.returned_on is not None:
        raise Refused(_("The return is recorded already."))
    if until_on <= locked.until_on:
        raise Refused(
            _("An extension ends later than %(day)s.") % {"day": full_day(locked.until_on)}
        )
    _refuse_beyond(locked.case, until_on)
    _refuse_held(locked.case, locked.starts_on, until_on)
    written = reported_in_writing_on or locked.reported_in_writing_on
    _refuse_unwritten(locked.case, locked.starts_on, until_on, written)
    locked.announced_until_on = locked.announced_until_on or locked.until_on
    locked.until_on, locked.reported_in_writing_on = until_on, written
    locked.note = "\n".join(part for part in (locked.note, note.strip()) if part)
    _store(locked, by, note)
    _ask_where_needed(locked, by)
    return locked


def leave_not_approved(leave: Leave, by: User, reason: str) -> None:
    """Days that have passed were reported in writing, and stay so; the rest is taken back."""
    locked = _lock_absence(leave)
    if locked.starts_on > today():
        locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()
    elif locked.returned_on is None and locked.until_on > today():
        locked.announced_until_on = locked.announced_until_on or locked.until_on
        locked.until_on = today()
    _store(locked, by, reason)


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
    if not is_reason(reason):
        raise Refused(_("Say why."))
    locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()
    withdraw(kind=LEAVE, subject=locked.public_id, by=by, reason=reason)
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
    _store(suspension, by)
    tell_workers(locked, NoticeKind.SUSPENDED, by, subject=suspension.public_id)
    return suspension


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
    tell_workers(locked.case, NoticeKind.RESUMED, by, subject=locked.public_id)
    return _store(locked, by)


@transaction.atomic
def withdraw_suspension(*, suspension: Suspension, by: User, reason: str) -> Suspension:
    """The person was not held: the row stays with the reason, its days ask for duties again."""
    locked = _lock_absence(suspension)
    if not is_reason(reason):
        raise Refused(_("Say why."), field="reason")
    case = lock(locked.case, open_only=False)
    others = case.suspensions.filter(withdrawn_at=None).exclude(pk=locked.pk)
    if case.end_set_on is not None and not others.exists():
        raise Refused(
            _("An authority has set another end for this suspension; it stays."),
            article_of(Step.SUSPENSION, case.measure),
        )
    locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()
    tell_workers(case, NoticeKind.RESUMED, by, subject=locked.public_id)
    return _store(locked, by, reason)


def _lock_absence(row: AbsenceT) -> AbsenceT:
    held = type(row).objects.select_for_update(of=("self",)).select_related("case", "person")
    locked: AbsenceT = held.get(pk=row.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This entry was withdrawn."))
    return locked


def _refuse_unwritten(case: Case, first: date, last: date, written_on: date | None) -> None:
    days = book_of(case).value(Parameter.LEAVE_DAYS, first)
    if needs_written_report(first, last, days) and written_on is None:
        raise Refused(
            _("%(n)s days and more are reported in writing: enter the day of the report.")
            % {"n": days},
            article_of(Step.LEAVE, case.measure),
            field="reported_in_writing_on",
        )
    if written_on is not None and written_on > today():
        raise Refused(_("The day lies in the future."), field="reported_in_writing_on")


def _refuse_held(case: Case, first: date, last: date) -> None:
    held = case.suspensions.filter(withdrawn_at=None, starts_on__lte=last)
    if held.filter(Q(ended_on=None) | Q(ended_on__gte=first)).exists():
        raise Refused(
            _("The order is suspended on some of these days already."),
            article_of(Step.SUSPENSION, case.measure),
        )


def _ask_where_needed(leave: Leave, by: User) -> None:
    """An approval where the office asks for one; a supervisor's own report needs no second pair."""
    asked = book_of(leave.case).holds(Parameter.LEAVE_APPROVAL, leave.starts_on)
    if not asked or by.may(Permission.APPROVE):
        return
    withdraw(kind=LEAVE, subject=leave.public_id, by=by, reason=_("Extended"))
    facts = {"first": leave.starts_on, "last": leave.until_on, "where": leave.destination}
    propose(
        kind=LEAVE, person=leave.person, subject=leave.public_id, facts=facts, by=by,
        reason=leave.note, place=leave,
    )  # fmt: skip


def leave_in_words(facts: Facts) -> str:
    """What the supervisor reads of it."""
    days = {"first": day_in(facts, "first"), "last": day_in(facts, "last")}
    return _("%(first)s to %(last)s, %(where)s") % {**days, "where": facts["where"]}


def _refuse_outside(case: Case, starts_on: date) -> None:
    if case.in_force_from is None or starts_on < case.in_force_from:
        raise Refused(_("The order is not in force on this day."))
    if case.duties_end_on is not None and starts_on > case.duties_end_on:
        raise Refused(_("The order has ended before this day."))


def _refuse_beyond(case: Case, until_on: date) -> None:
    """After the term nobody reports a leave any more."""
    if case.duties_end_on is not None and until_on > case.duties_end_on:
        raise Refused(
            _("The term ends on %(day)s: a leave goes to that day at most.")
            % {"day": full_day(case.duties_end_on)},
            article_of(Step.LEAVE, case.measure),
            field="until_on",
        )


def _store(row: AbsenceT, by: User, reason: str = "") -> AbsenceT:
    with acting(by, reason):
        save_or_refuse(row)
    notify_cases_changed([row.case_id])
    return row
