"""Reports, their forms and what is asked for, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin
from apps.periodic.models import PeriodicReport, ReportRule, ReportSending, ReportTemplate


@admin.register(PeriodicReport)
class PeriodicReportAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "county", "town", "first", "last", "version", "recorded_by")
    list_filter = ("every",)
    list_select_related = ("county", "town", "recorded_by")
    ordering = ("-last", "-pk")
    exclude = ("client_uuid",)


@admin.register(ReportSending)
class ReportSendingAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("report", "receiver", "sent_at", "sent_by", "answer", "answered_at")
    list_filter = ("answer",)
    list_select_related = ("report", "receiver", "sent_by")
    ordering = ("-sent_at", "-pk")


@admin.register(ReportTemplate)
class ReportTemplateAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS, Permission.ADMIN_RULES)
    list_display = ("title", "area", "every", "recorded_at", "recorded_by")
    list_filter = ("every",)
    list_select_related = ("area", "recorded_by")
    ordering = ("area", "every", "-pk")
    exclude = ("client_uuid",)


@admin.register(ReportRule)
class ReportRuleAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS, Permission.ADMIN_RULES)
    list_display = ("area", "level", "every", "due_days", "first_day", "ended_on")
    list_filter = ("every", "level")
    list_select_related = ("area",)
    ordering = ("area", "level", "every")
    exclude = ("client_uuid",)
