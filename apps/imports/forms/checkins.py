"""One line of a ledger of check-ins."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.checkins.codes import Method
from apps.core.days import EARLIEST, SHANGHAI
from apps.core.form_fields import TextField
from apps.core.text import full_day
from apps.imports.ledger import Run
from apps.persons import identity, names


class MomentField(forms.Field):
    """A moment that the ledger's column has read already."""


class CheckInRowForm(forms.Form):
    """Whom, when and how; the state is kept in its words."""

    document_number = TextField(max_length=30)
    name = TextField(max_length=60, required=False)
    occurred_at = MomentField()
    method = forms.ChoiceField(choices=Method)
    state_words = TextField(max_length=500, required=False)

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
        earliest = datetime.combine(EARLIEST, time(), SHANGHAI)
        if moment < earliest:
            words = _("The time lies before %(first)s.")
            raise ValidationError(words, params={"first": full_day(EARLIEST)})
        if moment > timezone.now():
            raise ValidationError(_("The time lies in the future."))
        return moment

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        person = self.run.known.by_number.get(facts.get("document_number"))
        name = facts.get("name", "")
        if person and name and not names.same(name, person.name):
            self.add_error("name", _("The register gives this number another name."))
        return facts
