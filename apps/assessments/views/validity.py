"""How long assessments speak: the rules as a table, and what a change would do."""

from datetime import date, timedelta
from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import F, Q, QuerySet, Value, Window
from django.db.models.functions import Lead
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.assessments.forms_validity import ValidityForm
from apps.assessments.models import ValidityRule
from apps.assessments.services import refuse_validity, set_validity
from apps.assessments.simulating import ValidityEffect, simulate
from apps.cases.codes import Measure, RiskLevel
from apps.cases.rules import LEVEL_MONTHS
from apps.core.days import today
from apps.core.filters import BaseFilterSet, TickFilter
from apps.core.list_page import ListPage
from apps.core.navigation import may
from apps.core.refusals import shown_in, status_of
from apps.core.tables import DayColumn
from apps.schedule.rule_tables import RuleTable, near


class ValidityTable(RuleTable):
    months = tables.Column(verbose_name=gettext_lazy("Speaks for"))
    effective_to = DayColumn(
        verbose_name=gettext_lazy("Until"), accessor="follows_on", orderable=False
    )

    class Meta:
        model = ValidityRule
        fields = ()
        sequence = (
            "risk_level", "area", "measure", "year_of_term", "months", "effective_from",
            "effective_to", "basis", "acts",
        )  # fmt: skip

    def render_months(self, value: int) -> str:
        return months_words(value)

    def render_effective_to(self, value: date) -> str:
        """The rule that follows for the same ends it on the day before."""
        return (value - timedelta(days=1)).isoformat()

    def render_acts(self, record: ValidityRule) -> SafeString:
        """Nothing is edited: a change is a rule that follows."""
        if not record.may_change:  # type: ignore[attr-defined]
            return SafeString("")
        url = reverse("assessments:validity-new")
        return format_html('<a class="btn" href="{}?like={}">{}</a>', url, record.pk, _("Change"))


class ValidityFilters(BaseFilterSet):
    risk_level = django_filters.ChoiceFilter(
        choices=RiskLevel.choices, label=gettext_lazy("Risk level"), empty_label=gettext_lazy("All")
    )
    measure = django_filters.ChoiceFilter(
        choices=Measure.choices, label=gettext_lazy("Measure"), empty_label=gettext_lazy("All")
    )
    ended = TickFilter(method="only_ended", label=gettext_lazy("Ended"))

    class Meta:
        model = ValidityRule
        fields = ["risk_level", "measure"]

    def only_ended(self, rows: QuerySet[Any], _name: str, value: bool) -> QuerySet[Any]:
        return rows.filter(follows_on__lte=today()) if value else rows


class ValidityPage(ListPage):
    """Rules in effect and to come; ended ones on request."""

    permission = Permission.PLAN_VIEW
    title = gettext_lazy("Plans")
    table_class = ValidityTable
    filterset_class = ValidityFilters
    template_name = "assessments/validity.html"
    seen_by = gettext_lazy("Seen by: supervisors and the system administrator")
    empty_title = gettext_lazy("No office has set another number")
    empty_words = gettext_lazy("What holds everywhere stands above.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = ValidityRule.objects.select_related("area").annotate(
            may_change=Value(may(request.user, Permission.ADMIN_RULES)),
            follows_on=Window(
                Lead("effective_from"),
                partition_by=[F("risk_level"), F("measure"), F("year_of_term"), F("area")],
                order_by="effective_from",
            ),
        )
        if not request.GET.get("ended"):
            rows = rows.filter(Q(follows_on=None) | Q(follows_on__gt=today()))
        return near(rows, request).order_by(
            "area__code", "risk_level", "measure", "year_of_term", "effective_from"
        )

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "everywhere": [(risk_level, months_words(n)) for risk_level, n in LEVEL_MONTHS.items()]
        }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.ADMIN_RULES)
def create(request: SignedInRequest) -> HttpResponse:
    """First what it would do, then the change itself."""
    form = ValidityForm(request.POST or None, initial=_initial(request))
    effect: ValidityEffect | None = None
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            if request.POST.get("act") == "apply":
                set_validity(by=request.user, **form.cleaned_data)
                messages.success(request, _("The rule is in effect; the last days follow it."))
                return redirect("assessments:validity")
            refuse_validity(proposed := form.proposed())
            effect = simulate(proposed)
    context = {
        "form": form,
        "effect": effect,
        "heading": _("How long assessments speak"),
        "list": reverse("assessments:validity"),
    }
    status = status_of(form)
    return render(request, "assessments/validity_new.html", context, status=status)


def months_words(months: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}


def _initial(request: SignedInRequest) -> dict[str, Any]:
    """A rule of the table as the beginning of its successor."""
    asked = request.GET.get("like", "")
    rules = ValidityRule.objects.select_related("area")
    like = rules.filter(pk=int(asked)).first() if asked.isdecimal() else None
    return ValidityForm.like(like, request.GET.get("risk_level", ""))
