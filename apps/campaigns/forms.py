"""Shapes of what is posted about campaigns; the grid has its own (`grid.py`)."""

import re
from typing import Any, Final
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.campaigns.codes import OTHER_GROUNDS, Asks
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import (
    add_person,
    close_campaign,
    excuse_target,
    fill_from_draw,
    fill_from_numbers,
    fill_from_orders,
    open_campaign,
)
from apps.campaigns.services.targets import Answered
from apps.cases.codes import RiskLevel
from apps.core.choosing import Choice, OneOf
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.draws.models import Draw
from apps.drugtests.codes import Sample, TestKind
from apps.persons.one_person import OnePersonForm

BETWEEN: Final = re.compile(r"[\s,;、]+")
MOST_NUMBERS: Final = 500


class CampaignForm(OnceForm):
    """There is no target yet."""

    asks = Choice(
        label=_("Who is asked"), choices=Asks.choices,
        help_text=_("An occupation is counted: nobody is ever on a list of it."),
    )  # fmt: skip
    area = AreaField(label=_("Unit"))
    title = TextField(label=_("Title"), max_length=80, help_text=_("No names."))
    first = DayField(
        label=_("From"), help_text=_("Who has a running duty on this day can be on the list.")
    )
    last = DayField(label=_("To"))
    sample = Choice(label=_("Sample"), choices=Sample.choices)
    kind = Choice(label=_("Kind of test"), choices=TestKind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> Campaign:
        return open_campaign(by=self.user, **self.cleaned_data)


class FillForm(ActForm):
    """`target` is the campaign. Left empty: everybody of the unit with a running duty."""

    place = AreaField(label=_("Town or village"), required=False)
    risk_level = forms.ChoiceField(
        label=_("Risk level"), choices=[("", _("All")), *RiskLevel.choices], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].bind(self.target.area)  # type: ignore[attr-defined]

    def perform(self) -> int:
        return fill_from_orders(campaign=self.target, by=self.user, **self.cleaned_data)


class NumbersForm(ActForm):
    """`target` is the campaign."""

    numbers = TextField(
        label=_("File numbers"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Pasted from a table or typed: one a line, or with commas or blanks between."),
    )  # fmt: skip

    def clean_numbers(self) -> list[str]:
        """Each once, in the order in which they stand."""
        words = normalize("NFKC", self.cleaned_data["numbers"])
        found = list(dict.fromkeys(part for part in BETWEEN.split(words) if part))
        if len(found) > MOST_NUMBERS:
            raise ValidationError(_("At most %(n)s numbers at once.") % {"n": MOST_NUMBERS})
        return found

    def perform(self) -> list[Answered]:
        return fill_from_numbers(
            campaign=self.target, by=self.user, typed=self.cleaned_data["numbers"]
        )


class FillFromDrawForm(ActForm):
    """`target` is the campaign."""

    draw = OneOf(Draw.objects.none(), label=_("Random draw"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Draw.objects.visible_to(self.user).in_area(self.target.area.today)
        field: Any = self.fields["draw"]
        field.queryset = rows.select_related("county", "town", "village").order_by("-day", "-pk")

    def perform(self) -> int:
        return fill_from_draw(campaign=self.target, by=self.user, **self.cleaned_data)


class AddForm(OnePersonForm, OnceForm):
    """`target` is the campaign. `found`: whom the words meant."""

    sometimes = ("ground", "ground_words")
    ground = Choice(
        label=_("Ground"), choices=[(one.value, one.label) for one in OTHER_GROUNDS],
        required=False,
        help_text=_(
            "Needed where no duty runs on the first day of the campaign, nor today once it has "
            "begun."
        ),
    )  # fmt: skip
    ground_words = ReasonField(
        label=_("Ground in words"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Which article and why, or when and where the consent was signed."),
    )  # fmt: skip

    def perform(self) -> CampaignTarget:
        facts = dict(self.cleaned_data)
        return add_person(campaign=self.target, person=facts.pop("who"), by=self.user, **facts)


class ExcuseTargetForm(ActForm):
    """`target` is the row of the list."""

    reason = ReasonField(label=_("Why no sample is asked for"), max_length=200)

    def perform(self) -> CampaignTarget:
        return excuse_target(target=self.target, by=self.user, **self.cleaned_data)


class CloseForm(ActForm):
    """`target` is the campaign; there is nothing to fill in."""

    def perform(self) -> Campaign:
        return close_campaign(campaign=self.target, by=self.user)
