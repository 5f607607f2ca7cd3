"""The access log for the auditor."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.audit.models import AccessLog, Action
from apps.core.days import SHANGHAI
from apps.core.filters import BaseFilterSet, DayFilter, TextFilter
from apps.core.list_page import ListPage
from apps.core.tables import BaseTable, NumberColumn
from apps.core.templatetags.homeward import moment


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


class LogTable(BaseTable):
    at = tables.Column(verbose_name=_("Time"), order_by=("at", "id"))
    username = tables.Column(verbose_name=_("User name"), attrs={"td": {"class": "name"}})
    role = tables.Column(verbose_name=_("Role"), accessor="get_role_display", orderable=False)
    area_code = tables.Column(verbose_name=_("Area"), orderable=False)
    action = tables.Column(verbose_name=_("Act"), accessor="get_action_display", orderable=False)
    person_count = NumberColumn(verbose_name=_("Persons"))
    fields_seen = tables.Column(verbose_name=_("Kind of data"), orderable=False)
    purpose = tables.Column(verbose_name=_("Purpose"), orderable=False)
    view = tables.Column(verbose_name=_("Page"), orderable=False)

    class Meta:
        model = AccessLog
        fields = ()

    def render_at(self, value: Any) -> str:
        return moment(value)


class LogFilters(BaseFilterSet):
    first = DayFilter(label=_("From"), method="from_day")
    last = DayFilter(label=_("Until"), method="until_day")
    username = TextFilter(label=_("User name"))
    action = django_filters.ChoiceFilter(label=_("Act"), choices=Action.choices)
    person = django_filters.UUIDFilter(label=_("Person (public id)"), method="of_person")

    class Meta:
        model = AccessLog
        fields = ["username", "action"]

    def from_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__gte=midnight(day))

    def until_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__lt=midnight(day + timedelta(days=1)))

    def of_person(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(person_ids__contains=[value])


class LogPage(ListPage):
    """Rows of every county: the auditor sees who read, never what was read."""

    permission = Permission.LOG_VIEW
    title = _("Access log")
    table_class = LogTable
    filterset_class = LogFilters
    default_sort = "-at"
    seen_by = _("Seen by: auditors")
    empty_title = _("Nobody has read a file yet")
    empty_words = _("Every opened file, list, search, export and call leaves a line here.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return AccessLog.objects.all()
