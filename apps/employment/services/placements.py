"""Somebody begins to work, somebody looks whether it lasts, and it ends."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases, refuse_after_death
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.employment.codes import EndReason, Kind, Source, Wish
from apps.employment.models import Base, Look, Placement
from apps.employment.services.bases import lock_base
from apps.persons.models import Person


@transaction.atomic
@once(Placement, target="person", page="employment:placement")
def open_placement(
    *, person: Person, by: User, client_uuid: UUID, kind: str, starts_on: date, voluntary: str,
    consent_how: str, consent_on: date, base: Base | None = None, employer: str = "",
    place_words: str = "", wage_fen: int | None = None,
) -> Placement:  # fmt: skip
    """`voluntary`: what the person said when asked whether they want it."""
    if voluntary != Wish.YES:
        words = _("Nobody works without having said that they want to. Nothing is recorded.")
        raise Refused(words, _("Drug Rehabilitation Regulation, art. 42"), field="voluntary")
    refuse_beginning(person, starts_on, consent_on)
    lock_cases(person)
    refuse_twin(person, kind, starts_on)
    if base is not None:
        take_place(base, kind)
    row = Placement(
        person=person, client_uuid=client_uuid, kind=kind, starts_on=starts_on,
        consent_how=consent_how, consent_on=consent_on, base=base, employer=employer.strip(),
        place_words=place_words.strip(), wage_fen=wage_fen, source=Source.PAGE,
        recorded_at=timezone.now(), recorded_by=by, **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def end_placement(
    *, placement: Placement, by: User, on: date, reason: str, words: str = ""
) -> Placement:
    """Its last day and why. Nothing follows from it for the person."""
    locked = lock_placement(placement)
    if locked.ended_on is not None:
        raise Refused(_("This placement has ended already."))
    if not locked.starts_on <= on <= today():
        raise Refused(_("Enter a day from the first day of work to today."), field="on")
    if reason == EndReason.OTHER and not is_reason(words):
        raise Refused(_("Say the reason in words."), field="words")
    locked.ended_on, locked.end_reason, locked.end_words = on, reason, words.strip()
    locked.version += 1
    with acting(by):
        save_or_refuse(locked)
    return locked


@transaction.atomic
@once(Look, target="placement", page="")
def note_look(
    *, placement: Placement, by: User, client_uuid: UUID, day: date, still: str, words: str = ""
) -> Look:
    """Whether the person still works there. The end is an act of its own."""
    locked = lock_placement(placement)
    if not locked.starts_on <= day <= (locked.ended_on or today()):
        raise Refused(_("On this day the person did not work there."), field="day")
    row = Look(
        placement=locked, person=locked.person, client_uuid=client_uuid, day=day, still=still,
        words=words.strip(), recorded_at=timezone.now(), recorded_by=by,
        **place_ids(locked.person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


def lock_placement(placement: Placement) -> Placement:
    """As it is now, if nobody has taken it back."""
    lock_cases(placement.person)
    rows: Any = Placement.objects.select_for_update(of=("self",)).select_related("person", "base")
    locked: Placement = rows.get(pk=placement.pk)
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    return locked


def refuse_beginning(person: Person, starts_on: date, consent_on: date | None) -> None:
    if starts_on > today():
        raise Refused(_("The day lies in the future."), field="starts_on")
    if consent_on is not None and consent_on > starts_on:
        raise Refused(_("The consent comes before the work."), field="consent_on")
    refuse_after_death(person, starts_on, "starts_on")


def refuse_twin(
    person: Person, kind: str, starts_on: date, *, but: Placement | None = None
) -> None:
    twin = Placement.objects.standing().filter(person=person, kind=kind, starts_on=starts_on)
    if twin.exclude(pk=but.pk if but else None).exists():
        raise Refused(_("A placement of this kind and day is on file."), field="starts_on")


def take_place(base: Base, kind: str, *, but: Placement | None = None) -> None:
    """The database says so, too, whoever comes first. `but`: the one that is put right."""
    if kind != Kind.SITE:
        raise Refused(_("A base is chosen for a workshop or farm only."), field="base")
    locked = lock_base(base)
    if not locked.active:
        raise Refused(_("This base takes nobody at present."), field="base")
    running = Placement.objects.running().filter(base=locked)
    if running.exclude(pk=but.pk if but else None).count() >= locked.places:
        raise Refused(
            _("All places of this base are taken: %(n)s.") % {"n": locked.places}, field="base"
        )
