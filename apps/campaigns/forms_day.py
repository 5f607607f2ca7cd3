"""Shapes of a sample day: a step with what was typed before, and a sample of the list."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.audit.act_page import OnceForm
from apps.campaigns.codes import is_not_taken, outcomes_of
from apps.campaigns.label_guard import NoLabels
from apps.campaigns.models import CampaignSite
from apps.campaigns.services import Entered, enter_sample
from apps.core.choosing import Choice
from apps.core.days import SHANGHAI
from apps.core.form_fields import MomentField, TextField
from apps.drugtests.chain import SENDINGS, StepKind
from apps.drugtests.codes import Medicine, TestPlace
from apps.drugtests.forms_steps import StepForm
from apps.drugtests.models import Step
from apps.persons.codes import Sex

# Of the people who work and of the places: what is the same for the next sample, and never what
# says something about a person.
CARRIED: Final[tuple[str, ...]] = ("by_name", "second_name", "body")
COLLECTING: Final = ("place", "collector", "collector_sex", "second_collector", "second_sex")


class DayStepForm(NoLabels, StepForm):
    """A step as on its own page, of the bottle whose label was scanned."""

    def __init__(self, *args: Any, bottle: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bottle = bottle
        if bottle:  # The label that was scanned says it.
            self.fields.pop("bottle", None)

    def perform(self) -> Step:
        self.cleaned_data.setdefault("bottle", self.bottle)
        return super().perform()

    @property
    def carried(self) -> dict[str, Any]:
        """For the next sample at this step."""
        names = (
            CARRIED if self.kind in (*SENDINGS, StepKind.SEALED, StepKind.STORED) else CARRIED[:1]
        )
        if self.kind in (StepKind.SEALED, StepKind.STORED):
            names = (*names, "place_words")
        return {name: self.data[name] for name in names if self.data.get(name)}


class CollectForm(NoLabels, OnceForm):
    """`target` is the row of the list; the two collectors of the site stand there already."""

    sometimes = ("medicine_words", "note")
    occurred_at = MomentField(label=_("Time"))
    medicine = Choice(
        label=_("Medicines declared"), choices=Medicine.choices,
        help_text=_("Ask before the sample is taken: some medicines make a strip positive."),
    )  # fmt: skip
    medicine_words = TextField(
        label=_("Which medicines"), required=False, max_length=200,
        help_text=_("Needed where one was declared."),
    )  # fmt: skip
    outcome = Choice(label=_("Result"), choices=[])
    note = TextField(
        label=_("What happened"), required=False, max_length=1000,
        help_text=_("Needed where the person refused or evaded, and for another reason."),
    )  # fmt: skip
    place = Choice(label=_("Where"), choices=TestPlace.choices)
    collector = TextField(label=_("Collector"), max_length=60)
    collector_sex = Choice(label=_("Sex of the collector"), choices=Sex.choices)
    second_collector = TextField(label=_("Second collector"), max_length=60)
    second_sex = Choice(label=_("Sex of the second collector"), choices=Sex.choices)
    another = forms.BooleanField(label=_("This was another one on the same day"), required=False)

    def __init__(self, *args: Any, target: Any, **kwargs: Any) -> None:
        now = timezone.now().astimezone(SHANGHAI)
        initial = {"occurred_at": now} | (kwargs.pop("initial", None) or {})
        super().__init__(*args, target=target, initial=initial, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [("", "—"), *outcomes_of(target.campaign.kind, target.campaign.sample)]
        if self.is_bound and is_not_taken(self.data.get("outcome")):
            self.fields["medicine"].required = False  # asked before a sample

    @property
    def plain_fields(self) -> list[Any]:
        """Whether it was another one is asked where somebody has recorded one."""
        asked = bool(self.is_bound and (self.errors.get("another") or self.data.get("another")))
        return [field for field in self.visible_fields() if asked or field.name != "another"]

    @property
    def carried(self) -> dict[str, Any]:
        return {name: self.data[name] for name in COLLECTING if self.data.get(name)}

    def perform(self) -> Entered:
        return enter_sample(target=self.target, by=self.user, **self.cleaned_data)


def of_site(site: CampaignSite | None) -> dict[str, Any]:
    """Who takes samples at a site, and who seals them."""
    if site is None:
        return {}
    facts = {name: getattr(site, name) for name in COLLECTING}
    return facts | {"by_name": site.collector, "second_name": site.second_collector}
