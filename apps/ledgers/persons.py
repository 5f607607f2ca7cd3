"""What the lines of all ledgers about persons of the register have in common."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from apps.core.days import EARLIEST, SHANGHAI
from apps.core.form_fields import TextField
from apps.core.text import full_day
from apps.ledgers.ledger import LineForm, Run
from apps.persons import identity, names
from apps.persons.models import Person
from apps.persons.services.lookups import merged_by_number


@dataclass
class Register:
    """Persons of the file's numbers, as far as they are in the area of the import."""

    by_number: dict[str, Person]


def find_persons(run: Run, rows: Iterable[dict[str, Any]]) -> None:
    """One query for all numbers of the file."""
    numbers = {identity.plain(row.get("document_number", "")) for row in rows}
    indexes = {identity.document_index(number): number for number in numbers if number}
    persons = Person.objects.in_area(run.area) if run.area else Person.objects.all()
    merged = merged_by_number(numbers)
    where = Q(document_index__in=list(indexes)) | Q(pk__in=merged.values())
    found = {person.pk: person for person in persons.filter(where).order_by("pk")}
    own = {indexes.get(bytes(p.document_index or b"")): p for p in found.values()}
    known = {number: person for number, person in own.items() if number}
    known |= {number: found[pk] for number, pk in merged.items() if pk in found}
    run.known = Register(known)


class PastMoment(forms.Field):
    """A moment that the ledger's column has read already, and that has been."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not value:
            return
        if value < datetime.combine(EARLIEST, time(), SHANGHAI):
            words = gettext("The time lies before %(first)s.")
            raise ValidationError(words, params={"first": full_day(EARLIEST)})
        if value > timezone.now():
            raise ValidationError(gettext("The time lies in the future."))


class LineOfPerson(LineForm):
    """A number on the register, and the name that the register gives it."""

    document_number = TextField(max_length=30)
    name = TextField(max_length=60, required=False)

    def clean_document_number(self) -> str:
        """A number on the register of the area; a mistyped one is named as such."""
        number = identity.plain(self.cleaned_data["document_number"])
        if number not in self.run.known.by_number:
            identity.check_resident(number)
            raise ValidationError(_("No person of this number is on the register here."))
        return number

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        person = self.run.known.by_number.get(facts.get("document_number"))
        name = facts.get("name", "")
        if person and name and not names.same(name, person.name):
            self.add_error("name", _("The register gives this number another name."))
        return facts
