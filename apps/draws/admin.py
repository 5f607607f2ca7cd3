"""Draws, who was drawn and who is excused, to look at: nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.draws.models import Draw, Drawn, Excuse


@admin.register(Draw)
class DrawAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("day", "town", "until", "wanted", "seed", "recorded_by", "recorded_at")
    list_select_related = ("town", "recorded_by")
    ordering = ("-day", "-pk")
    # Thousands of numbers: they stand in the export of the page.
    exclude = ("pool", "excused", "drawn", "client_uuid")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("pool", "excused", "drawn")


@admin.register(Drawn)
class DrawnAdmin(PersonalAdmin):
    list_display = ("day", "person", "until", "place")
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-day", "place", "-pk")


@admin.register(Excuse)
class ExcuseAdmin(PersonalAdmin):
    list_display = ("first", "last", "person", "reason", "recorded_by", "withdrawn_at")
    list_filter = ("reason",)
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-first", "-pk")
