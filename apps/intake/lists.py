"""The inbox: from the notice to the report nobody falls out of it."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.core.days import today
from apps.core.filters import BaseFilterSet, DayFilter, TextFilter, TickFilter
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.intake.codes import ReleaseSource
from apps.intake.models import Release
from apps.intake.views import TAGS
from apps.persons.finding import part_of_name


class ReleaseTable(BaseTable):
    name = NameColumn(verbose_name=gettext_lazy("Name"))
    institution = tables.Column(verbose_name=gettext_lazy("Institution"))
    expected_on = DayColumn(verbose_name=gettext_lazy("Release on"))
    place = tables.Column(
        verbose_name=gettext_lazy("Receiving unit"), accessor="town__name", order_by="town__code"
    )
    measure = tables.Column(
        verbose_name=gettext_lazy("Order that follows"),
        accessor="get_measure_display",
        orderable=False,
    )
    received_on = DayColumn(verbose_name=gettext_lazy("Received on"))
    state = tables.Column(
        verbose_name=gettext_lazy("State"), empty_values=(), accessor="pk", orderable=False
    )

    def link_for(self, record: Release) -> str:
        return reverse("intake:release", args=[record.public_id])

    def render_state(self, record: Release) -> SafeString:
        state = record.state_on(today())
        return tag_html(TAGS[state], str(state.label))

    def value_state(self, record: Release) -> str:
        return str(record.state_on(today()).label)


class ReleaseFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("Not finished"),
        choices=[("all", gettext_lazy("All"))],
        method="all_of_them",
    )
    name = TextFilter(method="named", label=gettext_lazy("Name"))
    source = django_filters.ChoiceFilter(
        choices=ReleaseSource.choices,
        label=gettext_lazy("Kind of institution"),
        empty_label=gettext_lazy("All"),
    )
    area = AreaFilter()
    from_day = DayFilter(
        field_name="expected_on", lookup_expr="gte", label=gettext_lazy("Release from")
    )
    to_day = DayFilter(field_name="expected_on", lookup_expr="lte", label=gettext_lazy("to"))
    overdue = TickFilter(label=gettext_lazy("Nobody has come, or no file yet"), method="late")

    class Meta:
        model = Release
        fields: list[str] = []

    def all_of_them(self, queryset: Any, name: str, value: str) -> Any:
        return queryset

    def named(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(part_of_name(value, "name"))

    def late(self, rows: Any, _name: str, value: Any) -> Any:
        return rows.overdue_on(today()) if value else rows


class ReleasesPage(PersonListPage):
    """Not finished ones, the earliest first; `show=all` the others, too."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Expected releases")
    table_class = ReleaseTable
    filterset_class = ReleaseFilters
    template_name = "intake/list.html"
    default_sort = "expected_on"
    export_permission = Permission.PERSON_EXPORT
    export_name = "releases"
    empty_title = gettext_lazy("Nobody is expected")
    empty_words = gettext_lazy(
        "A notice of an institution is entered here, and stays until the person was received "
        "and has reported."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Release.objects.visible_to(cast(User, request.user))
        shown = rows if request.GET.get("show") == "all" else rows.not_over()
        return shown.select_related("town", "file", "case")

    def person_of(self, row: Any) -> Any:
        """Before there is a file the entry itself stands for the person in the log."""
        return row.file or row.public_id
