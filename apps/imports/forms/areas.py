"""One line of a list of areas."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.areas.loading import bare_code, parent_code
from apps.areas.models import CODE_LENGTHS, Level
from apps.core.form_fields import TextField
from apps.imports.bringing.areas import says_above
from apps.ledgers.ledger import LineForm


class AreaRowForm(LineForm):
    """A code tells the level and the unit above; what else the line says of them must agree."""

    area_code = TextField(max_length=12)
    name = TextField(max_length=80)
    level = forms.ChoiceField(choices=Level, required=False)
    field_order = ("level", "area_code")
    parent_code = TextField(max_length=12, required=False)

    def clean_area_code(self) -> str:
        code = bare_code(self.cleaned_data["area_code"], self.cleaned_data.get("level"))
        if len(code) not in CODE_LENGTHS or not (code.isascii() and code.isdigit()):
            raise ValidationError(_("A code has 2, 4, 6, 9 or 12 digits."))
        return code

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if (code := facts.get("area_code")) is None:
            return facts
        level = CODE_LENGTHS[len(code)]
        if facts.get("level") not in ("", None, level):
            words = _("By its digits the code is one of the level %(level)s.")
            self.add_error("level", ValidationError(words, params={"level": level.label}))
        self._check_above(code, facts.get("parent_code") or "")
        return facts

    def _check_above(self, code: str, said: str) -> None:
        """The unit above is known here or in the file, and the whole lies in the import's area."""
        above, known = parent_code(code), self.run.known
        if not says_above(code, said):
            self.add_error("parent_code", _("A code begins with the code of the unit above it."))
        if above and above not in known.by_code and above not in known.sound:
            words = _("The unit above it, %(code)s, is neither here nor in the file.")
            self.add_error("area_code", ValidationError(words, params={"code": above}))
        area, there = self.run.area, known.nearest(code)
        if area and not (there and area.contains(there)):
            self.add_error("area_code", _("The unit lies outside the area of the import."))
