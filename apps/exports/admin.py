"""Exports by two persons, to read."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin
from apps.exports.models import ExportRequest


@admin.register(ExportRequest)
class ExportRequestAdmin(RoleModelAdmin):
    """Answered on its page, never here."""

    see = (Permission.ADMIN_USERS, Permission.LOG_VIEW)
    list_display = ("page", "number", "whole", "asked_by", "asked_at", "decision", "decided_by",
                    "decided_at", "used_at")  # fmt: skip
    list_filter = ("decision", "whole")
    list_select_related = ("asked_by", "decided_by")
    search_fields = ("asked_by__username__startswith",)
    fields = list_display
    ordering = ("-asked_at",)
