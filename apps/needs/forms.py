"""Shapes of what is posted about a need; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.needs.models import NeedKind, NeedOutcome, SaidBy, Urgency


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


class CloseForm(forms.Form):
    outcome = Choice(label=_("How it ended"), choices=NeedOutcome.choices)
    on = DayField(label=_("Day"), latest=today, initial=today)
    note = _words(_("Note"), required=False)
