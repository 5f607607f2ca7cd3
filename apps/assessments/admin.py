"""Assessments to look at; acts are the pages'. Confidential facts are not here at all."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.assessments.models import (
    Assessment,
    HalfYearSummary,
    HelpFlag,
    LifeEvent,
    Round,
    RoundTarget,
    ValidityRule,
)
from apps.assessments.services import set_validity
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin, ServiceForm


@admin.register(Assessment)
class AssessmentAdmin(PersonalAdmin):
    list_display = ("person", "assessed_on", "risk_level", "standing", "valid_until_now", "told_on")
    list_filter = ("risk_level", "standing", "origin")
    list_select_related = ("person", "level_record")
    search_fields = ("person__name__startswith",)
    ordering = ("-assessed_on", "-pk")

    @admin.display(description=_("valid until"), ordering="level_record__valid_until")
    def valid_until_now(self, row: Assessment) -> Any:
        return row.level_record and row.level_record.valid_until


@admin.register(HalfYearSummary)
class HalfYearSummaryAdmin(PersonalAdmin):
    list_display = ("person", "first", "last", "told_on", "recorded_by", "withdrawn_at")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-first", "-pk")


@admin.register(LifeEvent)
class LifeEventAdmin(PersonalAdmin):
    list_display = ("person", "kind", "happened_on")
    list_filter = ("kind",)
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-happened_on", "-pk")


@admin.register(HelpFlag)
class HelpFlagAdmin(PersonalAdmin):
    list_display = ("person", "kind", "since", "ended_on")
    list_filter = ("kind",)
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-since", "-pk")


@admin.register(Round)
class RoundAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "area", "first", "last", "opened_by")
    list_select_related = ("area", "opened_by")
    search_fields = ("title__contains",)
    ordering = ("-first", "-pk")


@admin.register(RoundTarget)
class RoundTargetAdmin(PersonalAdmin):
    list_display = ("person", "round", "town")
    list_select_related = ("person", "round", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


class ValidityAdminForm(ServiceForm):
    class Meta:
        model = ValidityRule
        fields = (
            "risk_level",
            "measure",
            "year_of_term",
            "area",
            "months",
            "effective_from",
            "basis",
        )

    def act(self, changes: dict[str, Any]) -> ValidityRule:
        return set_validity(by=self.request.user, **self.cleaned_data)  # type: ignore[arg-type]


@admin.register(ValidityRule)
class ValidityRuleAdmin(RoleModelAdmin):
    form = ValidityAdminForm
    see = (Permission.ADMIN_RECORDS, Permission.ADMIN_RULES)
    edit = Permission.ADMIN_RULES
    may_add = True
    autocomplete_fields = ("area",)
    list_display = (
        "risk_level",
        "measure",
        "year_of_term",
        "area",
        "months",
        "effective_from",
        "basis",
    )
    list_filter = ("risk_level", "measure")
    list_select_related = ("area",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)
