"""One line of the staff ledger."""

import re
from typing import Any, Final

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.accounts.names import sign_in_name
from apps.accounts.roles import Role
from apps.accounts.rules import fits
from apps.areas.models import Area
from apps.core.form_fields import TextField
from apps.ledgers.ledger import LineForm
from apps.persons import identity

BETWEEN_NAMES: Final = re.compile(r"[、,，;；/\s]+")


class UserRowForm(LineForm):
    """Roles and their levels by the rules of accounts; phones as everywhere."""

    username = TextField(max_length=60, validators=[UnicodeUsernameValidator()])
    name = TextField(max_length=60)
    phone = TextField(max_length=40, required=False)
    role = forms.ChoiceField(choices=[(r.value, r.label) for r in Role if r != Role.BUILT_IN])
    area_code = TextField(max_length=12, required=False)
    villages = TextField(max_length=600, required=False)

    def clean_username(self) -> str:
        return sign_in_name(self.cleaned_data["username"])

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return identity.check_phone(phone) if phone else ""

    def clean_area_code(self) -> str:
        """Must be known; `facts["area"]` is the unit itself."""
        code: str = self.cleaned_data["area_code"]
        area = self.run.known.areas.get(code)
        if code and area is None:
            raise ValidationError(_("No unit has this code."))
        if area and self.run.area and not self.run.area.contains(area):
            raise ValidationError(_("The unit lies outside the area of the import."))
        self.cleaned_data["area"] = area.today if area else None
        return code

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        role, area = facts.get("role"), facts.get("area")
        if role and "area_code" in facts and not fits(Role(role), area):
            self.add_error("area_code", _("The role and the level of the unit do not fit."))
        if self.run.area and area is None and role:
            words = _("The file is for %(unit)s: it opens no account that reaches beyond it.")
            self.add_error("role", ValidationError(words, params={"unit": self.run.area.name}))
        facts["village_areas"] = self._villages(facts.get("villages", ""), area)
        return facts

    def _villages(self, text: str, town: Area | None) -> list[Area]:
        found, unknown = [], []
        for name in filter(None, BETWEEN_NAMES.split(text)):
            village = self.run.known.village(town, name) if town else None
            found.extend([village] if village else [])
            unknown.extend([] if village else [name])
        if unknown:
            self.add_error(
                "villages",
                ValidationError(
                    _("Not found in this unit: %(names)s."), params={"names": "、".join(unknown)}
                ),
            )
        return found
