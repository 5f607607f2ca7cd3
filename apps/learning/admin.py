"""Learning records and scores of units, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.learning.models import LearningRecord, UnitScore


@admin.register(LearningRecord)
class LearningRecordAdmin(PersonalAdmin):
    list_display = ("person", "title", "platform", "first", "points_text", "withdrawn_at")
    list_filter = ("origin",)
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(UnitScore)
class UnitScoreAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "platform", "area", "first", "points_text", "withdrawn_at")
    list_filter = ("origin",)
    list_select_related = ("area",)
    search_fields = ("title__contains",)
    exclude = ("client_uuid",)
