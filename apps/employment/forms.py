"""Shapes of what is posted about work and training; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice, OneOf
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.core.money import YuanField
from apps.employment.codes import Consent, EndReason, Examination, Kind, Source, Still, Wish
from apps.employment.models import Base, Course, Enrolment, Look, Placement
from apps.employment.services import (
    End,
    change_base,
    change_course,
    correct_enrolment,
    correct_placement,
    end_placement,
    enrol,
    note_look,
    open_base,
    open_course,
    open_placement,
    record_certificate,
    record_examination,
    record_hours,
    take_back_end,
    withdraw_entry,
)


class PlacementForm(OnceForm):
    """`target` is the person."""

    sometimes = ("base",)

    kind = Choice(label=_("Kind of work"), choices=Kind.choices)
    starts_on = DayField(label=_("First day of work"), latest=today)
    voluntary = Choice(
        label=_("Does the person want it?"), choices=Wish.choices,
        help_text=_("Asked and answered before the work begins. Without a yes nothing is recorded, "
                    "and nothing follows from a no."),
    )  # fmt: skip
    consent_how = Choice(
        label=_("Consent, how"),
        choices=[(one.value, one.label) for one in (Consent.SAID, Consent.SIGNED)],
    )
    consent_on = DayField(label=_("Consent given on"), latest=today)
    base = OneOf(
        Base.objects.none(), label=_("Base"), required=False,
        help_text=_("Of a rehabilitation workshop or farm, if it is one of the list."),
    )  # fmt: skip
    employer = TextField(label=_("Employer"), max_length=120, required=False)
    place_words = TextField(label=_("Place of work"), max_length=120, required=False)
    wage = YuanField(
        label=_("Wage of a month, in yuan"), required=False,
        help_text=_("Left empty where nobody has said it."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bases = Base.objects.visible_to(self.user).filter(active=True)
        self.fields["base"].queryset = bases  # type: ignore[attr-defined]

    def perform(self) -> Placement:
        facts = dict(self.cleaned_data)
        wage = facts.pop("wage")
        return open_placement(person=self.target, by=self.user, wage_fen=wage, **facts)


class CorrectPlacementForm(ActForm):
    """`target` is the placement; its end is asked where there is one."""

    sometimes = ("base", "consent_on", "end_words")

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = Choice(label=_("Kind of work"), choices=Kind.choices)
    starts_on = DayField(label=_("First day of work"), latest=today)
    consent_how = Choice(label=_("Consent, how"), choices=Consent.choices)
    consent_on = DayField(
        label=_("Consent given on"), latest=today, required=False,
        help_text=_("Left empty only where a ledger did not say it."),
    )  # fmt: skip
    base = OneOf(
        Base.objects.none(), label=_("Base"), required=False,
        help_text=_("Of a rehabilitation workshop or farm, if it is one of the list."),
    )  # fmt: skip
    employer = TextField(label=_("Employer"), max_length=120, required=False)
    place_words = TextField(label=_("Place of work"), max_length=120, required=False)
    wage = YuanField(
        label=_("Wage of a month, in yuan"), required=False,
        help_text=_("Left empty where nobody has said it."),
    )  # fmt: skip
    ended_on = DayField(label=_("Last day of work"), latest=today)
    end_reason = Choice(label=_("Why it ended"), choices=EndReason.choices)
    end_words = TextField(
        label=_("The end in words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For another reason."),
    )  # fmt: skip
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs["target"]
        plain = {n: getattr(row, n) for n in self.base_fields if n not in ("reason", "wage")}
        super().__init__(*args, initial=plain | {"wage": row.wage_fen}, **kwargs)
        bases = Base.objects.visible_to(self.user).filter(active=True)
        bases = bases | Base.objects.filter(pk=row.base_id)
        self.fields["base"].queryset = bases  # type: ignore[attr-defined]
        if row.source != Source.LEDGER:
            how: Any = self.fields["consent_how"]
            how.choices = [one for one in how.choices if one[0] != Consent.LEDGER]
        if row.ended_on is None:
            for name in ("ended_on", "end_reason", "end_words"):
                del self.fields[name]

    def perform(self) -> Placement:
        facts = dict(self.cleaned_data)
        wage = facts.pop("wage")
        if "ended_on" in facts:
            end = (facts.pop(name) for name in ("ended_on", "end_reason", "end_words"))
            facts["end"] = End(*end)
        return correct_placement(placement=self.target, by=self.user, wage_fen=wage, **facts)


class TakeBackEndForm(ActForm):
    """`target` is the placement."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(label=_("Why the end is taken back"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": kwargs["target"].version}, **kwargs)

    def perform(self) -> Placement:
        return take_back_end(placement=self.target, by=self.user, **self.cleaned_data)


class LookForm(OnceForm):
    """`target` is the placement; one that runs ends with the look that finds nobody there."""

    sometimes = ("ended_on", "end_reason", "end_words")

    day = DayField(label=_("Day"), latest=today)
    still = Choice(label=_("Still there?"), choices=Still.choices)
    ended_on = DayField(
        label=_("Last day of work"), latest=today, required=False,
        help_text=_("Only of somebody who is not there any more; the last day of which you know."),
    )  # fmt: skip
    end_reason = Choice(
        label=_("Why it ended"), choices=EndReason.choices, required=False,
        help_text=_("Only of somebody who is not there any more."),
    )  # fmt: skip
    end_words = TextField(
        label=_("The end in words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For another reason."),
    )  # fmt: skip
    words = TextField(
        label=_("In words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.target.ended_on is not None:
            for name in self.sometimes:
                del self.fields[name]

    def perform(self) -> Look:
        return note_look(placement=self.target, by=self.user, **self.cleaned_data)


class EndForm(ActForm):
    """`target` is the placement."""

    sometimes = ("words",)

    on = DayField(label=_("Last day of work"), latest=today)
    reason = Choice(label=_("Why it ended"), choices=EndReason.choices)
    words = TextField(
        label=_("The end in words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For another reason."),
    )  # fmt: skip

    def perform(self) -> Placement:
        return end_placement(placement=self.target, by=self.user, **self.cleaned_data)


class WithdrawForm(ActForm):
    """`target` is a placement, a look or an enrolment."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> Any:
        return withdraw_entry(row=self.target, by=self.user, **self.cleaned_data)


class BaseForm(OnceForm):
    """There is no target yet."""

    area = AreaField(label=_("Unit"))
    name = TextField(label=_("Name of the base"), max_length=60)
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> Base:
        return open_base(by=self.user, **self.cleaned_data)


class ChangeBaseForm(ActForm):
    """`target` is the base."""

    name = TextField(label=_("Name of the base"), max_length=60)
    places = forms.IntegerField(label=_("Places"), min_value=0, max_value=10_000)
    active = forms.BooleanField(label=_("Takes persons"), required=False)

    def perform(self) -> Base:
        return change_base(base=self.target, by=self.user, **self.cleaned_data)


class CourseForm(OnceForm):
    """There is no target yet."""

    area = AreaField(label=_("Unit"))
    title = TextField(label=_("Course"), max_length=80, help_text=_("No names."))
    first = DayField(label=_("First day of the course"))
    last = DayField(label=_("Last day of the course"), required=False)
    provider = TextField(label=_("Provider"), max_length=120, required=False)
    places = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=10_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def perform(self) -> Course:
        return open_course(by=self.user, **self.cleaned_data)


class ChangeCourseForm(ActForm):
    """`target` is the course."""

    title = TextField(label=_("Course"), max_length=80, help_text=_("No names."))
    first = DayField(label=_("First day of the course"))
    last = DayField(label=_("Last day of the course"), required=False)
    provider = TextField(label=_("Provider"), max_length=120, required=False)
    places = forms.IntegerField(label=_("Places"), required=False, min_value=1, max_value=10_000)
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        names = [name for name in self.base_fields if name != "reason"]
        known = {name: getattr(kwargs["target"], name) for name in names}
        super().__init__(*args, initial=known, **kwargs)

    def perform(self) -> Course:
        return change_course(course=self.target, by=self.user, **self.cleaned_data)


class EnrolForm(OnceForm):
    """`target` is the person."""

    course = OneOf(Course.objects.none(), label=_("Course"))
    enrolled_on = DayField(label=_("Enrolled on"), latest=today)
    words = TextField(
        label=_("In the person's words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the person hopes for, for instance."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.visible_to(self.user)  # type: ignore[attr-defined]

    def perform(self) -> Enrolment:
        return enrol(person=self.target, by=self.user, **self.cleaned_data)


class HoursForm(ActForm):
    """`target` is the enrolment."""

    attended = forms.IntegerField(label=_("Hours attended"), min_value=0, max_value=10_000)
    total = forms.IntegerField(label=_("Hours of the course"), min_value=1, max_value=10_000)

    def perform(self) -> Enrolment:
        return record_hours(enrolment=self.target, by=self.user, **self.cleaned_data)


class ExaminationForm(ActForm):
    """`target` is the enrolment."""

    result = Choice(
        label=_("Examination"),
        choices=[(one.value, one.label) for one in Examination if one != Examination.NOT_YET],
    )
    on = DayField(label=_("Day of the examination"), latest=today)

    def perform(self) -> Enrolment:
        return record_examination(enrolment=self.target, by=self.user, **self.cleaned_data)


class CertificateForm(ActForm):
    """`target` is the enrolment."""

    number = TextField(label=_("Number of the certificate"), max_length=60)
    on = DayField(label=_("Day of the certificate"), latest=today)

    def perform(self) -> Enrolment:
        return record_certificate(enrolment=self.target, by=self.user, **self.cleaned_data)


class CorrectEnrolmentForm(ActForm):
    """`target` is the enrolment."""

    sometimes = ("attended", "total", "examined_on", "certificate", "certificate_on")

    version = forms.IntegerField(widget=forms.HiddenInput)
    enrolled_on = DayField(label=_("Enrolled on"), latest=today, required=False)
    words = TextField(
        label=_("In the person's words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the person hopes for, for instance."),
    )  # fmt: skip
    attended = forms.IntegerField(
        label=_("Hours attended"), min_value=0, max_value=10_000, required=False,
        help_text=_("Both numbers, or none."),
    )  # fmt: skip
    total = forms.IntegerField(
        label=_("Hours of the course"), min_value=1, max_value=10_000, required=False,
        help_text=_("Both numbers, or none."),
    )  # fmt: skip
    examination = Choice(label=_("Examination"), choices=Examination.choices)
    examined_on = DayField(
        label=_("Day of the examination"), latest=today, required=False,
        help_text=_("Needed once it was taken."),
    )  # fmt: skip
    certificate = TextField(
        label=_("Number of the certificate"), max_length=60, required=False,
        help_text=_("After a passed examination."),
    )  # fmt: skip
    certificate_on = DayField(
        label=_("Day of the certificate"), latest=today, required=False,
        help_text=_("Needed with its number."),
    )  # fmt: skip
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs["target"]
        same = ("version", "enrolled_on", "words", "examination", "examined_on", "certificate_on")
        known = {name: getattr(row, name) for name in same} | {
            "attended": row.hours_attended, "total": row.hours_total,
            "certificate": row.certificate_number,
        }  # fmt: skip
        super().__init__(*args, initial=known, **kwargs)

    def perform(self) -> Enrolment:
        return correct_enrolment(enrolment=self.target, by=self.user, **self.cleaned_data)
