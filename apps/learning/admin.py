"""Learning records and scores of units, to look at: nothing is changed here."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.learning.models import LearningRecord, UnitScore


class _AsWritten:
    @admin.display(description=_("Points"))
    def as_written(self, row: LearningRecord | UnitScore) -> str:
        return row.points_text


@admin.register(LearningRecord)
class LearningRecordAdmin(_AsWritten, PersonalAdmin):
    list_display = ("person", "title", "platform", "first", "as_written", "withdrawn_at")
    list_filter = ("origin",)
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(UnitScore)
class UnitScoreAdmin(_AsWritten, RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "platform", "area", "first", "as_written", "withdrawn_at")
    list_filter = ("origin",)
    list_select_related = ("area",)
    search_fields = ("title__contains",)
    exclude = ("client_uuid",)
