"""One line of the register of bodies."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area, Level
from apps.core.form_fields import TextField
from apps.ledgers.ledger import LineForm
from apps.organisations.models import OrganisationKind


class OrganisationRowForm(LineForm):
    """`facts["county"]` is that of the import, `facts["town_area"]` the town that is named."""

    name = TextField(max_length=120)
    kind = forms.ChoiceField(choices=OrganisationKind)
    phone = TextField(max_length=40, required=False)
    address = TextField(max_length=200, required=False)
    town = TextField(max_length=80, required=False)

    def clean_name(self) -> str:
        return self.cleaned_data["name"].strip()

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        facts["county"] = self.run.known.county
        if facts["county"] is None:
            raise ValidationError(_("No county is named: give the import its area."))
        facts["town_area"] = self._town(facts.get("town", ""))
        return facts

    def _town(self, name: str) -> Area | None:
        """A place that nobody knows is a gap; one outside the import's area is wrong."""
        found = self.run.places.find(name) if name else None
        town = found.area if found else None
        while town is not None and town.level == Level.VILLAGE:
            town = town.above
        if town is None or town.level != Level.TOWN:
            return None
        if self.run.area and not self.run.area.contains(town):
            self.add_error("town", _("The place lies outside the area of the import."))
        return town
