"""Rows of a unit in the admin: seen as on the pages, kept by who runs the unit."""

from typing import Any, ClassVar

from django.http import HttpRequest

from apps.accounts.permissions import Permission
from apps.core.admin_base import RoleModelAdmin


class UnitAdmin(RoleModelAdmin):
    """`area` is chosen once; whoever sees a row from below only looks at it."""

    see = (Permission.ADMIN_RECORDS,)
    may_add = True
    list_select_related: ClassVar[Any] = ("area",)
    autocomplete_fields = ("area",)
    # What a row is of, and stays.
    stays: tuple[str, ...] = ("area",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_change_permission(request, obj)
        if obj is None or not may:
            return may
        rows = self.model._default_manager.run_by(request.user)  # type: ignore[attr-defined]
        return bool(rows.filter(pk=obj.pk).exists())

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.stays if obj else ()
