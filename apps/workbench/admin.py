"""Saved views to look at: their owners keep them on the list of persons."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin
from apps.workbench.models import SavedView


@admin.register(SavedView)
class SavedViewAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("name", "owner", "area", "saved_at")
    list_select_related = ("owner", "area")
    search_fields = ("name__contains", "owner__name__startswith")
    ordering = ("name", "pk")
