"""Bases, placements, courses and who is in them, to look at: nothing is changed here."""

from django.contrib import admin

from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.employment.models import Base, Course, Enrolment, Look, Placement


@admin.register(Base)
class BaseAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("name", "area", "places", "active")
    list_filter = ("active",)
    list_select_related = ("area",)
    search_fields = ("name__contains",)
    exclude = ("client_uuid",)


@admin.register(Course)
class CourseAdmin(RoleModelAdmin):
    see = (Permission.ADMIN_RECORDS,)
    list_display = ("title", "area", "first", "last", "provider", "places", "source")
    list_filter = ("source",)
    list_select_related = ("area",)
    search_fields = ("title__contains",)
    exclude = ("client_uuid",)


@admin.register(Placement)
class PlacementAdmin(PersonalAdmin):
    list_display = ("person", "kind", "employer", "starts_on", "ended_on", "withdrawn_at")
    list_filter = ("kind", "source")
    list_select_related = ("person",)
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(Look)
class LookAdmin(PersonalAdmin):
    list_display = ("person", "day", "still", "recorded_by", "withdrawn_at")
    list_filter = ("still",)
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)


@admin.register(Enrolment)
class EnrolmentAdmin(PersonalAdmin):
    list_display = ("person", "course", "examination", "certificate_number", "withdrawn_at")
    list_filter = ("examination", "source")
    list_select_related = ("person", "course")
    search_fields = ("person__name__startswith",)
    ordering = ("-pk",)
