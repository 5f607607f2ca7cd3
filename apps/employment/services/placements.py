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
from apps.core.text import day_text
from apps.employment.codes import EndReason, Kind, Source, Still, Wish
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
    refuse_beginning(starts_on, consent_on)
    refuse_after_death(person, starts_on, "starts_on")
    lock_cases(person)
    refuse_twin(person, kind, starts_on)
    if base is not None:
        take_place(base, kind, person)
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
    refuse_end(locked.starts_on, on, reason, words, fields=("on", "words"))
    refuse_beside_looks(locked, on, "on")
    return _ended(locked, by, on, reason, words)


@transaction.atomic
@once(Look, target="placement", page="")
def note_look(
    *, placement: Placement, by: User, client_uuid: UUID, day: date, still: str, words: str = "",
    ended_on: date | None = None, end_reason: str = "", end_words: str = "",
) -> Look:  # fmt: skip
    """Whether the person still works there. Who is not there any more works there no more: the last
    day and why it ended are said with the look.
    """
    locked = lock_placement(placement)
    refuse_after_death(locked.person, day, "day")
    if not locked.starts_on <= day <= (locked.ended_on or today()):
        raise Refused(_("On this day the person did not work there."), field="day")
    _refuse_half_an_end(locked, day, still, ended_on, end_reason)
    if ended_on is not None:
        refuse_end(locked.starts_on, ended_on, end_reason, end_words,
                   fields=("ended_on", "end_words"))  # fmt: skip
        refuse_beside_looks(locked, ended_on, "ended_on")
        _ended(locked, by, ended_on, end_reason, end_words)
    row = Look(
        placement=locked, person=locked.person, client_uuid=client_uuid, day=day, still=still,
        words=words.strip(), recorded_at=timezone.now(), recorded_by=by, made_end_on=ended_on,
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


def refuse_end(
    starts_on: date, on: date, reason: str, words: str, *, fields: tuple[str, str]
) -> None:
    """`fields`: where a form asks for the day and the words."""
    if not starts_on <= on <= today():
        raise Refused(_("Enter a day from the first day of work to today."), field=fields[0])
    if reason == EndReason.OTHER and not is_reason(words):
        raise Refused(_("Say the reason in words."), field=fields[1])


def refuse_beside_looks(placement: Placement, ended_on: date, field: str) -> None:
    """Somebody saw the person there on a day on which they would not have worked there, or did not
    find them there any more while they would.
    """
    looks = Look.objects.standing().filter(placement=placement)
    if looks.filter(still=Still.YES, day__gt=ended_on).exists():
        raise Refused(_("Somebody looked after this day. Withdraw that look first."), field=field)
    gone = looks.filter(still=Still.NO, day__lt=ended_on).order_by("day").first()
    if gone is not None:
        refusal = _not_there(gone)
        refusal.field = field
        raise refusal


def refuse_open_beside_looks(placement: Placement) -> None:
    """Nobody works on where somebody was looked for and was not there any more."""
    looks = Look.objects.standing().filter(placement=placement, still=Still.NO)
    if (gone := looks.order_by("day").first()) is not None:
        raise _not_there(gone)


def _not_there(gone: Look) -> Refused:
    words = _("On %(day)s somebody looked, and the person was not there any more. Withdraw "
              "that look first.")  # fmt: skip
    return Refused(words % {"day": day_text(gone.day)})


def _refuse_half_an_end(
    placement: Placement, day: date, still: str, ended_on: date | None, reason: str
) -> None:
    """A placement that runs on although nobody is there would count, and nobody would ask."""
    if still != Still.NO:
        if ended_on is not None or reason:
            raise Refused(_("An end goes with “Not there any more” alone."), field="still")
        return
    if placement.ended_on is not None:
        _refuse_another_end(placement.ended_on, day, ended_on)
        return
    if ended_on is None:
        raise Refused(_("Say the last day of work."), field="ended_on")
    if ended_on > day:
        raise Refused(_("The last day of work lies after the look."), field="ended_on")
    if not reason:
        raise Refused(_("Say why the work ended."), field="end_reason")


def _refuse_another_end(last: date, day: date, ended_on: date | None) -> None:
    if ended_on is not None:
        raise Refused(_("This placement has ended already."))
    if day < last:
        words = _("The work ended on %(day)s; before that day the person was there.")
        raise Refused(words % {"day": day_text(last)}, field="still")


def _ended(placement: Placement, by: User, on: date, reason: str, words: str) -> Placement:
    placement.ended_on, placement.end_reason = on, reason
    placement.end_words = words.strip()
    placement.version += 1
    with acting(by):
        save_or_refuse(placement)
    return placement


def refuse_beginning(starts_on: date, consent_on: date | None) -> None:
    if starts_on > today():
        raise Refused(_("The day lies in the future."), field="starts_on")
    if consent_on is not None and consent_on > starts_on:
        raise Refused(_("The consent comes before the work."), field="consent_on")


def refuse_twin(
    person: Person, kind: str, starts_on: date, *, but: Placement | None = None
) -> None:
    twin = Placement.objects.standing().filter(person=person, kind=kind, starts_on=starts_on)
    if twin.exclude(pk=but.pk if but else None).exists():
        raise Refused(_("A placement of this kind and day is on file."), field="starts_on")


def refuse_no_site(kind: str) -> None:
    if kind != Kind.SITE:
        raise Refused(_("A base is chosen for a workshop or farm only."), field="base")


def take_place(base: Base, kind: str, person: Person) -> None:
    """The database says so, too, whoever comes first. Who has a place there takes no second one."""
    refuse_no_site(kind)
    locked = lock_base(base)
    if not locked.active:
        raise Refused(_("This base takes nobody at present."), field="base")
    others = Placement.objects.running().filter(base=locked).exclude(person=person)
    if others.persons() >= locked.places:
        raise Refused(
            _("All places of this base are taken: %(n)s.") % {"n": locked.places}, field="base"
        )
