"""Shapes of what is posted; the rules are the services'."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.checkins.codes import ATTEMPTS, Method
from apps.checkins.models import CheckIn
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.contacts.forms import CorrectionFields
from apps.core.choosing import Choice
from apps.core.days import SHANGHAI
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, MomentField, TextField
from apps.needs.forms import NeedFields

ROWS = [("today", ""), ("round", "")]
# Nobody is guessed to have gone there: an attempt says how it was made.
TRIES = [(f"{reason}:{method}", "") for reason in NotDoneReason for method in ATTEMPTS]
MOODS = [
    ("", _("Not asked")),
    (1, _("1 · very low")),
    (2, _("2 · low")),
    (3, _("3 · even")),
    (4, _("4 · good")),
    (5, _("5 · very good")),
]


class TapForm(forms.Form):
    """One tap: how the person was reached, or why not and how it was tried."""

    uuid = forms.UUIDField()
    item = forms.IntegerField(required=False)
    act = forms.ChoiceField(choices=[*Method.choices, *TRIES])
    row = forms.ChoiceField(choices=ROWS, required=False)

    @property
    def reason(self) -> str:
        """Why it could not be done, where it could not."""
        return str(self.cleaned_data["act"]).partition(":")[0] if self.is_attempt else ""

    @property
    def method(self) -> str:
        return str(self.cleaned_data["act"]).rpartition(":")[2]

    @property
    def is_attempt(self) -> bool:
        return ":" in self.cleaned_data["act"]


class CheckInFields(forms.Form):
    """What a contact was: shared by the full form and the correction."""

    sometimes: tuple[str, ...] = ("reason", "next_on")

    outcome = Choice(label=_("Outcome"), choices=ContactOutcome.choices)
    method = Choice(label=_("Method"), choices=Method.choices)
    reason = forms.ChoiceField(
        label=_("Why not"),
        choices=[("", "—"), *NotDoneReason.choices],
        required=False,
        help_text=_("Needed when it could not be done."),
    )
    occurred_at = MomentField(
        label=_("Time"), help_text=_("An earlier day is marked as entered later.")
    )
    next_on = DayField(
        label=_("Next date"), required=False, help_text=_("Needed when it could not be done.")
    )
    mood = forms.TypedChoiceField(
        label=_("Mood"), choices=MOODS, required=False, coerce=int, empty_value=None
    )
    note = TextField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckInForm(NeedFields, CheckInFields):
    """A contact that is more than a tap; a need that came up is opened with it."""

    sometimes = (*CheckInFields.sometimes, *NeedFields.sometimes)

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def contact(self) -> dict[str, Any]:
        """Arguments of log_checkin."""
        names = ("outcome", "method", "reason", "occurred_at", "next_on", "mood", "note")
        return {name: self.cleaned_data[name] for name in names}


class CorrectionForm(CorrectionFields, CheckInFields):
    """What a contact was, put right."""


class NoteForm(forms.Form):
    note = TextField(label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def new_contact() -> dict[str, Any]:
    """What the full form proposes: the moment, and nothing about the person."""
    return {"uuid": uuid7(), "occurred_at": timezone.now().astimezone(SHANGHAI)}


def as_stored(checkin: CheckIn) -> dict[str, Any]:
    """What the correction begins with."""
    return {
        "outcome": checkin.outcome,
        "method": checkin.method,
        "reason": checkin.reason,
        "occurred_at": checkin.occurred_at.astimezone(SHANGHAI).replace(second=0, microsecond=0),
        "next_on": checkin.next_on,
        "mood": checkin.mood,
        "note": checkin.note,
        "version": checkin.version,
    }
