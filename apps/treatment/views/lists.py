"""Who is or was in maintenance treatment. The list stays in the office: it is medical."""

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
from apps.core.filters import BaseFilterSet
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons.finding import NameFilter
from apps.persons.querysets import dead_by
from apps.treatment.codes import Medicine
from apps.treatment.models import Treatment
from apps.treatment.shown import state_of

STATES = [
    ("running", gettext_lazy("In treatment")),
    ("ended", gettext_lazy("Treatment has ended")),
    # Nobody has ended it, and it goes on no more.
    ("died", gettext_lazy("The person has died")),
    ("withdrawn", gettext_lazy("Withdrawn")),
]


class TreatmentTable(BaseTable):
    person = NameColumn(verbose_name=gettext_lazy("Name"), order_by="person__sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    clinic = tables.Column(
        verbose_name=gettext_lazy("Clinic"), accessor="clinic__name", order_by="clinic__name"
    )
    medicine = tables.Column(
        verbose_name=gettext_lazy("Medicine"), accessor="medicine_name", order_by="medicine"
    )
    since = DayColumn(verbose_name=gettext_lazy("In treatment since"))
    ended_on = DayColumn(verbose_name=gettext_lazy("Treatment ended on"))
    state = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)

    def link_for(self, record: Treatment) -> str:
        return reverse("treatment:treatment", args=[record.public_id])

    def render_state(self, record: Treatment) -> SafeString:
        return tag_html(*state_of(record))

    def value_state(self, record: Treatment) -> str:
        return state_of(record)[1]


class TreatmentFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    medicine = django_filters.ChoiceFilter(
        choices=Medicine.choices, label=gettext_lazy("Medicine"), empty_label=gettext_lazy("All")
    )
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=gettext_lazy("State"),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip

    class Meta:
        model = Treatment
        fields = ["area", "name", "medicine", "state"]

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        if value == "withdrawn":
            return rows.exclude(withdrawn_at=None)
        rows = rows.filter(withdrawn_at=None, ended_on__isnull=value != "ended")
        if value == "died":
            return rows.filter(dead_by(today()))
        return rows if value == "ended" else rows.living_on(today())  # type: ignore[attr-defined,no-any-return]


class TreatmentsPage(PersonListPage):
    """Everybody's treatment, the newest first; none of it leaves as a file (ADR 48)."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Maintenance treatment")
    template_name = "treatment/list.html"
    table_class = TreatmentTable
    filterset_class = TreatmentFilters
    fields_seen = "treatment"
    empty_title = gettext_lazy("No treatment is on record")
    empty_words = gettext_lazy(
        "A treatment is recorded on the person's page, at the person's own wish."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Treatment.objects.visible_to(cast(User, request.user))
        return rows.select_related("person", "town", "clinic").order_by("-since", "-pk")
