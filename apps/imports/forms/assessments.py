"""One line of a ledger of assessments."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.cases.codes import Tier
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.imports.ledger import Run
from apps.persons import identity, names


class AssessmentRowForm(forms.Form):
    """A person of the register, a day that has been, a tier, and what it rests on."""

    document_number = TextField(max_length=30)
    name = TextField(max_length=60, required=False)
    assessed_on = DayField(latest=today)
    tier = forms.ChoiceField(choices=Tier)
    reason = TextField(max_length=600)
    assessor = TextField(max_length=60, required=False)

    def __init__(self, run: Run, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.run = run

    def clean_document_number(self) -> str:
        """A number on the register of the area; a mistyped one is named as such."""
        number = identity.plain(self.cleaned_data["document_number"])
        if number not in self.run.known.by_number:
            identity.check_resident(number)
            raise ValidationError(_("No person of this number is on the register here."))
        return number

    def clean_assessed_on(self) -> date:
        day: date = self.cleaned_data["assessed_on"]
        if day > today():
            raise ValidationError(_("The day lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        person = self.run.known.by_number.get(facts.get("document_number"))
        name = facts.get("name", "")
        if person and name and not names.same(name, person.name):
            self.add_error("name", _("The register gives this number another name."))
        return facts
