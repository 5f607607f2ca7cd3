"""Who is still to be assessed."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.assessments.due import conditions, to_assess, why
from apps.audit.list_page import PersonListPage
from apps.core.days import today
from apps.core.filters import BaseFilterSet
from apps.core.list_page import Page, Question
from apps.core.markup import tag_html
from apps.core.navigation import may
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.core.text import iso_day
from apps.persons.models import Person

STATES = [
    ("never", gettext_lazy("Never assessed")),
    ("ended", gettext_lazy("Ended")),
    ("event", gettext_lazy("Something has happened")),
    ("soon", gettext_lazy("Ends within 30 days")),
    ("waiting", gettext_lazy("Waits for the supervisor")),
]


class ToAssessTable(BaseTable):
    name = NameColumn(verbose_name=gettext_lazy("Name"), order_by="sort_key")
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    village = tables.Column(
        verbose_name=gettext_lazy("Village"), accessor="village__name", order_by="village__code"
    )
    why = tables.Column(verbose_name=gettext_lazy("Why"), empty_values=(), orderable=False)
    valid_until = DayColumn(verbose_name=gettext_lazy("Valid until"), order_by="valid_until")
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    class Meta:
        model = Person
        fields = ("name", "town", "village", "why", "valid_until", "acts")

    def link_for(self, record: Person) -> str:
        return reverse("assessments:person", args=[record.public_id])

    def render_why(self, record: Any) -> SafeString:
        return tag_html(*why(record, today()))

    def value_why(self, record: Any) -> str:
        return why(record, today())[1]

    def render_valid_until(self, record: Any) -> str:
        return iso_day(record.valid_until)

    def render_acts(self, record: Any) -> SafeString:
        if not record.may_act or record.waits:
            return SafeString("")
        url = reverse("assessments:create", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Assess"))


class ToAssessFilters(BaseFilterSet):
    area = AreaFilter()
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Why"),
        choices=STATES,
        method="in_state",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def in_state(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(conditions(today())[value])


class ToAssessPage(PersonListPage):
    """Persons with an order in force of whom no judgement holds, or for whom it is time."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("To be assessed")
    table_class = ToAssessTable
    filterset_class = ToAssessFilters
    template_name = "assessments/list.html"
    default_sort = "valid_until"
    export_permission = Permission.PERSON_EXPORT
    export_name = "to-assess"
    fields_seen = "assessments"
    empty_title = gettext_lazy("Everybody is assessed")
    empty_words = gettext_lazy(
        "A person comes on this list when an assessment ends or something happens."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Person.objects.visible_to(request.user)  # type: ignore[arg-type]
        return to_assess(rows, today()).select_related("town", "village")  # type: ignore[no-any-return]

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        for row in page.rows:
            row.may_act = may(request.user, Permission.RISK_LEVEL_DECIDE)
        return page
