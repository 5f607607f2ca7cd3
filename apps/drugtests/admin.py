"""Tests to look at: corrections and withdrawals go through their own page."""

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.drugtests.models import DrugTest


@admin.register(DrugTest)
class DrugTestAdmin(PersonalAdmin):
    list_display = ("occurred_at", "person", "sample", "kind", "why", "outcome", "reason_not",
                    "recorded_by", "withdrawn_at")  # fmt: skip
    list_filter = ("outcome", "sample", "kind", "why")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith", "recorded_by__name__startswith")
    ordering = ("-occurred_at", "-pk")
