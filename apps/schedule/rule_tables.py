"""What the tables of rules by measure, risk level, year and area have in common."""

from typing import Any

import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _, gettext_lazy

from apps.areas.units import around
from apps.core.tables import BaseTable, DayColumn


class RuleTable(BaseTable):
    """From the general rule to the special one; the most special rule of the day wins."""

    risk_level = tables.Column(verbose_name=gettext_lazy("Risk level"), empty_values=())
    area = tables.Column(
        verbose_name=gettext_lazy("Area"),
        accessor="area__name",
        empty_values=(),
        order_by="area__code",
    )
    measure = tables.Column(verbose_name=gettext_lazy("Measure"), empty_values=())
    year_of_term = tables.Column(verbose_name=gettext_lazy("Year of the term"), empty_values=())
    effective_from = DayColumn(verbose_name=gettext_lazy("From"))
    basis = tables.Column(verbose_name=gettext_lazy("Basis"), orderable=False, empty_values=())
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def render_risk_level(self, record: Any) -> str:
        return record.get_risk_level_display() or _("All")

    def render_area(self, record: Any) -> str:
        return record.area.name if record.area else _("Everywhere")

    def render_measure(self, record: Any) -> str:
        return record.get_measure_display() or _("All")

    def render_year_of_term(self, record: Any) -> str:
        return str(record.year_of_term or _("All"))


def near(rows: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Rules of the user's unit, of those above and below it, and those of everywhere."""
    own = getattr(request.user, "area", None)
    if own is None:
        return rows
    return rows.filter(Q(area=None) | around(own))
