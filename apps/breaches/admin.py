"""Breaches to look at: they are heard and decided on their pages."""

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.breaches.models import Breach, Response


@admin.register(Breach)
class BreachAdmin(PersonalAdmin):
    list_display = ("person", "kind", "starts_on", "ends_on", "heard_on", "decision", "decided_by",
                    "decided_at", "town")  # fmt: skip
    list_filter = ("kind", "decision")
    list_select_related = ("person", "town", "decided_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-starts_on", "-pk")


@admin.register(Response)
class ResponseAdmin(PersonalAdmin):
    list_display = ("person", "kind", "on", "paper", "recorded_by")
    list_filter = ("kind",)
    list_select_related = ("person", "paper", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-on", "-pk")
