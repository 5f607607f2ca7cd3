"""Logs for the auditor: nobody changes them, neither here nor by the serving role."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.models import AccessCheck, AccessLog, AccessSeal
from apps.core.admin_base import RoleModelAdmin


@admin.register(AccessLog)
class AccessLogAdmin(RoleModelAdmin):
    see = (Permission.LOG_VIEW,)
    list_display = ("at", "username", "role", "area_code", "action", "person_count", "purpose")
    list_filter = ("action", "role")
    search_fields = ("username__exact", "county_code__exact", "area_code__exact")
    date_hierarchy = "at"


@admin.register(AccessSeal)
class AccessSealAdmin(RoleModelAdmin):
    see = (Permission.LOG_VIEW,)
    list_display = ("minute", "rows", "last_id", "hexadecimal", "sealed_at")
    fields = list_display
    ordering = ("-minute",)

    @admin.display(description="SHA-256")
    def hexadecimal(self, row: AccessSeal) -> str:
        return bytes(row.digest).hex()


@admin.register(AccessCheck)
class AccessCheckAdmin(RoleModelAdmin):
    see = (Permission.LOG_VIEW,)
    list_display = ("at", "seals", "fault")
    fields = list_display
    ordering = ("-pk",)
