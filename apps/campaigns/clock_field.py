"""A time of the day as clerks type it."""

import re
from datetime import time
from typing import Any, Final
from unicodedata import normalize

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import TextField

CLOCK: Final = re.compile(r"(\d{1,2})[:.]?(\d{2})")


class ClockField(TextField):
    """0930, 930 or 9:30; a number is typed faster than the parts of a clock."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 5, "autocomplete": "off"})
        super().__init__(max_length=5, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        found = CLOCK.fullmatch(normalize("NFKC", super().clean(value)))
        if found is None or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValidationError(_("Type the time in four digits, as 0930."))
        return time(int(found[1]), int(found[2]))
