"""The list of visits and talks."""

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
from apps.contacts.codes import ContactOutcome
from apps.core.days import SHANGHAI
from apps.core.filters import BaseFilterSet, DayFilter, TickFilter
from apps.core.markup import tag_html
from apps.core.navigation import url_or_none
from apps.core.tables import BaseTable, NameColumn
from apps.core.text import short_day
from apps.persons.finding import NameFilter
from apps.persons.forms import workers_in
from apps.visits.codes import MeetingKind
from apps.visits.models import Meeting


class MeetingTable(BaseTable):
    """Newest first; late entries and withdrawn rows are marked wherever they stand."""

    occurred_at = tables.Column(
        verbose_name=gettext_lazy("Time"), attrs={"td": {"class": "nowrap num-left"}}
    )
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), order_by="kind")
    town = tables.Column(
        verbose_name=gettext_lazy("Place"), accessor="town__name", order_by="town__code"
    )
    met = tables.Column(
        verbose_name=gettext_lazy("Who was met"), accessor="met_person", empty_values=()
    )
    outcome = tables.Column(verbose_name=gettext_lazy("Outcome"), order_by="outcome")
    words = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="state_words", orderable=False,
        empty_values=(), exclude_from_export=True,
    )  # fmt: skip
    recorded = tables.Column(
        verbose_name=gettext_lazy("Recorded by"),
        accessor="recorded_by__name",
        order_by="recorded_at",
    )
    acts = tables.Column(
        verbose_name="", accessor="pk", orderable=False, exclude_from_export=True, empty_values=()
    )

    def link_for(self, record: Meeting) -> str:
        return url_or_none("workbench:person", record.person.public_id) or "#"

    def render_occurred_at(self, record: Meeting) -> str:
        moment = record.occurred_at.astimezone(SHANGHAI)
        return f"{short_day(record.day)} {moment:%H:%M}"

    def render_kind(self, record: Meeting) -> str:
        return record.get_kind_display()

    def value_kind(self, record: Meeting) -> str:
        return record.get_kind_display()

    def render_met(self, record: Meeting) -> str:
        return met_words(record)

    def value_met(self, record: Meeting) -> str:
        return met_words(record)

    def render_outcome(self, record: Meeting) -> SafeString:
        if record.withdrawn_at:
            return tag_html("na", _("Withdrawn"))
        if record.is_done:
            return tag_html("done", record.get_outcome_display())
        return tag_html("na", record.get_reason_display(), "user-off")

    def value_outcome(self, record: Meeting) -> str:
        if record.withdrawn_at:
            return _("Withdrawn")
        return record.get_reason_display() or record.get_outcome_display()

    def render_words(self, record: Meeting) -> str:
        words = record.state_words or record.note
        return words if len(words) <= 24 else f"{words[:23]}…"

    def render_recorded(self, record: Meeting) -> SafeString:
        if not record.is_late_entry:
            return format_html("{}", record.recorded_by.name)
        late = _("entered %(day)s") % {"day": short_day(record.recorded_at)}
        return format_html("{} {}", record.recorded_by.name, tag_html("na", late, "history"))

    def render_acts(self, record: Meeting) -> SafeString:
        url = reverse("visits:detail", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, pgettext("button", "Open"))


def met_words(record: Meeting) -> str:
    """The relation and never the name of somebody of the family: lists travel."""
    met = [_("the person")] if record.met_person else []
    if record.contact is not None:
        met.append(record.contact.get_relation_display())
    return " · ".join(met)


class MeetingFilters(BaseFilterSet):
    area = AreaFilter()
    name = NameFilter(label=gettext_lazy("Name"))
    kind = django_filters.ChoiceFilter(
        choices=MeetingKind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("All")
    )
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
    day_from = DayFilter(field_name="day", lookup_expr="gte", label=gettext_lazy("From"))
    day_to = DayFilter(field_name="day", lookup_expr="lte", label=gettext_lazy("to"))
    late = TickFilter(method="entered_late", label=gettext_lazy("Entered later"))
    withdrawn = TickFilter(method="only_withdrawn", label=gettext_lazy("Withdrawn"))

    class Meta:
        model = Meeting
        fields = ["area", "name", "kind", "worker", "outcome", "day_from", "day_to"]

    def entered_late(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        """Recorded on a later day than it happened."""
        return rows.filter(recorded_at__date__gt=F("day")) if value else rows

    def only_withdrawn(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.exclude(withdrawn_at=None) if value else rows


class MeetingsPage(PersonListPage):
    """Every visit, every talk and every attempt at one; what was undone at once never was."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Visits and interviews")
    table_class = MeetingTable
    filterset_class = MeetingFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "visits-and-talks"
    fields_seen = "visits"
    empty_title = gettext_lazy("No visit or interview is on record")
    empty_words = gettext_lazy(
        "They are recorded from Today or from the person's page; the newest stands first."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Meeting.objects.visible_to(cast(User, request.user)).filter(undone=False)
        rows = rows.select_related("person", "town", "recorded_by", "contact")
        return rows.order_by("-occurred_at", "-pk")
