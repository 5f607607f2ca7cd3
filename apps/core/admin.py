"""When the nightly work ran last."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from apps.core.admin_base import RoleModelAdmin
from apps.core.models import NightlyRun
from apps.core.run_words import RUNS


@admin.register(NightlyRun)
class NightlyRunAdmin(RoleModelAdmin):
    see = ("admin_rules", "log_view")
    list_display = ("task", "ran_for", "finished_at")
    fields = list_display
    ordering = ("name",)

    @admin.display(description=_("task"), ordering="name")
    def task(self, run: NightlyRun) -> str:
        """In words; a command of a later version by its name."""
        return str(RUNS.get(run.name, run.name))
