"""The list of check-ins."""

from datetime import timedelta
from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.filters import AreaFilter
from apps.audit.list_page import PersonListPage
from apps.checkins.codes import Method
from apps.checkins.models import CheckIn
from apps.contacts.codes import ContactOutcome
from apps.core.days import SHANGHAI
from apps.core.filters import BaseFilterSet, DayFilter, TickFilter
from apps.core.markup import tag_html
from apps.core.navigation import url_or_none
from apps.core.tables import BaseTable, NameColumn
from apps.core.text import short_day
from apps.persons.finding import NameFilter
from apps.persons.forms import workers_in

DAY = timedelta(days=1)


class CheckInTable(BaseTable):
    """Newest first; late entries and withdrawn rows are marked wherever they stand."""

    occurred_at = tables.Column(
        verbose_name=gettext_lazy("Time"), attrs={"td": {"class": "nowrap num-left"}}
    )
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    place = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    method = tables.Column(verbose_name=gettext_lazy("Method"), order_by="method")
    outcome = tables.Column(verbose_name=gettext_lazy("Outcome"), order_by="outcome")
    words = tables.Column(
        verbose_name=gettext_lazy("State, note"),
        accessor="state_words",
        orderable=False,
        empty_values=(),
        exclude_from_export=True,
    )
    recorded = tables.Column(
        verbose_name=gettext_lazy("Recorded by"),
        accessor="recorded_by__name",
        order_by="recorded_at",
    )
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def link_for(self, record: CheckIn) -> str:
        return url_or_none("workbench:person", record.person.public_id) or "#"

    def render_occurred_at(self, record: CheckIn) -> str:
        moment = record.occurred_at.astimezone(SHANGHAI)
        return f"{short_day(record.day)} {moment:%H:%M}"

    def render_method(self, record: CheckIn) -> str:
        return record.get_method_display()

    def value_method(self, record: CheckIn) -> str:
        return record.get_method_display()

    def render_outcome(self, record: CheckIn) -> SafeString:
        if record.withdrawn_at:
            return tag_html("na", _("Withdrawn"))
        if record.outcome == ContactOutcome.DONE:
            return tag_html("done", record.get_outcome_display())
        return tag_html("na", record.get_reason_display(), "user-off")

    def value_outcome(self, record: CheckIn) -> str:
        if record.withdrawn_at:
            return _("Withdrawn")
        return record.get_reason_display() or record.get_outcome_display()

    def render_words(self, record: CheckIn) -> str:
        words = " · ".join(part for part in (record.state_words, record.note) if part)
        return words if len(words) <= 24 else f"{words[:23]}…"

    def render_recorded(self, record: CheckIn) -> SafeString:
        if not record.is_late_entry or record.source != "page":
            source = "" if record.source == "page" else record.get_source_display()
            return format_html("{}", source or record.recorded_by.name)
        late = _("entered %(day)s") % {"day": short_day(record.recorded_at)}
        return format_html("{} {}", record.recorded_by.name, tag_html("na", late, "history"))

    def render_acts(self, record: CheckIn) -> SafeString:
        if record.withdrawn_at:
            return SafeString("")
        url = reverse("checkins:correct", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Correct"))


class CheckInFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    worker = django_filters.ModelChoiceFilter(
        field_name="recorded_by",
        queryset=lambda request: workers_in(request.user),
        label=gettext_lazy("Recorded by"),
        empty_label=gettext_lazy("All"),
    )
    method = django_filters.ChoiceFilter(
        choices=Method.choices, label=gettext_lazy("Method"), empty_label=gettext_lazy("All")
    )
    outcome = django_filters.ChoiceFilter(
        choices=ContactOutcome.choices,
        label=gettext_lazy("Outcome"),
        empty_label=gettext_lazy("All"),
    )
    day_from = DayFilter(field_name="day", lookup_expr="gte", label=gettext_lazy("From"))
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))
    late = TickFilter(method="entered_late", label=gettext_lazy("Entered later"))
    withdrawn = TickFilter(method="only_withdrawn", label=gettext_lazy("Withdrawn"))

    class Meta:
        model = CheckIn
        fields = ["area", "name", "worker", "method", "outcome", "day_from", "day_to"]

    def entered_late(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Recorded on a later day than it happened; the ledgers are all later, and no entry."""
        return rows.filter(source="page", recorded_at__date__gt=F("day")) if value else rows

    def only_withdrawn(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.exclude(withdrawn_at=None) if value else rows


class CheckInsPage(PersonListPage):
    """Every contact and every attempt at one; what was undone at once never was."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Check-ins")
    table_class = CheckInTable
    filterset_class = CheckInFilters
    template_name = "checkins/list.html"
    export_permission = Permission.PERSON_EXPORT
    export_name = "checkins"
    empty_title = gettext_lazy("No check-in is on record")
    empty_words = gettext_lazy("Each tap in Today and in a round stands here, the newest first.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = CheckIn.objects.visible_to(cast(User, request.user)).filter(undone=False)
        rows = rows.select_related("person", "town", "recorded_by")
        return rows.order_by("-occurred_at", "-pk")
