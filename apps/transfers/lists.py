"""Transfers of the area, sent and received; who has not arrived in time stands out."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.list_page import PersonListPage
from apps.core.days import today
from apps.core.filters import BaseFilterSet, TickFilter
from apps.core.markup import tag_html
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.persons.finding import NameFilter
from apps.transfers.codes import TransferState
from apps.transfers.models import Transfer
from apps.transfers.views import tag_of


class TransferTable(BaseTable):
    person = NameColumn(
        verbose_name=gettext_lazy("Name"), accessor="person__name", order_by="person__sort_key"
    )
    sender = tables.Column(verbose_name=gettext_lazy("From unit"), orderable=False)
    receiver = tables.Column(verbose_name=gettext_lazy("To unit"), orderable=False)
    asked_on = DayColumn(verbose_name=gettext_lazy("Asked for on"))
    state = tables.Column(verbose_name=gettext_lazy("State"))
    decided_on = DayColumn(verbose_name=gettext_lazy("Decided on"))
    report_by = DayColumn(
        verbose_name=gettext_lazy("To report by"),
        accessor="shown_report_by",
        order_by="shown_report_by",
    )
    arrived_on = DayColumn(
        verbose_name=gettext_lazy("Reported on"),
        accessor="shown_arrived_on",
        order_by="shown_arrived_on",
    )

    def link_for(self, record: Transfer) -> str:
        return reverse("transfers:transfer", args=[record.public_id])

    def render_state(self, record: Any) -> SafeString:
        if record.reads_course and record.is_overdue_on(today()):
            return tag_html("late", _("Not reported in time"))
        return tag_html(tag_of(record), record.get_state_display())

    def value_state(self, record: Transfer) -> str:
        return str(record.get_state_display())


class TransferFilters(BaseFilterSet):
    name = NameFilter(label=gettext_lazy("Name"))
    state = django_filters.ChoiceFilter(
        choices=TransferState.choices, label=gettext_lazy("State"), empty_label=gettext_lazy("All")
    )
    overdue = TickFilter(label=gettext_lazy("Only those late to report"), method="late")

    class Meta:
        model = Transfer
        fields: list[str] = []

    def late(self, rows: Any, _name: str, value: Any) -> Any:
        return rows.overdue_on(today()).filter(reads_course=True) if value else rows


class TransfersPage(PersonListPage):
    """Nobody is without a responsible unit on the way: what is open stands here on both sides."""

    permission = Permission.PERSON_VIEW
    title = gettext_lazy("Transfers")
    table_class = TransferTable
    filterset_class = TransferFilters
    default_sort = "-asked_on"
    export_permission = Permission.PERSON_EXPORT
    export_name = "transfers"
    empty_title = gettext_lazy("No transfer is on record")
    empty_words = gettext_lazy(
        "A transfer begins on the person's page. Until the other unit has accepted, the sending "
        "one stays responsible."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = cast(User, request.user)
        rows = Transfer.objects.visible_to(user).with_course_for(user)
        return rows.select_related("person", "county", "town", "to_county", "to_town", "to_village")
