"""Filters of the register of issued papers."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from apps.core.filters import BaseFilterSet
from apps.documents.codes import PaperKind


class DocumentFilters(BaseFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Paper"), choices=PaperKind.choices)
    year = django_filters.NumberFilter(label=_("Year"), field_name="year")
    void = django_filters.ChoiceFilter(
        label=_("State"), choices=[("no", _("Valid")), ("yes", _("Void"))], method="by_state"
    )

    def by_state(self, queryset: Any, _name: str, value: str) -> Any:
        return queryset.filter(voided_at__isnull=value == "no")
