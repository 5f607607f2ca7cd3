"""What the lists of check-ins, of visits and talks, and of drug tests have in common."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import F, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.areas.filters import AreaFilter
from apps.contacts.codes import ContactOutcome
from apps.core.days import SHANGHAI
from apps.core.filters import BaseFilterSet, DayFilter, TickFilter
from apps.core.markup import tag_html
from apps.core.navigation import url_or_none
from apps.core.tables import BaseTable, NameColumn
from apps.core.text import short_day
from apps.persons.finding import NameFilter
from apps.persons.forms import workers_in


class RecordedTable(BaseTable):
    """Newest first; late entries and withdrawn rows are marked wherever they stand."""

    occurred_at = tables.Column(
        verbose_name=gettext_lazy("Time"), attrs={"td": {"class": "nowrap num-left"}}
    )
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    town = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    outcome = tables.Column(verbose_name=gettext_lazy("Outcome"), order_by="outcome")
    recorded = tables.Column(
        verbose_name=gettext_lazy("Recorded by"),
        accessor="recorded_by__name",
        order_by="recorded_at",
    )
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def link_for(self, record: Any) -> str:
        return url_or_none("workbench:person", record.person.public_id) or "#"

    def why_not(self, record: Any) -> str:
        """Why it was not done; empty where it was."""
        return str(record.get_reason_display())

    def render_occurred_at(self, record: Any) -> str:
        return f"{short_day(record.day)} {record.occurred_at.astimezone(SHANGHAI):%H:%M}"

    def render_outcome(self, record: Any) -> SafeString:
        if record.withdrawn_at:
            return tag_html("na", _("Withdrawn"))
        if why := self.why_not(record):
            return tag_html("na", why, "user-off")
        return tag_html("done", record.get_outcome_display())

    def value_outcome(self, record: Any) -> str:
        if record.withdrawn_at:
            return _("Withdrawn")
        return self.why_not(record) or str(record.get_outcome_display())

    def render_recorded(self, record: Any) -> SafeString:
        if not record.is_late_entry:
            return format_html("{}", record.recorded_by.name)
        late = _("entered %(day)s") % {"day": short_day(record.recorded_at)}
        return format_html("{} {}", record.recorded_by.name, tag_html("na", late, "history"))


class RecordedFilters(BaseFilterSet):
    """Where, who and when."""

    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    day_from = DayFilter(field_name="day", lookup_expr="gte", label=gettext_lazy("From"))
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))
    late = TickFilter(method="entered_late", label=gettext_lazy("Entered later"))

    def entered_late(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Recorded on a later day than it happened."""
        return rows.filter(recorded_at__date__gt=F("day")) if value else rows


class ContactFilters(RecordedFilters):
    """Whose contact it was and what came of it, too."""

    worker = django_filters.ModelChoiceFilter(
        field_name="recorded_by",
        queryset=lambda request: workers_in(request.user),
        label=gettext_lazy("Recorded by"),
        empty_label=gettext_lazy("All"),
    )
    outcome = django_filters.ChoiceFilter(
        choices=ContactOutcome.choices,
        label=gettext_lazy("Outcome"),
        empty_label=gettext_lazy("All"),
    )
    withdrawn = TickFilter(method="only_withdrawn", label=gettext_lazy("Withdrawn"))

    def only_withdrawn(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.exclude(withdrawn_at=None) if value else rows
