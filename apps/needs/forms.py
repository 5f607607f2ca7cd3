"""Shapes of what is posted about a need; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.needs.models import NeedKind, NeedOutcome, SaidBy, Urgency
from apps.needs.raised import RaisedNeed


def _words(label: Any, **options: Any) -> TextField:
    return TextField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **options
    )


class NeedForm(forms.Form):
    """What is needed, how soon, and who says so."""

    kind = Choice(label=_("Kind of help"), choices=NeedKind.choices)
    urgency = Choice(
        label=_("Urgency"),
        choices=Urgency.choices,
        help_text=_("Normal: passed on within 7 days; soon: within 3; at once: today."),
    )
    said_by = Choice(label=_("Who says so"), choices=SaidBy.choices)
    said_on = DayField(label=_("Said on"), latest=today, initial=today)
    words = _words(_("In the person's words"), required=False)
    # The same tap twice is one need.
    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid7)

    def facts(self) -> dict[str, Any]:
        """Arguments of record_need."""
        facts = dict(self.cleaned_data)
        return facts | {"client_uuid": facts.pop("uuid")}


class ReferForm(forms.Form):
    to = TextField(
        label=_("Passed on to"),
        max_length=120,
        help_text=_("The office or body only; never the reason for the measure."),
    )
    on = DayField(label=_("Day"), latest=today, initial=today)
    # What stood there when the form was opened.
    instead_of = TextField(required=False, max_length=120, widget=forms.HiddenInput)


class ReopenForm(forms.Form):
    reason = ReasonField(
        label=_("Why it is opened again"),
        max_length=200,
        help_text=_("History keeps how it had ended."),
    )


class CloseNeedForm(forms.Form):
    sometimes: tuple[str, ...] = ("note",)
    outcome = Choice(label=_("How it ended"), choices=NeedOutcome.choices)
    on = DayField(label=_("Day"), latest=today, initial=today)
    note = _words(
        _("Note"), required=False, help_text=_("Needed where the need could not be met: why.")
    )


class NeedFields(forms.Form):
    """A need that came up in a contact is opened with it."""

    sometimes: tuple[str, ...] = ("need_kind", "need_urgency", "need_said_by")

    need_kind = forms.ChoiceField(
        label=_("Help that is needed"), choices=[("", "—"), *NeedKind.choices], required=False
    )
    need_urgency = Choice(label=_("Urgency"), choices=Urgency.choices, required=False)
    need_said_by = Choice(label=_("Who says so"), choices=SaidBy.choices, required=False)
    need_words = TextField(
        label=_("In the person's words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        """How soon, and who says so: asked for with the need, and never guessed."""
        data = super().clean() or self.cleaned_data
        for name in ("need_urgency", "need_said_by"):
            if data.get("need_kind") and not data.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])
        if data.get("need_words") and not data.get("need_kind"):
            self.add_error("need_kind", _("Say which help is needed."))
        return data

    def needs(self) -> list[RaisedNeed]:
        data = self.cleaned_data
        if not data["need_kind"]:
            return []
        return [
            RaisedNeed(
                data["need_kind"], data["need_urgency"], data["need_said_by"], data["need_words"]
            )
        ]
