"""The rules of every duty as a list."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from apps.accounts.permissions import Permission
from apps.cases.codes import Measure, RiskLevel
from apps.core.days import today
from apps.core.filters import BaseFilterSet, TickFilter
from apps.core.list_page import ListPage
from apps.core.markup import tag_html
from apps.core.navigation import may
from apps.core.tables import DayColumn
from apps.core.text import day_text, mark
from apps.schedule.due_words import rhythm
from apps.schedule.duties import duty_choices
from apps.schedule.models import PlanRule
from apps.schedule.rule_tables import RuleTable, near


class PlanTable(RuleTable):
    kind = tables.Column(verbose_name=gettext_lazy("Duty"), order_by="kind")
    term_years = tables.Column(verbose_name=gettext_lazy("Length of the term"), empty_values=())
    every = tables.Column(
        verbose_name=gettext_lazy("How often"), accessor="every_count", orderable=False
    )
    effective_to = DayColumn(verbose_name=gettext_lazy("Until"))

    class Meta:
        model = PlanRule
        fields = ()
        sequence = (
            "kind", "area", "measure", "risk_level", "year_of_term", "term_years", "every",
            "effective_from", "effective_to", "basis", "acts",
        )  # fmt: skip

    def render_kind(self, record: PlanRule) -> str:
        return record.get_kind_display()

    def render_term_years(self, record: PlanRule) -> str:
        if record.term_years is None:
            return _("All")
        return ngettext("%(n)s year", "%(n)s years", record.term_years) % {"n": record.term_years}

    def render_year_of_term(self, record: PlanRule) -> str:
        year = super().render_year_of_term(record)
        half = record.get_half_of_year_display()  # type: ignore[no-untyped-call]
        return f"{year}{mark(',')}{half.lower()}" if half else year

    def render_every(self, record: PlanRule) -> str:
        if not record.recorded_elsewhere:
            return rhythm(record)
        return _("%(every)s, recorded elsewhere") % {"every": rhythm(record)}

    def render_acts(self, record: PlanRule) -> SafeString:
        """Nothing is edited: a change is a rule that follows."""
        if record.removed_at is not None:
            removed = _("Removed %(day)s") % {"day": day_text(record.removed_at)}
            return format_html("{} {}", tag_html("na", removed), record.removed_reason)
        if record.is_being_laid_out:
            return tag_html("soon", _("Windows are being laid out"))
        if not record.may_change:  # type: ignore[attr-defined]
            return SafeString("")
        url = reverse("plans:new")
        change = format_html('<a class="btn" href="{}?like={}">{}</a>', url, record.pk, _("Change"))
        if record.effective_from <= today():
            return change
        remove = reverse("plans:remove", args=[record.pk])
        return format_html('{} <a class="btn" href="{}">{}</a>', change, remove, _("Remove"))


class PlanFilters(BaseFilterSet):
    kind = django_filters.ChoiceFilter(
        choices=duty_choices, label=gettext_lazy("Duty"), empty_label=gettext_lazy("All")
    )
    measure = django_filters.ChoiceFilter(
        choices=Measure.choices, label=gettext_lazy("Measure"), empty_label=gettext_lazy("All")
    )
    risk_level = django_filters.ChoiceFilter(
        choices=RiskLevel.choices, label=gettext_lazy("Risk level"), empty_label=gettext_lazy("All")
    )
    ended = TickFilter(method="only_ended", label=gettext_lazy("Ended or removed"))

    class Meta:
        model = PlanRule
        fields = ["kind", "measure", "risk_level"]

    def only_ended(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        over = Q(effective_to__lt=today()) | Q(removed_at__isnull=False)
        return rows.filter(over) if value else rows


class PlansPage(ListPage):
    """Rules in effect and to come; ended ones on request."""

    permission = Permission.PLAN_VIEW
    title = gettext_lazy("Plans")
    table_class = PlanTable
    filterset_class = PlanFilters
    template_name = "schedule/plans.html"
    seen_by = gettext_lazy("Seen by: supervisors and the system administrator")
    empty_title = gettext_lazy("No rule is of this kind")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        may_change = Value(may(request.user, Permission.ADMIN_RULES))
        known = PlanRule.with_removed if request.GET.get("ended") else PlanRule.objects
        rows = known.select_related("area").annotate(may_change=may_change)
        if not request.GET.get("ended"):
            rows = rows.filter(Q(effective_to=None) | Q(effective_to__gte=today()))
        return near(rows, request).order_by(
            "kind",
            "area__code",
            "risk_level",
            "measure",
            "year_of_term",
            "half_of_year",
            "term_years",
            "pk",
        )
