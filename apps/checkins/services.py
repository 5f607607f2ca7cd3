"""Log a check-in, and undo it within seconds."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, CharField, DateField
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.checkins import guards
from apps.checkins.answers import CheckInResult, first_was, same_again
from apps.checkins.models import CheckIn
from apps.contacts.codes import ContactOutcome
from apps.contacts.guards import case_on, lock_cases, refuse_before_order
from apps.contacts.withdrawing import take_back
from apps.core.days import local_day
from apps.core.once import once
from apps.core.prepared import Prepared, PreparedByScope, Slot
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.needs.models import NeedSource
from apps.needs.raised import RaisedNeed, needs_sent, needs_stored
from apps.needs.services import record_need, take_back_needs
from apps.persons.models import Person
from apps.schedule.duties import CHECKIN
from apps.schedule.models import DueItem, Outcome
from apps.schedule.outcomes import settle


@transaction.atomic
@once(
    CheckIn, target="person", page="checkins:note", leave_out=("due_item", "whole"),
    answer=same_again, sent_words=needs_sent, stored_words=needs_stored,
)  # fmt: skip
def log_checkin(
    *,
    person: Person,
    by: User,
    client_uuid: UUID,
    method: str,
    occurred_at: datetime | None = None,
    outcome: str = ContactOutcome.DONE,
    reason: str = "",
    next_on: date | None = None,
    mood: int | None = None,
    note: str = "",
    state_words: str = "",
    needs: Iterable[RaisedNeed] = (),
    due_item: DueItem | None = None,
    whole: bool = False,
) -> CheckInResult:
    """A contact, or the attempt at one; a tap is made now.

    The same tap twice is one row, and the second answer equals the first. `due_item` says that the
    contact is meant to do that duty: without an order in force it is refused, and a second tap for
    the same window is answered with the first. A `whole` form, and words, moods and needs of any,
    are never answered with what somebody else has logged: both versions are shown.
    Without `due_item` a contact is recorded at any time.
    """
    now = timezone.now()
    occurred_at = occurred_at or now
    day = local_day(occurred_at)
    cases = lock_cases(person)
    _refuse(cases, occurred_at, now, due_item, person)
    guards.refuse_unclear(outcome, method, reason, next_on, day)
    guards.refuse_wordless(reason, note)
    guards.refuse_odd(next_on, mood, day)
    case = case_on(cases, day)
    window = _window(case, day) or due_item
    first = due_item and window and _first_for(window, person, day, outcome, reason, next_on)
    checkin = CheckIn(
        client_uuid=client_uuid, person=person, case=case, method=method, outcome=outcome,
        reason=reason, next_on=next_on, occurred_at=occurred_at, day=day, mood=mood,
        state_words=state_words.strip(), note=note.strip(), recorded_at=now, recorded_by=by,
        **place_ids(case or person),
    )  # fmt: skip
    if first:
        return first_was(first, checkin, needs, whole=whole)
    checkin.due_item = _claimed(window, due_item, outcome)
    _store(checkin, by)
    _open_needs(checkin, needs)
    return CheckInResult(checkin, created=True)


@transaction.atomic
def undo_checkin(*, checkin: CheckIn, by: User) -> CheckIn:
    """Take back a tap within seconds; the row stays, so that a late twin of it finds it."""
    locked = lock_checkin(checkin)
    if locked.undone:
        return locked
    now = timezone.now()
    locked.refuse_undo(by, now)
    locked.undone = True
    withdraw(locked, by, "", now)
    take_back_needs(source_id=locked.public_id, by=by)
    return locked


def lock_checkin(checkin: CheckIn) -> CheckIn:
    """The row as it is now, after the locks of its person's orders."""
    lock_cases(checkin.person)
    locked: CheckIn = (
        CheckIn.objects.select_for_update(of=("self",)).select_related("person").get(pk=checkin.pk)
    )
    return locked


def withdraw(locked: CheckIn, by: User, reason: str, now: datetime) -> None:
    """The row stays and counts no more; outcomes follow."""
    take_back(locked, by, reason, now)
    settle([locked.person_id], since=locked.day)


def _store(checkin: CheckIn, by: User) -> None:
    with acting(by):
        save_or_refuse(checkin)
    settle([checkin.person_id], since=checkin.day)


def _open_needs(checkin: CheckIn, needs: Iterable[RaisedNeed]) -> None:
    for need in needs:
        record_need(
            person=checkin.person,
            by=checkin.recorded_by,
            case=checkin.case,
            kind=need.kind,
            urgency=need.urgency,
            said_by=need.said_by,
            words=need.words,
            said_on=checkin.day,
            source=NeedSource.CHECKIN,
            source_id=checkin.public_id,
        )


def _refuse(
    cases: list[Case],
    occurred_at: datetime,
    now: datetime,
    due_item: DueItem | None,
    person: Person,
) -> None:
    day = local_day(occurred_at)
    guards.refuse_future(occurred_at, now)
    refuse_before_order(cases, day)
    if due_item is None:
        return
    if due_item.person_id != person.pk:
        raise Refused(_("This duty is another person's. Load the page anew."))
    if case_on(cases, day) is None:
        guards.refuse_without_duty(cases, day)


def _window(case: Case | None, day: date) -> DueItem | None:
    """The window of the day."""
    if case is None:
        return None
    return next(iter(_WINDOW.rows(case=case.pk, day=day)), None)


def _claimed(window: DueItem | None, due_item: DueItem | None, outcome: str) -> DueItem | None:
    """The window that the check-in names; one that was cut short may be named by a later one."""
    if window is None or (due_item is None and window.outcome == Outcome.DONE):
        return None
    done = outcome == ContactOutcome.DONE
    taken = done and bool(_TAKEN.rows(item=window.pk))
    return None if taken else window


def _first_for(
    window: DueItem, person: Person, day: date, outcome: str, reason: str, next_on: date | None
) -> CheckIn | None:
    """What was recorded for the window already: another tab, or another worker, was first."""
    within = window.opens_on <= day <= window.due_on
    shape = (window.outcome == Outcome.DONE, outcome == ContactOutcome.NOT_DONE, within)
    found = _FIRST.rows(
        shape, lambda: _first(*shape), opens=window.opens_on, due=window.due_on, item=window.pk,
        person=person.pk, outcome=outcome, reason=reason, next=next_on, day=day,
    )  # fmt: skip
    return next(iter(found), None)


def _first(was_done: bool, is_attempt: bool, within: bool) -> Any:
    rows = CheckIn.objects.valid().order_by("occurred_at", "pk")
    span = (Slot("opens", DateField()), Slot("due", DateField()))
    if within:
        # A new plan may have cut the window short since one of a later day was logged for it.
        rows = rows.filter(day__gte=span[0], day__lte=span[1])
    if was_done:
        same = rows.done().filter(person_id=_PERSON, day__gte=span[0], day__lte=span[1])
    else:
        same = rows.filter(due_item_id=_ITEM, outcome=Slot("outcome", CharField()))
        if is_attempt:
            # Tries of several days are several tries, also when all agreed on one next day.
            attempt = {"reason": Slot("reason", CharField()), "next_on": Slot("next", DateField())}
            same = same.filter(**attempt, day=_DAY)
    return same[:1]


# Written once: a tap asks them all.
_PERSON, _ITEM = Slot("person", BigIntegerField()), Slot("item", BigIntegerField())
_DAY = Slot("day", DateField())
_FIRST = PreparedByScope(8)
_WINDOW = Prepared(
    lambda: DueItem.objects.filter(
        case_id=Slot("case", BigIntegerField()), kind=CHECKIN, opens_on__lte=_DAY, due_on__gte=_DAY
    ).order_by("pk")[:1]
)
_TAKEN = Prepared(
    lambda: CheckIn.objects.done().filter(due_item_id=_ITEM).order_by().values_list("pk")[:1]
)
