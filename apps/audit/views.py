"""The access log for the auditor."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import HiddenInput
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.audit import outside
from apps.audit.finding import persons_meant
from apps.audit.models import AccessCheck, AccessLog, Action
from apps.audit.services import log_access
from apps.audit.words import kind_words, page_words, unit_names
from apps.core.days import SHANGHAI
from apps.core.filters import BaseFilterSet, DayFilter, TextFilter
from apps.core.kept_query import PARAMETER, keep, kept
from apps.core.list_page import ListPage, Page, Question
from apps.core.tables import BaseTable, NumberColumn
from apps.core.templatetags.homeward import moment

# The nightly work looks once a day.
CHECKED_WITHIN = timedelta(days=2)
FAULTS_SHOWN = 3


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


class LogTable(BaseTable):
    at = tables.Column(verbose_name=_("Time"), order_by=("at", "id"))
    username = tables.Column(verbose_name=_("User name"), attrs={"td": {"class": "name"}})
    role = tables.Column(verbose_name=_("Role"), accessor="get_role_display", orderable=False)
    unit = tables.Column(verbose_name=_("Area"), orderable=False)
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

    def render_fields_seen(self, value: str) -> str:
        return kind_words(value)

    def render_view(self, value: str) -> str:
        return page_words(value)


class LogFilters(BaseFilterSet):
    first = DayFilter(label=_("From"), method="from_day")
    last = DayFilter(label=_("Until"), method="until_day")
    username = TextFilter(label=_("User name"))
    action = django_filters.ChoiceFilter(label=_("Act"), choices=Action.choices)
    # Whose file was read stands in the session, not in the address.
    kept = TextFilter(widget=HiddenInput, method="of_person")

    class Meta:
        model = AccessLog
        fields = ["username", "action"]

    def from_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__gte=midnight(day))

    def until_day(self, rows: QuerySet[Any], name: str, day: date) -> QuerySet[Any]:
        return rows.filter(at__lt=midnight(day + timedelta(days=1)))

    def of_person(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        words = kept(self.request, value)
        return rows.filter(person_ids__overlap=persons_meant(words)) if words else rows


class LogPage(ListPage):
    """Rows of every county: the auditor sees who read, never what was read.

    Who read one person's file is asked by the whole name or the public id; the question itself is
    logged, and no name is offered or completed.
    """

    permission = Permission.LOG_VIEW
    title = _("Access log")
    table_class = LogTable
    filterset_class = LogFilters
    default_sort = "-at"
    seen_by = _("Seen by: auditors")
    empty_title = _("Nobody has read a file yet")
    empty_words = _("Every opened file, list, search, export and shown number leaves a line here.")

    template_name = "audit/log.html"

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return AccessLog.objects.all()

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Whose file: the words are kept in the session, the address carries a key."""
        if "filter" in request.POST:
            return super().post(request)
        words = " ".join(request.POST.get("who", "").replace("\0", " ").split())[:60]
        if not words:
            return redirect("audit:log")
        ids = persons_meant(words)
        log_access(request, persons=ids, action=Action.SEARCH, fields_seen="access_log")
        if not ids:
            messages.warning(request, gettext("Nobody on file has exactly this name."))
        return redirect(f"{reverse('audit:log')}?{PARAMETER}={keep(request, words)}")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        """Whether the log is as it was sealed: the auditor sees it without asking."""
        check, breaks = AccessCheck.objects.first(), outside.kept()[1]
        # A fault stays until somebody answers for it: a later row in order does not take it away.
        faults = AccessCheck.objects.exclude(fault="")
        if breaks and breaks[-1].moment:
            faults = faults.filter(at__gt=breaks[-1].moment)
        seals = {
            "check": check,
            "check_is_late": check is None or timezone.now() - check.at > CHECKED_WITHIN,
            "faults": faults[:FAULTS_SHOWN],
            "breaks": breaks,
        }
        return {"who": kept(request, request.GET.get(PARAMETER, "")) or "", **seals}

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        names = unit_names(row.area_code for row in page.rows)
        for row in page.rows:
            row.unit = names.get(row.area_code, row.area_code)
        return page
