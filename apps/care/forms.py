"""Shapes of what is posted about care plans and lists; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.care.codes import Doer, StepEnd, Whom
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.care.services import (
    add_person,
    add_step,
    close_list,
    close_plan,
    correct_step,
    end_step,
    fill_list,
    open_list,
    open_plan,
    record_review,
    reopen_plan,
    withdraw_entry,
)
from apps.cases.models import TeamMember
from apps.core.choosing import Choice, OneOf
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.needs.models import Need
from apps.persons.one_person import OnePersonForm


def _words(label: Any, *, rows: int = 2, **options: Any) -> TextField:
    area = forms.Textarea(attrs={"rows": rows})
    return TextField(label=label, max_length=2000, widget=area, **options)


class CarePlanForm(OnceForm):
    """`target` is the person."""

    goals = _words(
        _("Goals in the person's words"), rows=3,
        help_text=_("What the person wants to reach, as they say it."),
    )  # fmt: skip
    matters = _words(_("What matters to the person"), required=False)
    day = DayField(label=pgettext_lazy("of a care plan", "From"), latest=today)
    review_on = DayField(
        label=_("First review"),
        help_text=_("The day on which person and carers look at the plan together."),
    )

    def perform(self) -> CarePlan:
        return open_plan(person=self.target, by=self.user, **self.cleaned_data)


class _NeedChoice(OneOf):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.get_kind_display()} {obj.said_on.isoformat()}"


class _MemberChoice(OneOf):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.get_kind_display()}"


class StepFields(ActForm):
    """Who does what by when."""

    sometimes = ("member", "doer_words")

    task = TextField(label=_("What is done"), max_length=300)
    doer = Choice(label=_("Who does it"), choices=Doer.choices)
    member = _MemberChoice(
        TeamMember.objects.none(), label=_("Of the team"), required=False,
        help_text=_("For somebody of the team."),
    )  # fmt: skip
    doer_words = TextField(
        label=_("Who, in words"), required=False, max_length=120,
        help_text=_("For an office or somebody else."),
    )  # fmt: skip
    by_day = DayField(label=_("By when"))
    need = _NeedChoice(
        Need.objects.none(), label=_("Need"), required=False,
        help_text=_("An open need that the step is for."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person, day, now = self.target.person, today(), self._named_now()
        team = TeamMember.objects.visible_to(self.user).filter(person=person)
        there = team.there_on(day).filter(case__closed_on=None) | team.filter(pk=now[0])
        needs = Need.objects.visible_to(self.user).filter(person=person)
        needs = needs.open_on(day) | needs.filter(pk=now[1])
        members: Any = self.fields["member"]
        members.queryset = there.order_by("-is_lead", "joined_on", "pk")
        self.fields["need"].queryset = needs.order_by("said_on", "pk")  # type: ignore[attr-defined]

    def _named_now(self) -> tuple[int | None, int | None]:
        """Member and need that stand there already, whatever has become of them."""
        return None, None


class CareStepForm(StepFields, OnceForm):
    """`target` is the plan."""

    def perform(self) -> CareStep:
        return add_step(plan=self.target, by=self.user, **self.cleaned_data)


class CorrectCareStepForm(StepFields):
    """`target` is the step."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs["target"]
        known = {name: getattr(row, name) for name in self.base_fields if name != "reason"}
        super().__init__(*args, initial=known, **kwargs)

    def _named_now(self) -> tuple[int | None, int | None]:
        return self.target.member_id, self.target.need_id

    def perform(self) -> CareStep:
        return correct_step(step=self.target, by=self.user, **self.cleaned_data)


class EndCareStepForm(ActForm):
    """`target` is the step."""

    sometimes = ("words",)

    ended = Choice(label=_("How the step ended"), choices=StepEnd.choices)
    on = DayField(label=_("Day"), latest=today, initial=today)
    words = _words(
        _("In words"), required=False,
        help_text=_("Needed unless it was done: why. Nothing follows for the person."),
    )  # fmt: skip

    def perform(self) -> CareStep:
        return end_step(step=self.target, by=self.user, **self.cleaned_data)


class CareReviewForm(OnceForm):
    """`target` is the plan."""

    day = DayField(label=_("Day of the review"), latest=today)
    took_part = TextField(label=_("Who took part"), max_length=300)
    said = _words(_("What the person says of it"), required=False)
    changed = _words(_("What changes"), required=False)
    next_on = DayField(label=_("Next review"))

    def perform(self) -> CareReview:
        return record_review(plan=self.target, by=self.user, **self.cleaned_data)


class CloseCarePlanForm(ActForm):
    """`target` is the plan."""

    on = DayField(label=_("Day"), latest=today, initial=today)
    reason = ReasonField(label=_("Why it is closed"), max_length=300)

    def perform(self) -> CarePlan:
        return close_plan(plan=self.target, by=self.user, **self.cleaned_data)


class ReopenCarePlanForm(ActForm):
    """`target` is the plan."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": kwargs["target"].version}, **kwargs)

    def perform(self) -> CarePlan:
        return reopen_plan(plan=self.target, by=self.user, **self.cleaned_data)


class WithdrawCareForm(ActForm):
    """`target` is a plan, a step, a review or an entry of a list."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> Any:
        return withdraw_entry(row=self.target, by=self.user, **self.cleaned_data)


class TakeOffForm(WithdrawCareForm):
    """`target` is an entry of a list."""

    reason = ReasonField(label=_("Why the person is taken off"), max_length=200)


class CareListForm(OnceForm):
    """There is no target yet."""

    area = AreaField(label=_("Unit"))
    title = TextField(label=_("Title"), max_length=80, help_text=_("No names."))
    ground = ReasonField(label=_("Why there is this list"), max_length=300)
    first = DayField(label=_("From"))
    last = DayField(label=_("To"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> CareList:
        return open_list(by=self.user, **self.cleaned_data)


class FillCareListForm(ActForm):
    """`target` is the list. Place left empty: the whole unit."""

    whom = Choice(label=_("Who comes onto the list"), choices=Whom.choices)
    place = AreaField(label=_("Town or village"), required=False)
    reason = ReasonField(label=_("Why they are on the list"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].bind(self.target.area)  # type: ignore[attr-defined]

    def perform(self) -> int:
        return fill_list(found=self.target, by=self.user, **self.cleaned_data)


class AddToCareListForm(OnePersonForm, OnceForm):
    """`target` is the list. `found`: whom the words meant."""

    reason = ReasonField(
        label=_("Why the person is on the list"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def perform(self) -> CareListEntry:
        facts = dict(self.cleaned_data)
        return add_person(found=self.target, person=facts.pop("who"), by=self.user, **facts)


class CloseCareListForm(ActForm):
    """`target` is the list; there is nothing to fill in."""

    def perform(self) -> CareList:
        return close_list(found=self.target, by=self.user)
