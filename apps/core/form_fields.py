"""The fields of every form for what is typed: texts and days."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from apps.core.days import EARLIEST, SHANGHAI, last_plannable, today
from apps.core.reasons import RULE, is_reason
from apps.core.text import full_day, sentences
from apps.core.typed import clean_text

Bound = date | Callable[[], date]
OUTSIDE = _("Enter a day from %(first)s to %(last)s.")
FUTURE = _("The day lies in the future. Enter a day from %(first)s to %(last)s.")


def day_input() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TextField(forms.CharField):
    """Text without signs that nobody sees; ends of lines count once, as in the browser.

    A secret (`strip=False`) is taken as it was typed.
    """

    def to_python(self, value: Any) -> Any:
        if self.strip and isinstance(value, str):
            value = clean_text(value, lines=isinstance(self.widget, forms.Textarea))
        return super().to_python(value)


class ReasonField(TextField):
    """Why something is done, by the one rule of `core.reasons`, which the help says beforehand.

    Left empty where it may be, it is asked nothing. Raises what the rule says.
    """

    def __init__(self, *, help_text: Any = "", **options: Any) -> None:
        super().__init__(help_text=lazy(sentences, str)(help_text, RULE), **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not is_reason(value):
            raise ValidationError(RULE, code="no_reason")


def typed_field(column: Any, **options: Any) -> Any:
    """The field of a column of a model: `formfield_callback` of a form that is made from one."""
    if isinstance(column, models.CharField | models.TextField) and not column.choices:
        options["form_class"] = TextField
    return column.formfield(**options)


class _Bounded:
    """Both bounds belong to what is allowed; a function is asked when the form is."""

    earliest: Bound = EARLIEST
    latest: Bound = staticmethod(last_plannable)

    def bounds(self) -> tuple[date, date]:
        first, last = self.earliest, self.latest
        return first() if callable(first) else first, last() if callable(last) else last

    def check(self, day: date) -> None:
        first, last = self.bounds()
        if not first <= day <= last:
            shown = {"first": full_day(first), "last": full_day(last)}
            words = FUTURE if last == today() < day else OUTSIDE
            raise ValidationError(words, code="outside", params=shown)


class DayField(_Bounded, forms.DateField):
    """A day that can be meant. What has happened: `latest=today`; a birth: `earliest=FIRST_DAY`."""

    def __init__(
        self, *, earliest: Bound | None = None, latest: Bound | None = None, **options: Any
    ) -> None:
        self.earliest = earliest or type(self).earliest
        self.latest = latest or type(self).latest
        options.setdefault("widget", day_input())
        super().__init__(**options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            self.check(value)

    def get_bound_field(self, form: Any, field_name: str) -> BoundField:
        """The calendar of the browser offers no other days."""
        first, last = self.bounds()
        self.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        return super().get_bound_field(form, field_name)


class MomentField(_Bounded, forms.DateTimeField):
    """Date and time in Shanghai, to the minute, of what has happened."""

    latest: Bound = staticmethod(today)
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
            return moment.astimezone(SHANGHAI) if moment else None
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            self.check(value.date())

    def get_bound_field(self, form: Any, field_name: str) -> BoundField:
        first, last = self.bounds()
        end = datetime.combine(last + timedelta(days=1), time()) - timedelta(minutes=1)
        self.widget.attrs |= {"min": f"{first}T00:00", "max": f"{end:%Y-%m-%dT%H:%M}"}
        return super().get_bound_field(form, field_name)
