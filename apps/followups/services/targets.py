"""Who stands on the list of a round: by their order, by one that ended, or one by one."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.contacts.guards import lock_cases, refuse_after_death
from apps.contacts.withdrawing import give_back
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.followups.codes import Ground, Reached
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.released import released
from apps.followups.rules import SILENT
from apps.followups.services.rounds import lock_open, refuse_closed
from apps.persons.codes import LifeStatus
from apps.persons.models import Merge, Person


@transaction.atomic
def fill_from_orders(
    *, round: FollowUpRound, by: User, place: Area | None = None  # noqa: A002 - the field's term
) -> int:  # fmt: skip
    """Everybody with an order in force on the first day, as far as the caller sees them; in a
    part of the unit where that is said. Nobody who has said that they want no follow-up. How many
    were added.
    """
    locked = lock_open(round)
    cases = _here(locked, by, place).in_force_on(locked.first)
    declined = FollowUpAttempt.objects.standing().filter(
        person_id=OuterRef("person_id"), outcome=Reached.DECLINED
    )
    return _add(locked, cases.filter(~Exists(declined)), Ground.ORDER, by)


@transaction.atomic
def fill_from_released(
    *, round: FollowUpRound, by: User, place: Area | None = None  # noqa: A002 - the field's term
) -> int:  # fmt: skip
    """Whose last order ended in the years before the first day. Nobody with an order in force, and
    nobody who has said that they want no follow-up. How many were added.
    """
    locked = lock_open(round)
    cases = released(_here(locked, by, place), locked.first)
    return _add(locked, cases, Ground.RELEASED, by)


@transaction.atomic
@once(FollowUpTarget, target="person", page="followups:target", leave_out=("asked_for_it",))
def add_person(
    *, round: FollowUpRound, person: Person, by: User, client_uuid: UUID,  # noqa: A002
    ground_words: str, asked_for_it: bool = False,
) -> FollowUpTarget:  # fmt: skip
    """By name, with the reason in words. Whoever has said that they want no follow-up is put on a
    list again only because they ask for it themselves.
    """
    lock_cases(person)
    if person.life_status == LifeStatus.DECEASED:
        raise Refused(_("This person has died."), field="who")
    declined = FollowUpAttempt.objects.standing().filter(person=person, outcome=Reached.DECLINED)
    if declined.exists() and not asked_for_it:
        raise Refused(
            _("This person has said that they want no follow-up. Only who asks for it again is "
              "put on a list."),
            field="asked_for_it",
        )  # fmt: skip
    locked = lock_open(round)
    same = Q(number=person.public_id) | Q(person=person)
    if FollowUpTarget.objects.standing().filter(same, round=locked).exists():
        raise Refused(_("This person stands on the list already."), field="who")
    if not is_reason(ground_words):
        raise Refused(_("Say the reason in words."), field="ground_words")
    row = FollowUpTarget(
        round=locked, person=person, number=person.public_id, ground=Ground.NAMED,
        ground_words=ground_words.strip(), client_uuid=client_uuid, recorded_by=by,
        **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def note_second_call(*, target: FollowUpTarget, by: User, on: date) -> FollowUpTarget:
    """A day for the next try; a later one takes the place of an earlier one."""
    locked = lock_target(target)
    if not locked.round.first <= on <= locked.round.last:
        raise Refused(_("This day is none of the round's."), field="on")
    refuse_after_death(locked.person, on, "on")
    if FollowUpAttempt.objects.spoken_to().beside(locked).exists():
        raise Refused(_("The person was reached already."))
    locked.second_call_on = on
    with acting(by):
        save_or_refuse(locked)
    return locked


@transaction.atomic
def remove_target(*, target: FollowUpTarget, by: User, reason: str) -> FollowUpTarget:
    """Put on the list by mistake: the row stays with the reason, and nobody is to be reached. Where
    somebody was reached the list says so; a try on the wrong file is withdrawn first.
    """
    locked = lock_target(target)
    if FollowUpAttempt.objects.standing().beside(locked).exists():
        raise Refused(_("Somebody has tried to reach the person already; the try stays on record."))
    if not is_reason(reason):
        raise Refused(_("Say why the person is taken off the list."), field="reason")
    # With the other row of the person, where two files became one.
    rows = FollowUpTarget.objects.select_for_update(of=("self",)).standing()
    now = timezone.now()
    with acting(by, reason.strip()):
        for row in rows.filter(person=locked.person_id, round=locked.round_id).order_by("pk"):
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = now, by, reason.strip()
            save_or_refuse(row)
    locked.refresh_from_db()
    return locked


def give_back_undone(merge: Merge, _concerned: Mapping[int, Collection[int]]) -> None:
    """Whoever was taken off a list as one with somebody else is another person after all."""
    if merge.undone_at is not None:
        give_back(FollowUpTarget, "round", merge)


def lock_target(target: FollowUpTarget) -> FollowUpTarget:
    """The row as it is now, of a round that is open."""
    lock_cases(target.person)
    rows = FollowUpTarget.objects.select_for_update(of=("self",)).select_related("round", "person")
    locked: FollowUpTarget = rows.get(pk=target.pk)
    refuse_closed(locked.round)
    if locked.withdrawn_at is not None:
        raise Refused(_("The person was taken off the list."))
    return locked


def _here(found: FollowUpRound, by: User, place: Area | None) -> Any:
    cases = Case.objects.visible_to(by).in_area(found.area.today).filter(person__merged_into=None)
    cases = cases.exclude(person__life_status__in=SILENT)
    return cases.in_area(place) if place is not None else cases


def _add(found: FollowUpRound, cases: Any, ground: str, by: User) -> int:
    """Who was taken off the list comes back by name alone."""
    there = FollowUpTarget.objects.filter(round=found, person_id=OuterRef("person_id"))
    missing = cases.filter(~Exists(there)).select_related("person").order_by("person_id", "pk")
    by_person = {case.person_id: case for case in missing}
    rows = [
        FollowUpTarget(
            round=found, person=case.person, number=case.person.public_id, case=case,
            ground=ground, recorded_by=by, **place_ids(case.person),
        )
        for case in by_person.values()
    ]  # fmt: skip
    with acting(by):
        FollowUpTarget.objects.bulk_create(rows, batch_size=1000)
    return len(rows)
