"""The list of drug tests."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.core.days import SHANGHAI
from apps.core.filters import BaseFilterSet, DayFilter, TickFilter
from apps.core.markup import tag_html
from apps.core.navigation import url_or_none
from apps.core.tables import BaseTable, NameColumn
from apps.core.text import short_day
from apps.drugtests.codes import Reason, Sample, TestKind, TestOutcome
from apps.drugtests.models import DrugTest
from apps.persons.finding import NameFilter


class DrugTestTable(BaseTable):
    """Newest first. Results stand on the record and in no list: lists travel."""

    occurred_at = tables.Column(
        verbose_name=gettext_lazy("Time"), attrs={"td": {"class": "nowrap num-left"}}
    )
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    town = tables.Column(
        verbose_name=gettext_lazy("Town"), accessor="town__name", order_by="town__code"
    )
    sample = tables.Column(verbose_name=gettext_lazy("Sample"), order_by="sample")
    kind = tables.Column(verbose_name=gettext_lazy("Kind of test"), order_by="kind")
    why = tables.Column(verbose_name=gettext_lazy("Why it is taken"), order_by="why")
    outcome = tables.Column(verbose_name=gettext_lazy("Taken or not"), order_by="outcome")
    recorded = tables.Column(
        verbose_name=gettext_lazy("Recorded by"),
        accessor="recorded_by__name",
        order_by="recorded_at",
    )
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def link_for(self, record: DrugTest) -> str:
        return url_or_none("workbench:person", record.person.public_id) or "#"

    def render_occurred_at(self, record: DrugTest) -> str:
        return f"{short_day(record.day)} {record.occurred_at.astimezone(SHANGHAI):%H:%M}"

    def render_sample(self, record: DrugTest) -> str:
        return record.get_sample_display() if record.is_taken else "–"

    def render_kind(self, record: DrugTest) -> str:
        return record.get_kind_display() if record.is_taken else "–"

    def render_why(self, record: DrugTest) -> str:
        return record.get_why_display() if record.is_taken else "–"

    def render_outcome(self, record: DrugTest) -> SafeString:
        if record.withdrawn_at:
            return tag_html("na", _("Withdrawn"))
        if record.is_taken:
            return tag_html("done", record.get_outcome_display())
        return tag_html("na", record.get_reason_not_display(), "user-off")

    def value_outcome(self, record: DrugTest) -> str:
        if record.withdrawn_at:
            return _("Withdrawn")
        return record.get_reason_not_display() or record.get_outcome_display()

    def render_recorded(self, record: DrugTest) -> SafeString:
        if not record.is_late_entry:
            return format_html("{}", record.recorded_by.name)
        late = _("entered %(day)s") % {"day": short_day(record.recorded_at)}
        return format_html("{} {}", record.recorded_by.name, tag_html("na", late, "history"))

    def render_acts(self, record: DrugTest) -> SafeString:
        url = reverse("drugtests:detail", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, pgettext("button", "Open"))


class DrugTestFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    sample = django_filters.ChoiceFilter(
        choices=Sample.choices, label=gettext_lazy("Sample"), empty_label=gettext_lazy("All")
    )
    kind = django_filters.ChoiceFilter(
        choices=TestKind.choices,
        label=gettext_lazy("Kind of test"),
        empty_label=gettext_lazy("All"),
    )
    why = django_filters.ChoiceFilter(
        choices=Reason.choices,
        label=gettext_lazy("Why it is taken"),
        empty_label=gettext_lazy("All"),
    )
    outcome = django_filters.ChoiceFilter(
        choices=TestOutcome.choices,
        label=gettext_lazy("Taken or not"),
        empty_label=gettext_lazy("All"),
    )
    day_from = DayFilter(field_name="day", lookup_expr="gte", label=gettext_lazy("From"))
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))
    late = TickFilter(method="entered_late", label=gettext_lazy("Entered later"))

    class Meta:
        model = DrugTest
        fields = ["area", "name", "sample", "kind", "why", "outcome", "day_from", "day_to"]

    def entered_late(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Recorded on a later day than it happened."""
        return rows.filter(recorded_at__date__gt=F("day")) if value else rows


class DrugTestsPage(PersonListPage):
    """Every test and every one that could not be taken."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Drug tests")
    table_class = DrugTestTable
    filterset_class = DrugTestFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "drug-tests"
    fields_seen = "drugtests"
    empty_title = gettext_lazy("No test is on record")
    empty_words = gettext_lazy(
        "Tests are recorded from Today or from the person's page; the newest stands first."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = DrugTest.objects.visible_to(cast(User, request.user))
        return rows.select_related("person", "town", "recorded_by").order_by("-occurred_at", "-pk")
