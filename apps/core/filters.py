"""Filters of list pages: their state lives in the address."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.core.form_fields import DayField, TextField


class DayFilter(django_filters.DateFilter):
    """A day, picked from the browser's own calendar."""

    field_class = DayField


class TextFilter(django_filters.CharFilter):
    """Words, without signs that nobody sees."""

    field_class = TextField


class TickFilter(django_filters.BooleanFilter):
    """A tick narrows the list; no tick leaves it as it is."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"widget": forms.CheckboxInput, **options})

    def filter(self, qs: Any, value: Any) -> Any:
        return super().filter(qs, value) if value else qs


class BaseFilterSet(django_filters.FilterSet):
    """Explicit fields only. `wide` names the filters that need more room in the bar."""

    wide: tuple[str, ...] = ()
    request: HttpRequest

    @property
    def form(self) -> forms.Form:
        """Yes-or-no filters begin with "All", like the others."""
        made: forms.Form = super().form
        for field in made.fields.values():
            if isinstance(field.widget, forms.NullBooleanSelect):
                field.widget.choices = [
                    ("unknown", _("All")),
                    ("true", _("Yes")),
                    ("false", _("No")),
                ]
        return made

    @property
    def qs(self) -> Any:
        """Nothing while a filter is wrong: a list that ignores a filter would lie."""
        if self.is_bound and not self.form.is_valid():
            return self.queryset.none()
        return super().qs

    @property
    def in_use(self) -> int:
        """How many filters narrow the list."""
        if not self.is_bound or not self.form.is_valid():
            return 0
        return sum(value not in (None, "", [], False) for value in self.form.cleaned_data.values())
