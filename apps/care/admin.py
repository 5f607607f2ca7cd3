"""Plans, steps, reviews and lists, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.care.models import CareList, CareListEntry, CarePlan, CareReview, CareStep
from apps.core.admin_base import RoleModelAdmin


@admin.register(CarePlan)
class CarePlanAdmin(PersonalAdmin):
    list_display = ("person", "day", "review_on", "closed_on", "recorded_by", "withdrawn_at")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(CareStep)
class CareStepAdmin(PersonalAdmin):
    list_display = ("person", "doer", "by_day", "ended", "ended_on", "withdrawn_at")
    list_filter = ("doer", "ended")
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(CareReview)
class CareReviewAdmin(PersonalAdmin):
    list_display = ("person", "day", "next_on", "recorded_by", "withdrawn_at")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(CareList)
class CareListAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "area", "first", "last", "recorded_by", "closed_at")
    list_select_related = ("area", "recorded_by")
    search_fields = ("title__contains",)
    ordering = ("-first", "-pk")
    exclude = ("client_uuid",)


@admin.register(CareListEntry)
class CareListEntryAdmin(PersonalAdmin):
    list_display = ("person", "list", "day", "recorded_by", "withdrawn_at")
    list_select_related = ("person", "list", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
