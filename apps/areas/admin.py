"""Areas in the admin: names and the switch of shared caseloads. Mergers are a command."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest

from apps.areas import services
from apps.areas.admin_search import SearchByUnit
from apps.areas.models import Area
from apps.core.admin_base import RoleModelAdmin, ServiceForm


class AreaForm(ServiceForm):
    class Meta:
        model = Area
        fields = ("code", "name", "shared_caseload")

    def act(self, changes: dict[str, Any]) -> Area:
        by = cast(Any, self.request.user)
        if self.instance.pk is None:
            return services.open_area(by=by, **self.cleaned_data)
        return services.change_area(area=self.instance, by=by, **changes)


@admin.register(Area)
class AreaAdmin(SearchByUnit, RoleModelAdmin):
    unit = "pk"
    form = AreaForm
    see = ("admin_areas", "admin_records")
    edit = "admin_areas"
    may_add = True
    list_display = ("code", "name", "level", "parent", "active", "shared_caseload")
    list_filter = ("level", "active", "shared_caseload")
    list_select_related = ("parent",)
    search_fields = ("code__startswith", "name__contains", "name_initials__startswith")
    ordering = ("code",)
    fields = (
        "code", "name", "name_initials", "level", "parent", "shared_caseload", "active",
        "merged_into",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields if obj else AreaForm.Meta.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ("code", "name_initials", "level", "parent", "active", "merged_into")
        return shown if obj else ()

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).shown()

    def offered(self, queryset: Any) -> Any:
        """What a field is offered: nothing is set for a unit that is no more."""
        return queryset.active()
