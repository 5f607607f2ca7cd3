"""The grid of batch entry: a head that holds for all rows, and one row a person of the list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.campaigns.clock_field import ClockField
from apps.campaigns.codes import Stands, is_not_taken, outcomes_of
from apps.campaigns.label_guard import NoLabels
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import Entered, enter_sample
from apps.campaigns.stands import state_of
from apps.contacts.given import Given
from apps.core.choosing import Choice
from apps.core.days import SHANGHAI, today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, TextField
from apps.core.refusals import conflict_of, shown_in
from apps.drugtests.codes import Medicine, TestPlace
from apps.persons.codes import Sex

TOUCHED = ("time", "medicine", "medicine_words", "outcome", "note")


class HeadForm(NoLabels, forms.Form):
    """Set once: the day, the place, and the two who take the samples."""

    day = DayField(label=_("Day"), latest=today, initial=today)
    place = Choice(label=_("Where"), choices=TestPlace.choices)
    collector = TextField(label=_("Collector"), max_length=60)
    collector_sex = Choice(label=_("Sex of the collector"), choices=Sex.choices)
    second_collector = TextField(label=_("Second collector"), max_length=60)
    second_sex = Choice(label=_("Sex of the second collector"), choices=Sex.choices)


class RowForm(NoLabels, forms.Form):
    """One person. Nothing is chosen beforehand, and an untouched row is left alone."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    time = ClockField(label=_("Time"))
    medicine = Choice(label=_("Medicines declared"), choices=Medicine.choices)
    medicine_words = TextField(label=_("Which medicines"), required=False, max_length=200)
    outcome = Choice(label=_("Result"), choices=[])
    another = forms.BooleanField(label=_("This was another one on the same day"), required=False)
    note = TextField(label=_("What happened"), required=False, max_length=1000)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [("", "—"), *outcomes_of(campaign.kind, campaign.sample)]
        for name in ("time", "medicine", "outcome"):
            self.fields[name].required = self.is_touched
        if is_not_taken(self.data.get(self.add_prefix("outcome"))):
            self.fields["medicine"].required = False  # asked before a sample
        # Asked where somebody has recorded one already.
        self.asks_another = False

    @property
    def asks_note(self) -> bool:
        """Where a reason is not enough without words, or somebody has written them."""
        return self.is_bound and bool("note" in self.errors or self["note"].value())

    @property
    def is_touched(self) -> bool:
        return any(self.data.get(self.add_prefix(name), "").strip() for name in TOUCHED)


class GridRow:
    """A person of the list with the form, or with what is stored."""

    def __init__(
        self, target: CampaignTarget, data: Any = None, given: Sequence[Given] = ()
    ) -> None:
        self.target = target
        # What a clinic gives the person on the day: the result is read with it.
        self.given = [one.words for one in given]
        campaign = target.campaign
        self.form = RowForm(data, prefix=f"r{target.pk}", campaign=campaign)
        if data is not None and not self.form.is_touched:
            self.form = RowForm(prefix=f"r{target.pk}", campaign=campaign)
        self.saved: Entered | None = None

    @property
    def person(self) -> Any:
        return self.target.person

    @property
    def test(self) -> Any:
        return self.target.standing_test

    @property
    def is_wrong(self) -> bool:
        return self.form.is_bound and bool(self.form.errors)

    @property
    def is_conflict(self) -> bool:
        return conflict_of(self.form) is not None

    @property
    def is_done(self) -> bool:
        """A sample is on file and nobody has typed other words; or it was noted just now that none
        could be taken.
        """
        return (self.test is not None or self.saved is not None) and not self.is_wrong

    @property
    def record(self) -> Any:
        """What is on file: the sample, or why there is none."""
        return self.saved.test if self.saved is not None else self.test

    @property
    def state(self) -> tuple[str, str]:
        """Kind of tag and word."""
        if self.saved is not None and not self.saved.test.is_taken:
            return "na", str(self.saved.test.get_reason_not_display())
        if self.test is not None:
            return "done", str(Stands.TAKEN.label)
        return state_of(self.target)

    @property
    def wrong_words(self) -> list[str]:
        """What is wrong, each with the name of its field; a conflict with both versions."""
        if found := conflict_of(self.form):
            return [str(found)]
        lines = []
        for name, errors in self.form.errors.items():
            label = f"{self.form.fields[name].label}: " if name in self.form.fields else ""
            lines += [f"{label}{error}" for error in errors]
        return lines

    def save(self, by: Any, head: HeadForm) -> None:
        """Whatever comes of it comes of this row alone."""
        if not (self.form.is_bound and self.form.is_valid()):
            return
        facts = dict(self.form.cleaned_data)
        shared = dict(head.cleaned_data)
        at = datetime.combine(shared.pop("day"), facts.pop("time"), SHANGHAI)
        with shown_in(self.form):
            self.saved = enter_sample(
                target=self.target, by=by, occurred_at=at, **shared, **facts
            )  # fmt: skip
            if self.saved.test.is_taken:
                self.target.test = self.saved.test
        self.form.asks_another = "another" in self.form.errors

    @property
    def said(self) -> str:
        """What is on file; a result stands on the record and not in the grid."""
        test = self.record
        words = f"{test.occurred_at.astimezone(SHANGHAI):%m-%d %H:%M}"
        return f"{words} · {test.recorded_by.name}"
