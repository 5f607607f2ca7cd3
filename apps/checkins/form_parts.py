"""Parts of forms that every recorded contact shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.checkins.results import RaisedNeed
from apps.core.choosing import Choice
from apps.core.form_fields import ReasonField, TextField
from apps.needs.models import NeedKind, SaidBy, Urgency


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


class CorrectionFields(forms.Form):
    """A correction names its reason, and the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = ReasonField(label=_("Why it is corrected"), max_length=200)

    def changes(self) -> dict[str, Any]:
        """Only what was changed."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in ("version", "why")
        }
