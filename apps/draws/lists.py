"""The draws of the area, the newest first."""

from typing import Any, cast

import django_tables2 as tables
from django.db.models import Func, IntegerField, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.list_page import ListPage
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.draws.models import Draw

# Thousands of numbers a row that no list shows.
WHOLE = ("pool", "excused", "drawn")


def length_of(column: str) -> Func:
    """How many stand in a stored list."""
    return Func(column, function="jsonb_array_length", output_field=IntegerField())


class DrawTable(BaseTable):
    unit = NameColumn(
        verbose_name=gettext_lazy("Unit"), accessor="unit__name",
        order_by=("county__code", "town__code", "village__code"),
    )  # fmt: skip
    day = DayColumn(verbose_name=gettext_lazy("Day"))
    until = DayColumn(verbose_name=gettext_lazy("Until"))
    wanted = NumberColumn(verbose_name=gettext_lazy("Drawn"))
    in_pool = NumberColumn(verbose_name=gettext_lazy("In the pool"))
    n_excused = NumberColumn(verbose_name=gettext_lazy("Excused"))
    recorded_by = tables.Column(
        verbose_name=gettext_lazy("Made by"), accessor="recorded_by__name", orderable=False
    )

    def link_for(self, record: Draw) -> str:
        return reverse("draws:draw", args=[record.public_id])


class DrawFilters(BaseFilterSet):
    area = AreaFilter()
    day_from = DayFilter(field_name="day", lookup_expr="gte", label=gettext_lazy("Day from"))
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Draw
        fields: list[str] = []


class DrawsPage(ListPage):
    """Nobody stands in it."""

    permission = Permission.DRAW_VIEW
    title = gettext_lazy("Random draws")
    template_name = "draws/list.html"
    table_class = DrawTable
    filterset_class = DrawFilters
    default_sort = "-day"
    seen_by = gettext_lazy("Seen by: supervisors of this area, auditors")
    empty_title = gettext_lazy("No draw was made yet")
    empty_words = gettext_lazy(
        "Chance says who is asked for a test on a day. What it was made of is stored, and anybody "
        "who may read it can make it again."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Draw.objects.visible_to(cast(User, request.user)).defer(*WHOLE)
        rows = rows.select_related("county", "town", "village", "recorded_by")
        return rows.annotate(in_pool=length_of("pool"), n_excused=length_of("excused"))
