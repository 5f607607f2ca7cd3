"""Shapes of what is posted about maintenance treatment; the rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.core.choosing import Choice, OneOf
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.treatment.codes import Basis, ClinicKind, EndReason, Medicine, Source
from apps.treatment.models import Attendance, Clinic, Treatment
from apps.treatment.services import (
    begin_treatment,
    change_clinic,
    correct_attendance,
    correct_treatment,
    end_treatment,
    open_clinic,
    record_attendance,
    take_back_end,
    withdraw_entry,
)


def days_field(label: Any, least: int = 0, **options: Any) -> forms.IntegerField:
    """Days of a month."""
    return forms.IntegerField(label=label, min_value=least, max_value=31, **options)


class ClinicForm(OnceForm):
    """There is no target yet."""

    sometimes = ("centre",)

    area = AreaField(label=_("Unit"))
    name = TextField(label=_("Name of the clinic"), max_length=60)
    kind = Choice(label=_("Kind of clinic"), choices=ClinicKind.choices)
    centre = OneOf(
        Clinic.objects.none(), label=_("Belongs to the centre"), required=False,
        help_text=_("Needed for a self-service station."),
    )  # fmt: skip
    opened_on = DayField(label=_("Open since"), latest=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]
        centres = Clinic.objects.visible_to(self.user).filter(kind=ClinicKind.CENTRE)
        self.fields["centre"].queryset = centres  # type: ignore[attr-defined]

    def perform(self) -> Clinic:
        return open_clinic(by=self.user, **self.cleaned_data)


class ChangeClinicForm(ActForm):
    """`target` is the clinic."""

    name = TextField(label=_("Name of the clinic"), max_length=60)
    closed_on = DayField(
        label=_("Clinic closed on"), required=False, latest=today,
        help_text=_("Left empty while the clinic is open."),
    )  # fmt: skip

    def perform(self) -> Clinic:
        return change_clinic(clinic=self.target, by=self.user, **self.cleaned_data)


def by_unit(clinics: Any) -> Any:
    return clinics.select_related("area").order_by("area__code", "name", "pk")


class ClinicChoice(OneOf):
    """By name, with the unit: two counties may have one name."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.area.name}"


class TreatmentFields(ActForm):
    """What is written down when it begins, and put right later."""

    sometimes: tuple[str, ...] = ("medicine_words",)

    clinic = ClinicChoice(
        Clinic.objects.none(), label=_("Clinic"),
        help_text=_("Of the own county or of another one of the province."),
    )  # fmt: skip
    medicine = Choice(
        label=_("Medicine"), choices=Medicine.choices,
        help_text=_("What is given, and never how much."),
    )  # fmt: skip
    medicine_words = TextField(
        label=_("Medicine in words"), max_length=60, required=False,
        help_text=_("Needed for another medicine."),
    )  # fmt: skip
    since = DayField(label=_("In treatment since"), latest=today)
    basis = Choice(
        label=_("Basis"), choices=Basis.choices,
        help_text=_("The person's own wish; without it nothing is recorded, and nothing follows "
                    "from a no."),
    )  # fmt: skip
    consent_on = DayField(label=_("Consent given on"), latest=today)


class TreatmentForm(TreatmentFields, OnceForm):
    """`target` is the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clinics = Clinic.objects.choosable_by(self.user).open_on(today())
        self.fields["clinic"].queryset = by_unit(clinics)  # type: ignore[attr-defined]

    def perform(self) -> Treatment:
        return begin_treatment(person=self.target, by=self.user, **self.cleaned_data)


END_FIELDS = ("ended_on", "end_reason", "end_words")


class CorrectTreatmentForm(TreatmentFields):
    """`target` is the treatment; its end is asked where there is one."""

    sometimes = ("medicine_words", "end_words")

    version = forms.IntegerField(widget=forms.HiddenInput)
    ended_on = DayField(label=_("Treatment ended on"), latest=today)
    end_reason = Choice(label=_("Why the treatment ended"), choices=EndReason.choices)
    end_words = TextField(
        label=_("The end of the treatment in words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For another reason."),
    )  # fmt: skip
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs["target"]
        known = {name: getattr(row, name) for name in self.base_fields if name != "reason"}
        super().__init__(*args, initial=known, **kwargs)
        clinics = Clinic.objects.choosable_by(self.user) | Clinic.objects.filter(pk=row.clinic_id)
        self.fields["clinic"].queryset = by_unit(clinics)  # type: ignore[attr-defined]
        if row.ended_on is None:
            for name in END_FIELDS:
                del self.fields[name]

    def perform(self) -> Treatment:
        return correct_treatment(treatment=self.target, by=self.user, **self.cleaned_data)


class TakeBackEndForm(ActForm):
    """`target` is the treatment."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(label=_("Why the end is taken back"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": kwargs["target"].version}, **kwargs)

    def perform(self) -> Treatment:
        return take_back_end(treatment=self.target, by=self.user, **self.cleaned_data)


class EndTreatmentForm(ActForm):
    """`target` is the treatment."""

    sometimes = ("words",)

    on = DayField(label=_("Treatment ended on"), latest=today)
    reason = Choice(label=_("Why the treatment ended"), choices=EndReason.choices)
    words = TextField(
        label=_("The end of the treatment in words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("For another reason."),
    )  # fmt: skip

    def perform(self) -> Treatment:
        return end_treatment(treatment=self.target, by=self.user, **self.cleaned_data)


class AttendanceForm(ActForm):
    """`target` is the treatment. Without a key: a month stands once, and the same is the same."""

    month = DayField(label=_("Month"), latest=today, help_text=_("Any day of the month."))
    attended = days_field(_("Days attended"))
    expected = days_field(
        _("Days expected"), 1, help_text=_("On how many days of the month the person was to come.")
    )
    source = Choice(label=_("Source"), choices=Source.choices)

    def perform(self) -> Attendance:
        return record_attendance(
            treatment=self.target, by=self.user, client_uuid=uuid7(), **self.cleaned_data
        )


class CorrectAttendanceForm(ActForm):
    """`target` is the month."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    attended = days_field(_("Days attended"))
    expected = days_field(_("Days expected"), 1)
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row = kwargs["target"]
        known = {"version": row.version, "attended": row.attended, "expected": row.expected}
        super().__init__(*args, initial=known, **kwargs)

    def perform(self) -> Attendance:
        return correct_attendance(attendance=self.target, by=self.user, **self.cleaned_data)


class WithdrawTreatmentForm(ActForm):
    """`target` is a treatment or a month of it."""

    reason = ReasonField(label=_("Why it is withdrawn"), max_length=200)

    def perform(self) -> Any:
        return withdraw_entry(row=self.target, by=self.user, **self.cleaned_data)
