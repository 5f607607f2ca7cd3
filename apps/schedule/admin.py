"""Plans for the system administrator; windows to look at."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.admin_search import SearchByUnit
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin, ServiceForm
from apps.schedule.models import DueItem, PlanRule, Snooze
from apps.schedule.rules import Every
from apps.schedule.services import cases_under, replan, set_plan


class PlanRuleForm(ServiceForm):
    class Meta:
        model = PlanRule
        fields = (
            "kind", "area", "measure", "risk_level", "year_of_term", "half_of_year", "term_years",
            "every_count",
            "every_unit", "effective_from", "recorded_elsewhere", "quiet_days", "basis",
        )  # fmt: skip

    def act(self, changes: dict[str, Any]) -> PlanRule:
        """The rule, and the windows of the cases that it concerns."""
        facts = dict(self.cleaned_data)
        every = Every(facts.pop("every_count"), facts.pop("every_unit"))
        rule = set_plan(
            every=every,
            from_day=facts.pop("effective_from"),
            by=cast(User, self.request.user),
            **facts,
        )
        replan(cases_under(rule), kinds=[rule.kind], from_day=rule.effective_from)
        return rule


@admin.register(PlanRule)
class PlanRuleAdmin(SearchByUnit, RoleModelAdmin):
    """Rules are never edited: a new one begins, and the one before it ends."""

    form = PlanRuleForm
    see = (Permission.ADMIN_RULES, Permission.ADMIN_RECORDS)
    edit = Permission.ADMIN_RULES
    may_add = True
    autocomplete_fields = ("area",)
    list_display = ("kind", "measure", "risk_level", "year_of_term", "half_of_year",
                    "term_years", "area", "every_count", "every_unit", "effective_from",
                    "effective_to", "recorded_elsewhere")  # fmt: skip
    list_filter = ("kind", "measure", "risk_level", "recorded_elsewhere")
    list_select_related = ("area",)
    search_fields = ("area__name__contains", "area__code__startswith")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)


@admin.register(DueItem)
class DueItemAdmin(PersonalAdmin):
    list_display = ("person", "kind", "opens_on", "due_on", "outcome", "done_on", "carried_over",
                    "town")  # fmt: skip
    list_filter = ("kind", "outcome", "carried_over", "recorded_elsewhere")
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-due_on", "-pk")


@admin.register(Snooze)
class SnoozeAdmin(PersonalAdmin):
    list_display = ("person", "kind", "until", "recorded_by", "recorded_at", "ended_at")
    list_filter = ("kind",)
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-recorded_at", "-pk")
