"""Sessions to look at: never their notes, which are in no admin."""

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.counselling.models import Session


@admin.register(Session)
class SessionAdmin(PersonalAdmin):
    list_display = ("person", "day", "kind", "recorded_by", "next_on", "withdrawn_at")
    list_filter = ("kind", "ground")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith", "recorded_by__name__startswith")
    ordering = ("-day", "-pk")
