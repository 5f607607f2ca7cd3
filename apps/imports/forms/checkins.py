"""One line of a ledger of check-ins."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.checkins.codes import Method
from apps.imports.ledger import Run
from apps.persons import identity, names


class MomentField(forms.Field):
    """A moment that the ledger's column has read already."""


class CheckInRowForm(forms.Form):
    """Whom, when and how; the state is kept in its words."""

    document_number = forms.CharField(max_length=30)
    name = forms.CharField(max_length=60, required=False)
    occurred_at = MomentField()
    method = forms.ChoiceField(choices=Method)
    state_words = forms.CharField(max_length=500, required=False)

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

    def clean_occurred_at(self) -> Any:
        moment = self.cleaned_data["occurred_at"]
        if moment > timezone.now():
            raise ValidationError(_("The time lies in the future."))
        return moment

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        person = self.run.known.by_number.get(facts.get("document_number"))
        name = names.tidy(facts.get("name", ""))
        if person and name and name != person.name:
            self.add_error("name", _("The register gives this number another name."))
        return facts
