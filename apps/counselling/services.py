"""A session is recorded, put right, taken back; its notes are written by who recorded it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.contacts.guards import lock_cases
from apps.contacts.withdrawing import take_back
from apps.core.days import local_day
from apps.core.differing import Pairs
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.counselling.codes import Ground, Theme
from apps.counselling.guards import refuse_wrong
from apps.counselling.models import Session, SessionNotes
from apps.needs.models import Need
from apps.persons.models import Person

CORRECTABLE: Final = frozenset(
    {
        "kind", "occurred_at", "counsellor", "counsellor_name", "counsellor_body", "family_told",
        "agreed_on", "minutes", "next_on", "need", "asked",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotesWords:
    """What only the notes hold. `theme` is one of the short list, or nothing."""

    theme: str = ""
    place_words: str = ""
    family_words: str = ""
    words: str = ""

    def stripped(self) -> dict[str, str]:
        return {name: words.strip() for name, words in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class ByWhom:
    """Who counselled: the account that records, or somebody by name, body or both."""

    counsellor: str
    counsellor_name: str = ""
    counsellor_body: str = ""

    def stripped(self) -> dict[str, str]:
        return {name: words.strip() for name, words in asdict(self).items()}


NOTHING_SAID: Final = NotesWords()


def notes_sent(given: Mapping[str, Any]) -> Pairs:
    """What was typed, for its writer alone; what is stored is never told here."""
    told = given["told"].stripped()
    if told["theme"]:
        told["theme"] = str(Theme(told["theme"]).label)
    pairs = [_labelled(SessionNotes, name, words) for name, words in told.items() if words]
    if given["asked"]:
        pairs.append(_labelled(Session, "ground", str(Ground.ASKED.label)))
    return pairs


def _labelled(model: type[Model], name: str, words: str) -> tuple[str, str]:
    return capfirst(str(model._meta.get_field(name).verbose_name)), words  # type: ignore[union-attr]


@transaction.atomic
@once(Session, target="person", page="counselling:session", sent_words=notes_sent)
def record_session(
    *, person: Person, by: User, client_uuid: UUID, kind: str, occurred_at: datetime,
    who: ByWhom, family_told: str = "", agreed_on: date | None = None, asked: bool = False,
    minutes: int | None = None, next_on: date | None = None, need: Need | None = None,
    told: NotesWords = NOTHING_SAID,
) -> Session:  # fmt: skip
    """It was held. `asked`: the person asked for it, which it rests on where no order is in force.

    Nothing follows from it, and nothing from a next date that passes.
    """
    cases = lock_cases(person)
    row = Session(
        person=person, client_uuid=client_uuid, kind=kind, occurred_at=occurred_at,
        day=local_day(occurred_at), family_told=family_told, agreed_on=agreed_on,
        ground=_ground(asked), minutes=minutes, next_on=next_on, need=need,
        recorded_at=timezone.now(), recorded_by=by, **who.stripped(), **place_ids(person),
    )  # fmt: skip
    refuse_wrong(row, cases, row.recorded_at)
    with acting(by):
        save_or_refuse(row)
    if any(told.stripped().values()):
        _store_notes(SessionNotes(session=row, version=0), row, by, told)
    return row


@transaction.atomic
def correct_session(
    *, session: Session, by: User, reason: str, version: int, changes: dict[str, Any]
) -> Session:
    """Put right what was recorded wrongly; who, when, why and the old value stay in history."""
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="why")
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"Not correctable: {sorted(unknown)}")
    locked = lock_session(session)
    locked.refuse_correction(version)
    for name, value in changes.items():
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    if "asked" in changes:
        locked.ground = _ground(changes["asked"])
    locked.day = local_day(locked.occurred_at)
    refuse_wrong(locked, lock_cases(locked.person), timezone.now())
    locked.version += 1
    with acting(by, reason.strip()):
        save_or_refuse(locked)
    return locked


@transaction.atomic
def withdraw_session(*, session: Session, by: User, reason: str) -> Session:
    """It was recorded by mistake, or never held. The row stays, with the reason, and counts no
    more.
    """
    locked = lock_session(session)
    if not is_reason(reason):
        raise Refused(_("Say why the record is withdrawn."), field="reason")
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    take_back(locked, by, reason.strip(), timezone.now())
    return locked


@transaction.atomic
def write_notes(*, session: Session, by: User, version: int, told: NotesWords) -> SessionNotes:
    """By who recorded the session, and nobody else. `version`: of the notes that the page showed, 0
    where there were none. No reason is asked: it would tell of the notes.
    """
    locked = lock_session(session)
    if locked.recorded_by_id != by.pk:
        raise Refused(_("Only who recorded the session writes its notes."))
    locked.refuse_correction(locked.version)
    found = SessionNotes.objects.select_for_update(of=("self",)).filter(session=locked).first()
    notes = found or SessionNotes(session=locked, version=0)
    if notes.version != version:
        raise Refused(
            _("These notes were changed in another window. Look at them and write again.")
        )
    return _store_notes(notes, locked, by, told)


def lock_session(session: Session) -> Session:
    """The row as it is now, after the locks of its person's orders."""
    lock_cases(session.person)
    rows: Any = Session.objects.select_for_update(of=("self",))
    locked: Session = rows.select_related("person", "need", "recorded_by").get(pk=session.pk)
    return locked


def _store_notes(notes: SessionNotes, session: Session, by: User, told: NotesWords) -> SessionNotes:
    if told.theme and told.theme not in Theme.values:
        raise Refused(_("Choose a theme of the list, or none."), field="theme")
    for name, words in told.stripped().items():
        setattr(notes, name, words)
    for name, value in place_ids(session).items():
        setattr(notes, name, value)
    notes.person, notes.recorded_by = session.person, by
    notes.recorded_at, notes.version = timezone.now(), notes.version + 1
    with acting(by):
        save_or_refuse(notes)
    return notes


def _ground(asked: bool) -> str:
    return Ground.ASKED if asked else Ground.ORDER
