"""Visits and interviews to look at: corrections and withdrawals go through their own page."""

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.visits.models import LostContact, Meeting, Search


@admin.register(Meeting)
class MeetingAdmin(PersonalAdmin):
    list_display = ("occurred_at", "kind", "person", "way", "outcome", "reason", "recorded_by",
                    "withdrawn_at")  # fmt: skip
    list_filter = ("kind", "outcome", "way", "undone")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith", "recorded_by__name__startswith")
    ordering = ("-occurred_at", "-pk")


@admin.register(LostContact)
class LostContactAdmin(PersonalAdmin):
    list_display = ("person", "since_on", "set_on", "set_by", "found_on")
    list_select_related = ("person", "set_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-set_on", "-pk")


@admin.register(Search)
class SearchAdmin(PersonalAdmin):
    list_display = ("person", "on", "means", "recorded_by")
    list_filter = ("means",)
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-on", "-pk")
