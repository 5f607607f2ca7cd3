"""When the nightly work ran last."""

from django.contrib import admin

from apps.core.admin_base import RoleModelAdmin
from apps.core.models import NightlyRun


@admin.register(NightlyRun)
class NightlyRunAdmin(RoleModelAdmin):
    see = ("admin_rules", "log_view")
    list_display = ("name", "ran_for", "finished_at")
    ordering = ("name",)
