"""Shapes of the sums of an occupation."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import ActForm, OnceForm
from apps.campaigns.models import CampaignCount
from apps.campaigns.services import correct_counts, record_counts
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.drugtests.codes import Occupation


class CountsForm(OnceForm):
    """`target` is the campaign."""

    first_on = DayField(label=_("From"), latest=today)
    last_on = DayField(label=_("To"), latest=today)
    occupation = Choice(label=_("Occupation"), choices=Occupation.choices)
    tested = forms.IntegerField(label=_("Tested"), min_value=0, max_value=1_000_000)
    positive = forms.IntegerField(
        label=_("Positive, to be confirmed"), min_value=0, max_value=1_000_000
    )
    words = TextField(
        label=_("Remark"), max_length=300, required=False, help_text=_("No names."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def perform(self) -> CampaignCount:
        return record_counts(campaign=self.target, by=self.user, **self.cleaned_data)


class CorrectCountsForm(ActForm):
    """`target` is the count."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    tested = forms.IntegerField(label=_("Tested"), min_value=0, max_value=1_000_000)
    positive = forms.IntegerField(
        label=_("Positive, to be confirmed"), min_value=0, max_value=1_000_000
    )
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        found = kwargs["target"]
        stored = {name: getattr(found.screening, name) for name in ("tested", "positive")}
        super().__init__(*args, initial=stored | {"version": found.version}, **kwargs)

    def perform(self) -> CampaignCount:
        return correct_counts(count=self.target, by=self.user, **self.cleaned_data)
