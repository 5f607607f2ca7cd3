"""Clinics, treatments and months of attendance, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.treatment.models import Attendance, Clinic, Treatment


@admin.register(Clinic)
class ClinicAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("name", "kind", "centre", "area", "opened_on", "closed_on")
    list_filter = ("kind",)
    list_select_related = ("area", "centre")
    search_fields = ("name__contains",)
    exclude = ("client_uuid",)


@admin.register(Treatment)
class TreatmentAdmin(PersonalAdmin):
    list_display = ("person", "clinic", "medicine", "since", "ended_on", "withdrawn_at")
    list_filter = ("medicine",)
    list_select_related = ("person", "clinic")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(Attendance)
class AttendanceAdmin(PersonalAdmin):
    list_display = ("person", "month", "attended", "expected", "source", "withdrawn_at")
    list_filter = ("source",)
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
