"""Who is away, and who looks after the caseload meanwhile."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.core.days import today
from apps.core.filters import BaseFilterSet, TextFilter
from apps.core.list_page import ListPage
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.covers.models import Cover
from apps.persons.finding import part_of_name


class CoverTable(BaseTable):
    worker = NameColumn(verbose_name=gettext_lazy("Who is away"), accessor="worker__name")
    unit = tables.Column(
        verbose_name=gettext_lazy("Unit"),
        accessor="worker__area__name",
        order_by="worker__area__code",
    )
    cover = tables.Column(verbose_name=gettext_lazy("Who covers"), accessor="cover__name")
    starts_on = DayColumn(verbose_name=gettext_lazy("From"))
    until_on = DayColumn(verbose_name=gettext_lazy("Until"))
    persons = tables.Column(verbose_name=gettext_lazy("Persons"))
    state = tables.Column(
        verbose_name=gettext_lazy("State"), empty_values=(), accessor="pk", orderable=False
    )

    def link_for(self, record: Cover) -> str:
        return reverse("workbench:handover", args=[record.public_id])

    def render_state(self, record: Cover) -> SafeString:
        day = today()
        if record.is_over_on(day):
            return tag_html("na", _("Ended"))
        if record.starts_on > day:
            return tag_html("soon", _("Ahead"))
        return tag_html("done", _("Running"))


class CoverFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("Running and ahead"),
        choices=[("all", gettext_lazy("All"))],
        method="all_of_them",
    )
    name = TextFilter(label=gettext_lazy("Name"), method="named")

    class Meta:
        model = Cover
        fields: list[str] = []

    def all_of_them(self, queryset: Any, name: str, value: str) -> Any:
        return queryset

    def named(self, queryset: Any, name: str, value: str) -> Any:
        worker, cover = (part_of_name(value, f"{who}__name") for who in ("worker", "cover"))
        return queryset.filter(Q(worker) | Q(cover))


class CoversPage(ListPage):
    """Running ones and those ahead; `show=all` the others, too."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Absences and covers")
    template_name = "covers/list.html"
    table_class = CoverTable
    filterset_class = CoverFilters
    default_sort = "starts_on"
    empty_title = gettext_lazy("Nobody is away")
    empty_words = gettext_lazy(
        "While a worker is away, another one gets the whole caseload beside the own; it goes back "
        "by itself after the last day."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Cover.objects.visible_to(cast(User, request.user))
        if request.GET.get("show") != "all":
            rows = rows.not_over_on(today())
        found = rows.select_related("worker__area", "cover")
        return found.annotate(persons=Count("assignments__person", distinct=True))
