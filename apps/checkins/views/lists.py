"""The list of check-ins."""

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
from apps.audit.list_page import PersonListPage
from apps.checkins.codes import Method
from apps.checkins.models import CheckIn
from apps.contacts.lists import ContactFilters, RecordedTable


class CheckInTable(RecordedTable):
    """Check-ins, by which way and in which words."""

    method = tables.Column(verbose_name=gettext_lazy("Method"), order_by="method")
    words = tables.Column(
        verbose_name=gettext_lazy("State, note"),
        accessor="state_words",
        orderable=False,
        empty_values=(),
        exclude_from_export=True,
    )

    class Meta:
        sequence = (
            "occurred_at", "person", "town", "method", "outcome", "words", "recorded", "acts",
        )  # fmt: skip

    def render_method(self, record: CheckIn) -> str:
        return record.get_method_display()

    def value_method(self, record: CheckIn) -> str:
        return record.get_method_display()

    def render_words(self, record: CheckIn) -> str:
        words = " · ".join(part for part in (record.state_words, record.note) if part)
        return words if len(words) <= 24 else f"{words[:23]}…"

    def render_recorded(self, record: CheckIn) -> SafeString:
        if record.source == "page":
            return super().render_recorded(record)
        return format_html("{}", record.get_source_display() or record.recorded_by.name)

    def render_acts(self, record: CheckIn) -> SafeString:
        if record.withdrawn_at:
            return SafeString("")
        url = reverse("checkins:correct", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Correct"))


class CheckInFilters(ContactFilters):
    method = django_filters.ChoiceFilter(
        choices=Method.choices, label=gettext_lazy("Method"), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = CheckIn
        fields = ["area", "name", "worker", "method", "outcome", "day_from", "day_to"]

    def entered_late(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """The ledgers are all later, and no entry."""
        return super().entered_late(rows.filter(source="page"), name, value) if value else rows


class CheckInsPage(PersonListPage):
    """Every contact and every attempt at one; what was undone at once never was."""

    is_written = True
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
