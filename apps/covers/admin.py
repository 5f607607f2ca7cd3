"""Covers to look at: they are arranged on their pages."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin
from apps.covers.models import Cover


@admin.register(Cover)
class CoverAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("worker", "cover", "starts_on", "until_on", "recorded_by", "recorded_at")
    list_select_related = ("worker", "cover", "recorded_by")
    search_fields = ("worker__name__startswith", "cover__name__startswith")
    fields = ("worker", "cover", "starts_on", "until_on", "words", "recorded_by", "recorded_at")
    ordering = ("-starts_on", "-pk")
