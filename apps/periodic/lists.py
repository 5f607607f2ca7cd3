"""The reports of the area, the newest first, under the calendar of what is due."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.list_page import ListPage
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.periodic.calendar import WORDS, owed_by, owed_to
from apps.periodic.codes import Answer, Every
from apps.periodic.models import PeriodicReport


def state_of(report: PeriodicReport) -> str:
    """How far a report is: a key of WORDS."""
    sending = getattr(report, "sending", None)
    if sending is None:
        return "frozen"
    return "sent" if sending.answer == Answer.WAITING else str(sending.answer)


class ReportTable(BaseTable):
    unit = NameColumn(
        verbose_name=_("Unit"), accessor="unit__name",
        order_by=("county__code", "town__code", "village__code"),
    )  # fmt: skip
    every = tables.Column(verbose_name=_("Report"), accessor="heading", orderable=False)
    days = tables.Column(verbose_name=_("Period"), accessor="days_text", order_by=("first", "last"))
    version = NumberColumn(verbose_name=_("Version"))
    state = tables.Column(verbose_name=_("State"), accessor="pk", orderable=False)
    recorded_at = DayColumn(verbose_name=_("Frozen"))
    recorded_by = tables.Column(
        verbose_name=_("Frozen by"), accessor="recorded_by__name", orderable=False
    )

    def link_for(self, record: PeriodicReport) -> str:
        return reverse("periodic:report", args=[record.public_id])

    def render_state(self, record: PeriodicReport) -> Any:
        return WORDS[state_of(record)]


class ReportFilters(BaseFilterSet):
    area = AreaFilter()
    every = django_filters.ChoiceFilter(
        field_name="every", label=_("Period"), choices=Every.choices
    )
    day_from = DayFilter(field_name="last", lookup_expr="gte", label=_("Day from"))
    day_to = DayFilter(field_name="first", lookup_expr="lte", label=_("to"))

    class Meta:
        model = PeriodicReport
        fields: list[str] = []


class ReportsPage(ListPage):
    """Counts alone: nobody stands in them."""

    permission = Permission.FIGURES_VIEW
    title = _("Reports")
    template_name = "periodic/list.html"
    table_class = ReportTable
    filterset_class = ReportFilters
    default_sort = "-days"
    seen_by = _("Seen by: supervisors of this area")
    empty_title = _("No report was frozen yet")
    empty_words = _(
        "A report is prepared from the same rows as the dashboard. Frozen, it keeps its numbers "
        "and the rows behind them, whatever is entered later."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = PeriodicReport.objects.visible_to(cast(User, request.user)).newest()
        return rows.select_related("county", "town", "village", "recorded_by", "sending")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        user = cast(User, request.user)
        unit = user.area.today if user.area else None
        if unit is None or not user.sees_cases:
            return {"owed": [], "asked": []}
        return {"owed": owed_by(unit), "asked": owed_to(unit)}
