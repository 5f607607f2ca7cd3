"""The list of sessions: that they were held, and never what was said."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.core.days import today
from apps.core.filters import BaseFilterSet, DayFilter
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn, NumberColumn
from apps.counselling.codes import Kind
from apps.counselling.models import Session
from apps.persons.finding import NameFilter

STATES = [
    ("held", gettext_lazy("Held")),
    ("withdrawn", gettext_lazy("Withdrawn")),
]


def state_of(row: Session) -> tuple[str, str]:
    """Kind of tag and words."""
    return ("na", _("Withdrawn")) if row.withdrawn_at else ("done", _("Held"))


class SessionTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Kind of session"), accessor="get_kind_display", order_by="kind"
    )
    day = DayColumn(verbose_name=gettext_lazy("Day"))
    minutes = NumberColumn(verbose_name=gettext_lazy("Minutes"))
    by_whom = tables.Column(verbose_name=gettext_lazy("Who counselled"), orderable=False)
    next_on = DayColumn(verbose_name=gettext_lazy("Next date agreed"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: Session) -> str:
        return reverse("counselling:session", args=[record.public_id])

    def render_state(self, record: Session) -> SafeString:
        return tag_html(*state_of(record))

    def value_state(self, record: Session) -> str:
        return state_of(record)[1]


class NextDay(DayFilter):
    """A date agreed with somebody who has died since is none any more."""

    def filter(self, qs: Any, value: Any) -> Any:
        found = super().filter(qs, value)
        return found if value in EMPTY_VALUES else found.living_on(today())


class SessionFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(
        choices=Kind.choices, label=gettext_lazy("Kind of session"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip
    day_from = DayFilter(field_name="day", lookup_expr="gte", label=gettext_lazy("Day from"))
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))
    next_from = NextDay(
        field_name="next_on", lookup_expr="gte", label=gettext_lazy("Next date from")
    )
    next_to = NextDay(field_name="next_on", lookup_expr="lte", label=gettext_lazy("to"))

    class Meta:
        model = Session
        fields = ["area", "name", "kind", "state", "day_from", "day_to", "next_from", "next_to"]

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(withdrawn_at__isnull=value == "held")


class SessionsPage(PersonListPage):
    """Everybody's sessions, the newest first."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Counselling and family guidance")
    table_class = SessionTable
    filterset_class = SessionFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "counselling"
    fields_seen = "counselling"
    empty_title = gettext_lazy("No session is on record")
    empty_words = gettext_lazy("Sessions are recorded on the person's page.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Session.objects.visible_to(cast(User, request.user))
        related = ("person", "town", "recorded_by")
        return rows.select_related(*related).order_by("-day", "-occurred_at", "-pk")
