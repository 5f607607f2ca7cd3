"""Tests to look at: corrections and withdrawals go through their own page."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.drugtests.models import (
    Analyte,
    CutOff,
    Dossier,
    DrugTest,
    Kit,
    OccupationalScreening,
    Reading,
    Step,
)


@admin.register(DrugTest)
class DrugTestAdmin(PersonalAdmin):
    list_display = ("occurred_at", "person", "sample", "kind", "why", "outcome", "reason_not",
                    "recorded_by", "withdrawn_at")  # fmt: skip
    list_filter = ("outcome", "sample", "kind", "why")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith", "recorded_by__name__startswith")
    ordering = ("-occurred_at", "-pk")


@admin.register(Dossier)
class DossierAdmin(PersonalAdmin):
    list_display = ("number_of_sample", "person", "test", "a_seal", "b_seal", "keep_until")
    list_select_related = ("person", "test")
    search_fields = ("person__name__startswith", "a_seal__startswith", "b_seal__startswith")
    ordering = ("-pk",)

    @admin.display(description=_("Number of the sample"), ordering="pk")
    def number_of_sample(self, dossier: Dossier) -> str:
        return dossier.number


@admin.register(Step)
class StepAdmin(PersonalAdmin):
    list_display = ("at", "person", "kind", "by_name", "result", "recorded_by", "withdrawn_at")
    list_filter = ("kind",)
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-at", "-pk")


@admin.register(Reading)
class ReadingAdmin(PersonalAdmin):
    list_display = ("day", "person", "analyte", "result", "value", "unit", "kit")
    list_select_related = ("person", "analyte", "kit")
    search_fields = ("person__name__startswith",)
    ordering = ("-day", "-pk")


@admin.register(OccupationalScreening)
class OccupationalScreeningAdmin(RoleModelAdmin):
    """Sums to look at: other numbers of the same list are told by the import."""

    see = (Permission.ADMIN_RECORDS,)
    list_display = ("first_on", "last_on", "county", "occupation", "tested", "positive")
    list_filter = ("occupation",)
    list_select_related = ("county",)
    search_fields = ("occupation_words__contains",)
    ordering = ("-first_on", "-pk")


class _Listed(RoleModelAdmin):
    """What tests look for and with what: kept by the records administrator's office of the site."""

    see = (Permission.ADMIN_RECORDS, Permission.ADMIN_RULES)
    edit = Permission.ADMIN_RULES
    may_add = True


@admin.register(Analyte)
class AnalyteAdmin(_Listed):
    list_display = ("code", "name_zh", "name_en", "by_methadone", "also_by", "active", "position")
    search_fields = ("name_zh__contains", "name_en__icontains")
    ordering = ("position", "code")


@admin.register(CutOff)
class CutOffAdmin(_Listed):
    list_display = ("analyte", "sample", "value", "unit", "valid_from", "valid_to", "source")
    list_filter = ("sample",)
    list_select_related = ("analyte",)
    ordering = ("analyte__position", "sample", "-valid_from")


@admin.register(Kit)
class KitAdmin(_Listed):
    list_display = ("name", "lot", "expires_on", "sample", "approval", "active")
    list_filter = ("sample", "active")
    search_fields = ("name__contains", "lot__startswith")
    ordering = ("name", "-expires_on")
