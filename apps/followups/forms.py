"""Shapes of what is posted about follow-up rounds; the rules are the services'."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice
from apps.core.form_fields import DayField, MomentField, ReasonField, TextField
from apps.followups.codes import Life, Mind, Reached, Way, Work
from apps.followups.models import FollowUpAttempt, FollowUpRound, FollowUpTarget
from apps.followups.services import (
    add_person,
    close_round,
    fill_from_orders,
    fill_from_released,
    note_second_call,
    open_round,
    record_attempt,
    remove_target,
    withdraw_attempt,
)
from apps.needs.forms import NeedFields
from apps.persons.one_person import OnePersonForm


class RoundForm(OnceForm):
    """There is no target yet."""

    area = AreaField(label=_("Unit"))
    title = TextField(label=_("Title"), max_length=80, help_text=_("No names."))
    first = DayField(label=_("From"))
    last = DayField(label=_("To"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> FollowUpRound:
        return open_round(by=self.user, **self.cleaned_data)


class _FillForm(ActForm):
    """`target` is the round. Left empty: the whole unit."""

    place = AreaField(label=_("Town or village"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].bind(self.target.area)  # type: ignore[attr-defined]


class FillForm(_FillForm):
    def perform(self) -> int:
        return fill_from_orders(round=self.target, by=self.user, **self.cleaned_data)


class FillReleasedForm(_FillForm):
    def perform(self) -> int:
        return fill_from_released(round=self.target, by=self.user, **self.cleaned_data)


class AddForm(OnePersonForm, OnceForm):
    """`target` is the round. `found`: whom the words meant."""

    ground_words = ReasonField(
        label=_("Ground in words"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    asked_for_it = forms.BooleanField(label=_("The person asks for it"), required=False)

    def perform(self) -> FollowUpTarget:
        facts = dict(self.cleaned_data)
        return add_person(round=self.target, person=facts.pop("who"), by=self.user, **facts)


class CallForm(ActForm):
    """`target` is the row of the list."""

    on = DayField(label=pgettext_lazy("of follow-ups", "Second call for"))

    def perform(self) -> FollowUpTarget:
        return note_second_call(target=self.target, by=self.user, **self.cleaned_data)


class RemoveForm(ActForm):
    """`target` is the row of the list."""

    reason = ReasonField(label=_("Why the person is taken off"), max_length=200)

    def perform(self) -> FollowUpTarget:
        return remove_target(target=self.target, by=self.user, **self.cleaned_data)


class CloseRoundForm(ActForm):
    """`target` is the round; there is nothing to fill in."""

    def perform(self) -> FollowUpRound:
        return close_round(round=self.target, by=self.user)


class FollowUpForm(NeedFields, OnceForm):
    """`target` is the row of the list. How it was is asked of who was reached, and may be left out;
    a need that came up is opened with it."""

    sometimes = ("way", "life", "work", "mind", *NeedFields.sometimes)

    outcome = Choice(label=_("Outcome"), choices=Reached.choices)
    way = Choice(
        label=_("Way"), choices=Way.choices, required=False,
        help_text=_("Of who was reached."),
    )  # fmt: skip
    occurred_at = MomentField(label=_("Time"), initial=timezone.now)
    life = Choice(
        label=_("Life"), choices=Life.choices, required=False,
        help_text=_("As the person tells it; may stay open."),
    )  # fmt: skip
    work = Choice(
        label=pgettext_lazy("of somebody followed up", "Work"), choices=Work.choices,
        required=False, help_text=_("As the person tells it; may stay open."),
    )  # fmt: skip
    mind = Choice(
        label=_("State of mind"), choices=Mind.choices, required=False,
        help_text=_("In distress: call somebody now, and say below whom you called. Nothing is "
                    "held against anybody for it."),
    )  # fmt: skip
    words = TextField(
        label=_("In the person's words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    another = forms.BooleanField(label=_("This was another talk"), required=False)

    field_order = (
        "client_uuid", "outcome", "way", "occurred_at", "life", "work", "mind", "words", "another",
    )  # fmt: skip

    def perform(self) -> FollowUpAttempt:
        own = ("client_uuid", *self.field_order[1:])
        facts = {name: self.cleaned_data[name] for name in own}
        return record_attempt(target=self.target, by=self.user, needs=self.needs(), **facts)


class WithdrawAttemptForm(ActForm):
    """`target` is the try."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> FollowUpAttempt:
        return withdraw_attempt(attempt=self.target, by=self.user, **self.cleaned_data)
