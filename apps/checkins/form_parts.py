"""Parts of forms that every recorded contact shares."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.checkins.results import RaisedNeed
from apps.needs.models import NeedKind, SaidBy, Urgency


class NeedFields(forms.Form):
    """A need that came up in a contact is opened with it."""

    need_kind = forms.ChoiceField(
        label=_("Help that is needed"), choices=[("", "—"), *NeedKind.choices],
        required=False,
    )  # fmt: skip
    need_urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, required=False)
    need_said_by = forms.ChoiceField(label=_("Who says so"), choices=SaidBy.choices, required=False)
    need_words = forms.CharField(
        label=_("In the person's words"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def needs(self) -> list[RaisedNeed]:
        data = self.cleaned_data
        if not data["need_kind"]:
            return []
        urgency, said_by = data["need_urgency"], data["need_said_by"]
        return [
            RaisedNeed(
                data["need_kind"], urgency or Urgency.NORMAL, said_by or SaidBy.PERSON,
                data["need_words"],
            )
        ]  # fmt: skip


class CorrectionFields(forms.Form):
    """A correction names its reason, and the version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(label=_("Why it is corrected"), max_length=200)

    def changes(self) -> dict[str, Any]:
        """Only what was changed."""
        return {
            name: self.cleaned_data[name]
            for name in self.changed_data
            if name not in ("version", "why")
        }
