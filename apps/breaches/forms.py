"""Shapes of the acts on breaches; each form knows the service that it fills."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.audit.act_page import ActForm, OnceForm
from apps.breaches import services
from apps.breaches.codes import BreachKind
from apps.breaches.models import Breach, Response
from apps.core.choosing import Choice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.schedule.duties import duties


def day_field(label: Any, *, required: bool = True, **options: Any) -> DayField:
    return DayField(label=label, required=required, **options)


def words_field(
    label: Any, *, required: bool = True, field: type[TextField] = TextField, **options: Any
) -> TextField:
    widget = forms.Textarea(attrs={"rows": 3})
    return field(label=label, required=required, max_length=1500, widget=widget, **options)


class BreachForm(OnceForm):
    """The target is the order."""

    sometimes = ("until", "duty")

    kind = Choice(label=gettext_lazy("Kind"), choices=BreachKind.choices)
    on = day_field(gettext_lazy("Day"), latest=today, initial=today)
    until = day_field(
        gettext_lazy("Last day away"),
        latest=today,
        required=False,
        help_text=gettext_lazy("Only for leaving without report: three days or more."),
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("Duty missed"),
        required=False,
        help_text=gettext_lazy("Only for a duty that stands as missed. A check-in never."),
    )
    facts = words_field(
        gettext_lazy("What happened"),
        field=ReasonField,
        help_text=gettext_lazy("Facts that the person can answer: what, when, who saw it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_be = [(one.code, one.label) for one in duties().values() if not one.never_breach]
        self.fields["duty"].choices = [("", "–"), *may_be]  # type: ignore[attr-defined]

    def clean_duty(self) -> str:
        return str(self.cleaned_data["duty"])

    def perform(self) -> Breach:
        return services.record_breach(case=self.target, by=self.user, **self.cleaned_data)


class HearForm(ActForm):
    sometimes = ("said", "not_heard_why", "attempts")
    on = day_field(gettext_lazy("Heard or tried on"), latest=today, initial=today)
    said = words_field(
        gettext_lazy("What the person says, in the person's own words"),
        required=False,
        help_text=gettext_lazy("Needed unless the person could not be heard."),
    )
    not_heard_why = words_field(
        gettext_lazy("Or: why the person could not be heard"),
        required=False,
        field=ReasonField,
        help_text=gettext_lazy("The entry waits then, and counts for nothing until it is heard."),
    )
    attempts = words_field(
        gettext_lazy("What was tried to hear the person"),
        required=False,
        field=ReasonField,
        help_text=gettext_lazy("Needed where the person could not be heard."),
    )

    def perform(self) -> Breach:
        return services.hear_person(breach=self.target, by=self.user, **self.cleaned_data)


class WithdrawBreachForm(ActForm):
    reason = words_field(gettext_lazy("Why the entry was a mistake"), field=ReasonField)

    def perform(self) -> Breach:
        return services.withdraw_breach(breach=self.target, by=self.user, **self.cleaned_data)


class RevokeForm(ActForm):
    reason = words_field(gettext_lazy("Why it is revoked"), field=ReasonField)

    def perform(self) -> Breach:
        return services.revoke_breach(breach=self.target, by=self.user, **self.cleaned_data)


class ResponseForm(OnceForm):
    """`answer` is the kind of response."""

    answer = ""
    on = day_field(gettext_lazy("Day"), latest=today, initial=today)
    words = words_field(
        gettext_lazy("What the person is asked to do"),
        help_text=gettext_lazy("Ask for what is possible, and name the help that goes with it."),
    )

    def perform(self) -> Response:
        facts = self.cleaned_data
        return services.respond_to_breach(
            breach=self.target, by=self.user, kind=self.answer, **facts
        )


class EducationForm(ResponseForm):
    answer = "education"


class AdmonitionForm(ResponseForm):
    answer = "admonition"


class WarningForm(ResponseForm):
    answer = "warning"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = _(
            "The letter names the education given before, as it is on record, and the remedies; "
            "it is no penalty."
        )
