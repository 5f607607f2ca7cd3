"""Bases and courses are kept here as on their pages; placements and who is in a course are looked
at.
"""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.accounts.unit_admin import UnitAdmin
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import ServiceForm
from apps.core.fields import uuid7
from apps.core.form_fields import ReasonField
from apps.employment import services
from apps.employment.models import Base, Course, Enrolment, Look, Placement


class BaseForm(ServiceForm):
    class Meta:
        model = Base
        fields = ("area", "name", "places", "active")

    def act(self, changes: dict[str, Any]) -> Base:
        by, facts = cast(Any, self.request.user), self.cleaned_data
        if self.instance.pk:
            return services.change_base(base=self.instance, by=by, **facts)
        return services.open_base(by=by, client_uuid=uuid7(), **facts)


@admin.register(Base)
class BaseAdmin(UnitAdmin):
    form = BaseForm
    edit = Permission.ADMIN_RECORDS
    list_display = ("name", "area", "places", "active")
    list_filter = ("active",)
    search_fields = ("name__contains",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new one takes persons."""
        return BaseForm.Meta.fields if obj else BaseForm.Meta.fields[:-1]


class CourseForm(ServiceForm):
    reason = ReasonField(label=_("Why it is corrected"), max_length=200)

    class Meta:
        model = Course
        fields = ("area", "title", "first", "last", "provider", "places")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["reason"]

    def act(self, changes: dict[str, Any]) -> Course:
        by, facts = cast(Any, self.request.user), self.cleaned_data
        if self.instance.pk:
            return services.change_course(course=self.instance, by=by, **facts)
        return services.open_course(by=by, client_uuid=uuid7(), **facts)


@admin.register(Course)
class CourseAdmin(UnitAdmin):
    form = CourseForm
    edit = Permission.ADMIN_RECORDS
    list_display = ("title", "area", "first", "last", "provider", "places", "source")
    list_filter = ("source",)
    search_fields = ("title__contains",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A correction says why."""
        return (*CourseForm.Meta.fields, "reason") if obj else CourseForm.Meta.fields


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
