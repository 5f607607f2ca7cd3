"""Shapes of the acts on expected releases; each form knows the service that it fills."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.areas.fields import AreaField
from apps.audit.act_page import ActForm, OnceForm
from apps.cases.codes import Measure
from apps.core.choosing import Choice, OneOf, TypedChoice
from apps.core.days import today
from apps.core.form_fields import DayField, ReasonField, TextField
from apps.intake import services
from apps.intake.codes import Reception, ReleaseSource
from apps.intake.models import Release
from apps.persons import identity
from apps.persons.duplicates import likely_duplicates
from apps.persons.models import Person

# What is said where no order follows: chosen like every other answer.
NO_ORDER = "none"


def day_field(label: Any, *, required: bool = True, **options: Any) -> DayField:
    return DayField(label=label, required=required, **options)


class NoticeForm(OnceForm):
    """There is no target yet."""

    sometimes = ("term_months",)

    name = TextField(label=_("Name"), max_length=60)
    document_number = TextField(
        label=_("Document number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    source = Choice(label=_("Kind of institution"), choices=ReleaseSource.choices)
    institution = TextField(label=_("Institution"), max_length=120)
    expected_on = day_field(_("Release on"))
    noticed_on = day_field(
        _("Notice received on"),
        required=False,
        latest=today,
        initial=today,
        help_text=_("Compulsory isolation centres notify three days before (Regulation, art. 34)."),
    )
    area = AreaField(label=_("Receiving unit"))
    measure = Choice(
        label=_("Order that follows"),
        choices=[(NO_ORDER, _("None: follow-up only")), *Measure.choices],
    )
    decision_number = TextField(label=_("Decision number"), required=False, max_length=80)
    decided_on = day_field(_("Decided on"), latest=today, required=False)
    term_months = TypedChoice(
        label=_("Term"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(36, _("3 years")), (24, _("2 years")), (12, _("1 year"))],
        help_text=_("Needed where an order follows."),
    )
    note = TextField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].bind(self.user.area)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An order has a term; nobody is given one that nobody has said."""
        data = self.cleaned_data
        if data.get("measure") == NO_ORDER:
            data["measure"] = ""
        if data.get("measure") and not data.get("term_months") and "term_months" in data:
            self.add_error("term_months", _("Enter the term of the order."))
        elif not data.get("term_months"):
            data.pop("term_months", None)
        return data

    def clean_document_number(self) -> str:
        number = self.cleaned_data["document_number"]
        return identity.check_resident(number).number if number else ""

    def perform(self) -> Release:
        return services.expect_release(by=self.user, **self.cleaned_data)


class ReceiveForm(ActForm):
    on = day_field(_("Received on"), latest=today, initial=today)
    reception = Choice(label=_("How received"), choices=Reception.choices)

    def perform(self) -> Release:
        return services.receive_person(release=self.target, by=self.user, **self.cleaned_data)


class CallOffReleaseForm(ActForm):
    reason = ReasonField(label=_("Why the person does not come here"), max_length=200)

    def perform(self) -> Release:
        return services.call_off(release=self.target, by=self.user, **self.cleaned_data)


class OpenForm(ActForm):
    person = OneOf(
        label=_("File"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Open a new file"),
        help_text=_("Files that may be about the same person stand here to choose."),
    )
    decision_on = day_field(
        _("Decision received by the person on"),
        latest=today,
        required=False,
        help_text=_("The 15 days to report are counted from this day."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        release = self.target
        found = likely_duplicates(
            self.user, number=release.document_number, name=release.name, phone=""
        )
        choices = Person.objects.visible_to(self.user).filter(pk__in=[f.person.pk for f in found])
        field: Any = self.fields["person"]
        field.queryset = choices
        same = [f.person for f in found if f.person.document_number == release.document_number]
        if release.document_number and same:
            field.initial = same[0]
        if not release.measure:
            del self.fields["decision_on"]

    def perform(self) -> Release:
        return services.open_file(release=self.target, by=self.user, **self.cleaned_data)
