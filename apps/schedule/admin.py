"""Plans for the system administrator; windows to look at."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.schedule.models import DueItem, PlanRule


@admin.register(PlanRule)
class PlanRuleAdmin(RoleModelAdmin):
    """Rules are never edited: a new one begins, and the one before it ends."""

    see = (Permission.ADMIN_RULES, Permission.ADMIN_RECORDS)
    list_display = ("kind", "measure", "tier", "year_of_term", "area", "every_count", "every_unit",
                    "effective_from", "effective_to", "recorded_elsewhere")  # fmt: skip
    list_filter = ("kind", "measure", "tier", "recorded_elsewhere")
    list_select_related = ("area",)
    search_fields = ("area__name__contains", "area__code__startswith")


@admin.register(DueItem)
class DueItemAdmin(PersonalAdmin):
    list_display = ("person", "kind", "opens_on", "due_on", "outcome", "done_on", "carried_over",
                    "town")  # fmt: skip
    list_filter = ("kind", "outcome", "carried_over", "recorded_elsewhere")
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-due_on", "-pk")
