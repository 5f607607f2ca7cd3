"""Shapes of what is posted about learning; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.learning.codes import Origin
from apps.learning.models import MOST, LearningRecord, UnitScore
from apps.learning.services import (
    correct_learning,
    record_learning,
    record_unit_score,
    withdraw_learning,
    withdraw_unit_score,
)


def _points(**options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Points"), min_value=0, max_value=MOST, max_digits=9, decimal_places=4,
        help_text=_("As they were written: 98.9 stays 98.9, and 98.90 stays 98.90."), **options,
    )  # fmt: skip


class LearnedFields(ActForm):
    """What persons and units have in common."""

    sometimes = ("platform",)

    title = TextField(label=_("Course or content"), max_length=80)
    origin = Choice(label=_("Learned where"), choices=Origin.choices)
    platform = TextField(
        label=_("Name of the platform"), max_length=60, required=False,
        help_text=_("Needed for another platform."),
    )  # fmt: skip
    first = DayField(label=_("Day of learning, or the first"), latest=today)
    last = DayField(label=_("Last day of learning"), required=False, latest=today)


class PersonLearned(LearnedFields):
    """Of a person."""

    points = _points(required=False)
    hours = forms.DecimalField(
        label=_("Hours of learning"), required=False, min_value=0, max_value=9_999,
        max_digits=6, decimal_places=2,
    )  # fmt: skip
    words = TextField(
        label=_("Remark"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class LearningForm(PersonLearned, OnceForm):
    """`target` is the person."""

    def perform(self) -> LearningRecord:
        return record_learning(person=self.target, by=self.user, **self.cleaned_data)


class CorrectLearningForm(PersonLearned):
    """`target` is the record."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs["target"]
        known = {name: getattr(row, name) for name in self.base_fields if name != "reason"}
        super().__init__(*args, initial=known, **kwargs)

    def perform(self) -> LearningRecord:
        return correct_learning(record=self.target, by=self.user, **self.cleaned_data)


class UnitScoreForm(LearnedFields, OnceForm):
    """There is no target yet."""

    area = AreaField(label=_("Unit"))
    points = _points()
    words = TextField(
        label=_("Remark"), required=False, max_length=200, help_text=_("No names."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    field_order = ("area", "title", "origin", "platform", "first", "last", "points", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> UnitScore:
        return record_unit_score(by=self.user, **self.cleaned_data)


class WithdrawLearningForm(ActForm):
    """`target` is the record of a person."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> LearningRecord:
        return withdraw_learning(record=self.target, by=self.user, **self.cleaned_data)


class WithdrawUnitScoreForm(ActForm):
    """`target` is the score of a unit."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> UnitScore:
        return withdraw_unit_score(score=self.target, by=self.user, **self.cleaned_data)
