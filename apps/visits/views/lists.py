"""The list of visits and interviews."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.list_page import PersonListPage
from apps.contacts.lists import ContactFilters, RecordedTable
from apps.visits.codes import MeetingKind
from apps.visits.models import Meeting


class MeetingTable(RecordedTable):
    """Visits and talks, and who was met."""

    kind = tables.Column(verbose_name=gettext_lazy("Kind"), order_by="kind")
    met = tables.Column(
        verbose_name=gettext_lazy("Who was met"), accessor="met_person", empty_values=()
    )
    words = tables.Column(
        verbose_name=gettext_lazy("State"), accessor="state_words", orderable=False,
        empty_values=(), exclude_from_export=True,
    )  # fmt: skip

    class Meta:
        sequence = (
            "occurred_at", "person", "kind", "town", "met", "outcome", "words", "recorded", "acts",
        )  # fmt: skip

    def render_kind(self, record: Meeting) -> str:
        return record.get_kind_display()

    def value_kind(self, record: Meeting) -> str:
        return record.get_kind_display()

    def render_met(self, record: Meeting) -> str:
        return met_words(record)

    def value_met(self, record: Meeting) -> str:
        return met_words(record)

    def render_words(self, record: Meeting) -> str:
        words = record.state_words or record.note
        return words if len(words) <= 24 else f"{words[:23]}…"

    def render_acts(self, record: Meeting) -> SafeString:
        url = reverse("visits:detail", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, pgettext("button", "Open"))


def met_words(record: Meeting) -> str:
    """The relation and never the name of somebody of the family: lists travel."""
    met = [_("the person")] if record.met_person else []
    if record.contact is not None:
        met.append(record.contact.get_relation_display())
    return " · ".join(met)


class MeetingFilters(ContactFilters):
    kind = django_filters.ChoiceFilter(
        choices=MeetingKind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Meeting
        fields = ["area", "name", "kind", "worker", "outcome", "day_from", "day_to"]


class MeetingsPage(PersonListPage):
    """Every visit, every interview and every attempt at one; what was undone at once never was."""

    is_written = True
    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Visits and interviews")
    table_class = MeetingTable
    filterset_class = MeetingFilters
    export_permission = Permission.PERSON_EXPORT
    export_name = "visits-and-interviews"
    fields_seen = "visits"
    empty_title = gettext_lazy("No visit or interview is on record")
    empty_words = gettext_lazy(
        "They are recorded from Today or from the person's page; the newest stands first."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Meeting.objects.visible_to(cast(User, request.user)).filter(undone=False)
        rows = rows.select_related("person", "town", "recorded_by", "contact")
        return rows.order_by("-occurred_at", "-pk")
