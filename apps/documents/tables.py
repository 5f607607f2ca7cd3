"""The register of issued papers."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _, pgettext_lazy

from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn


class DocumentTable(BaseTable):
    number = NameColumn(
        verbose_name=pgettext_lazy("of a paper", "Number"),
        order_by=("office__code", "year", "serial"),
    )
    kind = tables.Column(verbose_name=_("Paper"), accessor="get_kind_display", order_by=("kind",))
    person = tables.Column(verbose_name=_("Person"), accessor="person__name", orderable=False)
    issued_on = DayColumn(verbose_name=_("Issued on"), order_by=("issued_at",))
    issued_by = tables.Column(
        verbose_name=_("Issued by"), accessor="issued_by__name", orderable=False
    )
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False)

    def link_for(self, record: Any) -> str:
        return reverse("documents:detail", args=[record.public_id])

    def render_state(self, record: Any) -> Any:
        if record.is_void:
            return tag_html("na", gettext("Void"))
        return tag_html("done", gettext("Valid"))

    def value_state(self, record: Any) -> str:
        return gettext("Void") if record.is_void else gettext("Valid")
