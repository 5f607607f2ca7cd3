"""Needs to look at: they are closed on their page, with how they ended."""

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.needs.models import Need


@admin.register(Need)
class NeedAdmin(PersonalAdmin):
    list_display = ("person", "kind", "urgency", "said_by", "said_on", "closed_on", "outcome")
    list_filter = ("kind", "urgency", "outcome", "source")
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-said_on", "-pk")
