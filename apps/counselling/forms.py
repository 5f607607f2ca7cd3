"""Shapes of what is posted about a session; the rules are the services'."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm, OnceForm
from apps.contacts.forms import CorrectionFields
from apps.core.choosing import Choice, OneOf
from apps.core.days import SHANGHAI
from apps.core.form_fields import DayField, MomentField, ReasonField, TextField
from apps.counselling.codes import Counsellor, FamilyTold, Ground, Kind, Theme
from apps.counselling.models import LONGEST, Session, SessionNotes
from apps.counselling.services import (
    ByWhom,
    NotesWords,
    correct_session,
    record_session,
    withdraw_session,
    write_notes,
)
from apps.needs.models import Need, NeedOutcome
from apps.persons.models import Person

FACTS: Final = (
    "kind", "occurred_at", "counsellor", "counsellor_name", "counsellor_body", "family_told",
    "agreed_on", "asked", "minutes", "next_on", "need",
)  # fmt: skip


class NotesFields(forms.Form):
    """What only the notes hold; all of it may stay empty."""

    theme = Choice(label=_("Theme"), choices=Theme.choices, required=False)
    place_words = TextField(label=_("Place of the session"), max_length=120, required=False)
    family_words = TextField(label=_("Who of the family took part"), max_length=200, required=False)
    words = TextField(
        label=_("Confidential notes"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    def told(self) -> NotesWords:
        return NotesWords(**{name: self.cleaned_data[name] for name in NotesWords.__slots__})

    def notes(self) -> Iterator[Any]:
        """Fields for the card of the notes."""
        return (self[name] for name in NotesWords.__slots__)


class SessionFacts(ActForm):
    """That it was held: shared by the new record and the correction."""

    sometimes = ("counsellor_name", "counsellor_body", "family_told", "agreed_on", "asked")

    kind = Choice(label=_("Kind of session"), choices=Kind.choices)
    occurred_at = MomentField(label=_("Time"))
    counsellor = Choice(label=_("Who counselled"), choices=Counsellor.choices)
    counsellor_name = TextField(
        label=_("Name of the counsellor"), max_length=60, required=False,
        help_text=_("Where it was somebody else: a name, a body, or both."),
    )  # fmt: skip
    counsellor_body = TextField(
        label=_("Body of the counsellor"), max_length=120, required=False,
        help_text=_("Where it was somebody else: a hospital, a station, a school."),
    )  # fmt: skip
    family_told = Choice(
        label=_("What the family was told"), choices=FamilyTold.choices, required=False,
        help_text=_("Needed where the family took part."),
    )  # fmt: skip
    agreed_on = DayField(
        label=_("The person agreed on"), required=False,
        help_text=_("Needed where the family was told anything about the person."),
    )  # fmt: skip
    asked = forms.BooleanField(
        label=_("The person asked for it"), required=False,
        help_text=_("Needed where no order is in force: after the term counselling is for whoever "
                    "asks, and offered to nobody."),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=LONGEST)
    next_on = DayField(
        label=_("Next date agreed"), required=False,
        help_text=_("Agreed with the person. No duty: nothing follows when nobody comes."),
    )  # fmt: skip
    need = OneOf(
        Need.objects.none(), label=_("Need"), required=False,
        help_text=_("Which need it answers."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = Need.objects.visible_to(self.user).filter(person=self.person)
        known: Any = self.fields["need"]
        known.queryset = rows.exclude(outcome=NeedOutcome.MISTAKE).order_by("-said_on", "-pk")

    @property
    def person(self) -> Person:
        found: Person = self.target
        return found

    def facts(self) -> Iterator[Any]:
        """Fields for the card of the session."""
        return (self[name] for name in FACTS)


class SessionForm(SessionFacts, NotesFields, OnceForm):
    """`target` is the person."""

    def perform(self) -> Session:
        said = {name: self.cleaned_data[name] for name in FACTS}
        who = ByWhom(**{name: said.pop(name) for name in ByWhom.__slots__})
        return record_session(
            person=self.target, by=self.user, client_uuid=self.cleaned_data["client_uuid"],
            who=who, told=self.told(), **said,
        )  # fmt: skip


class SessionCorrection(CorrectionFields, SessionFacts):
    """`target` is the session."""

    @property
    def person(self) -> Person:
        found: Person = self.target.person
        return found

    def perform(self) -> Session:
        data = self.cleaned_data
        return correct_session(
            session=self.target, by=self.user, reason=data["why"], version=data["version"],
            changes=self.changes(),
        )  # fmt: skip


class WithdrawSession(ActForm):
    """`target` is the session."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> Session:
        return withdraw_session(session=self.target, by=self.user, **self.cleaned_data)


class NotesForm(NotesFields, ActForm):
    """`target` is the session; who recorded it writes."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def perform(self) -> SessionNotes:
        version = self.cleaned_data["version"]
        return write_notes(session=self.target, by=self.user, version=version, told=self.told())


def as_stored(session: Session) -> dict[str, Any]:
    """What the correction begins with."""
    plain = {name: getattr(session, name) for name in FACTS if name not in ("asked", "need")}
    return plain | {
        "occurred_at": to_the_minute(session.occurred_at), "need": session.need_id,
        "asked": session.ground == Ground.ASKED, "version": session.version,
    }  # fmt: skip


def to_the_minute(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(second=0, microsecond=0)


def notes_stored(notes: SessionNotes | None) -> dict[str, Any]:
    """What the form of the notes begins with."""
    if notes is None:
        return {"version": 0}
    return {name: getattr(notes, name) for name in (*NotesWords.__slots__, "version")}
