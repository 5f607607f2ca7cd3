"""One line of the register of persons."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area
from apps.cases.codes import Measure, RiskLevel
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.ledgers.ledger import LineForm
from apps.ledgers.places import Found
from apps.persons import identity
from apps.persons.codes import (
    DocumentKind,
    Education,
    Employment,
    LifeStatus,
    Marital,
    Sex,
    Substance,
)
from apps.persons.ethnicities import ETHNICITIES

COUNTY = 6  # digits of a code
MEASURES = [
    *Measure.choices,
    *((s.value, s.label) for s in (LifeStatus.FOLLOW_UP, LifeStatus.ABSTINENT)),
]
DATES = ("decided_on", "received_on", "reported_on", "agreement_on", "paper_end_on")


class PersonRowForm(LineForm):
    """One line. Its rules are those of the page: numbers by `identity`, dates by the law."""

    name = TextField(max_length=60)
    document_number = TextField(max_length=30)
    document_kind = forms.ChoiceField(choices=DocumentKind, required=False)
    sex = forms.ChoiceField(choices=Sex, required=False)
    ethnicity = forms.ChoiceField(choices=ETHNICITIES, required=False)
    education = forms.ChoiceField(choices=Education, required=False)
    marital = forms.ChoiceField(choices=Marital, required=False)
    phone = TextField(max_length=40, required=False)
    registration = TextField(max_length=200, required=False)
    residence = TextField(max_length=200, required=False)
    place = TextField(max_length=200, required=False)
    measure = forms.ChoiceField(choices=MEASURES)
    decision_number = TextField(max_length=80, required=False)
    decided_on = DayField(latest=today, required=False)
    received_on = DayField(latest=today, required=False)
    reported_on = DayField(latest=today, required=False)
    agreement_on = DayField(latest=today, required=False)
    starts_on = DayField(required=False)
    paper_end_on = DayField(required=False)
    risk_level = forms.ChoiceField(choices=RiskLevel, required=False)
    substance = forms.ChoiceField(choices=Substance, required=False)
    employment = forms.ChoiceField(choices=Employment, required=False)
    on_allowance = forms.ChoiceField(choices=[("yes", ""), ("no", "")], required=False)
    worker = TextField(max_length=60, required=False)

    field_order = ("name", "document_kind")

    def clean_document_number(self) -> str:
        """By the kind that the line names; without one it is a resident number."""
        number: str = self.cleaned_data["document_number"]
        kind = self.cleaned_data.get("document_kind") or DocumentKind.RESIDENT
        if kind == DocumentKind.RESIDENT:
            return identity.check_resident(number).number
        return identity.check_other_document(number)

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return identity.check_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        number, sex = facts.get("document_number"), facts.get("sex")
        resident = facts.get("document_kind") in ("", DocumentKind.RESIDENT)
        if resident and number and sex and sex != identity.sex_of(number):
            self.add_error("sex", _("The sex contradicts the number's 17th digit."))
        self._check_dates(facts)
        facts["area"] = self._unit(facts)
        return facts

    def _check_dates(self, facts: dict[str, Any]) -> None:
        """The order of the law: decided, received, reported, agreed; and nothing lies ahead."""
        for name in DATES[:-1]:
            if (day := facts.get(name)) and day > today():
                self.add_error(name, _("The day lies in the future."))
        self._not_before(
            facts, "received_on", "decided_on", _("The receipt lies before the decision.")
        )
        self._not_before(
            facts, "reported_on", "decided_on", _("The report lies before the decision.")
        )
        self._not_before(
            facts, "agreement_on", "reported_on", _("The agreement lies before the report.")
        )
        self._not_before(
            facts, "paper_end_on", "reported_on", _("The end on the paper lies before the report.")
        )

    def _not_before(self, facts: dict[str, Any], later: str, earlier: str, words: Any) -> None:
        day, first = facts.get(later), facts.get(earlier)
        if day and first and day < first:
            self.add_error(later, words)

    def _unit(self, facts: dict[str, Any]) -> Area | None:
        """The responsible unit: the named one, else where the person lives or is registered.

        Nothing of it known is a gap while the county is; without a county there is no place for
        the file.
        """
        places, area = self.run.places, self.run.area
        found: dict[str, Found] = {}
        for name in ("place", "residence", "registration"):
            if match := places.find(facts.get(name, "")):
                found[name] = match
        facts["found"] = found
        units = [match.area for match in found.values()]
        inside = [unit for unit in units if area is None or area.contains(unit)]
        if units and not inside:
            self.add_error(next(iter(found)), _("The place lies outside the area of the import."))
        if inside:
            return inside[0]
        if (county := area if area and len(area.code) >= COUNTY else places.county) is None:
            raise ValidationError(_("No county is named: give the import its area."))
        return county
