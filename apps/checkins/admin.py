"""Check-ins to look at: corrections and withdrawals go through their own page."""

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.checkins.models import CheckIn


@admin.register(CheckIn)
class CheckInAdmin(PersonalAdmin):
    list_display = ("occurred_at", "person", "method", "outcome", "reason", "recorded_by", "source",
                    "withdrawn_at")  # fmt: skip
    list_filter = ("method", "outcome", "source", "undone")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith", "recorded_by__name__startswith")
    ordering = ("-occurred_at", "-pk")
