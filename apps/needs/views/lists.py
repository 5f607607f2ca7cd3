"""The list of needs."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.list_page import Page, Question
from apps.core.markup import tag_html
from apps.core.navigation import may, url_or_none
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.core.text import short_day
from apps.needs.models import Need, NeedKind, Urgency
from apps.persons.finding import NameFilter

STATES = [
    ("open", gettext_lazy("Open")),
    ("waiting", gettext_lazy("Passed on")),
    ("closed", gettext_lazy("Closed")),
]


class NeedTable(BaseTable):
    """Unmet first: what is open stands before what is closed."""

    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Need"), accessor="get_kind_display", order_by="kind"
    )
    urgency = tables.Column(verbose_name=gettext_lazy("Urgency"), order_by="urgency")
    said_on = DayColumn(verbose_name=gettext_lazy("Said on"))
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        accessor="referred_on",
        empty_values=(),
        order_by="closed_on",
    )
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def link_for(self, record: Need) -> str:
        return url_or_none("workbench:person", record.person.public_id) or "#"

    def render_urgency(self, record: Need) -> str:
        return record.get_urgency_display()

    def value_urgency(self, record: Need) -> str:
        return record.get_urgency_display()

    def render_state(self, record: Need) -> SafeString:
        kind, words = state_of(record)
        return tag_html(kind, words, "heart-handshake" if kind == "vio" else "")

    def value_state(self, record: Need) -> str:
        return state_of(record)[1]

    def render_acts(self, record: Any) -> SafeString:
        if not record.may_act:
            return SafeString("")
        if record.closed_on:
            return format_html(
                '<a class="btn" href="{}">{}</a>',
                reverse("needs:reopen", args=[record.public_id]),
                _("Open again"),
            )
        return format_html(
            '<span class="btns tight"><a class="btn" href="{}">{}</a>'
            '<a class="btn" href="{}">{}</a></span>',
            reverse("needs:refer", args=[record.public_id]),
            _("Pass on"),
            reverse("needs:close", args=[record.public_id]),
            _("Close"),
        )


class NeedFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    state = django_filters.ChoiceFilter(
        choices=STATES,
        method="in_state",
        label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
    )
    kind = django_filters.ChoiceFilter(
        choices=NeedKind.choices, label=gettext_lazy("Need"), empty_label=gettext_lazy("All")
    )
    urgency = django_filters.ChoiceFilter(
        choices=Urgency.choices, label=gettext_lazy("Urgency"), empty_label=gettext_lazy("All")
    )
    said_from = DayFilter(field_name="said_on", lookup_expr="gte", label=gettext_lazy("Said from"))
    said_to = DayFilter(field_name="said_on", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Need
        fields = ["area", "name", "state", "kind", "urgency", "said_from", "said_to"]

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "closed":
            return rows.exclude(closed_on=None)
        return rows.filter(closed_on=None, referred_on__isnull=value != "waiting")


class NeedsPage(PersonListPage):
    """Help stands beside duty: everything that was asked for, unmet first."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Needs")
    table_class = NeedTable
    filterset_class = NeedFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "needs"
    empty_title = gettext_lazy("No need is on record")
    empty_words = gettext_lazy(
        "A hardship heard in an interview or on a home visit is logged on the person's "
        "page; it stands in Today until it is met."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Need.objects.visible_to(cast(User, request.user)).select_related("person", "town")
        return rows.order_by("-closed_on", "said_on", "pk")

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        may_act = may(request.user, Permission.NEED_RECORD)
        for row in page.rows:
            row.may_act = may_act
        return page


def state_of(need: Need) -> tuple[str, str]:
    """Kind of tag and words."""
    if need.closed_on:
        words = f"{need.get_outcome_display()} {short_day(need.closed_on)}"
        return ("done" if need.outcome == "met" else "na"), words
    if need.referred_on:
        return "inf", _("Passed on %(day)s") % {"day": short_day(need.referred_on)}
    return "vio", _("Open")
