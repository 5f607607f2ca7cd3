"""The calendar and the numbers, for the system administrator."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.admin_search import SearchByUnit
from apps.core.admin_base import RoleModelAdmin, ServiceForm
from apps.core.articles import basis_words
from apps.core.days import today
from apps.law import services
from apps.law.current import load_rulebook
from apps.law.models import CalendarDay, LawParameter
from apps.law.parameters import DEFAULTS, Parameter


class CalendarDayForm(ServiceForm):
    class Meta:
        model = CalendarDay
        fields = ("day", "kind", "name", "basis")

    def act(self, changes: dict[str, Any]) -> CalendarDay:
        known = {"day": self.instance.day} | self.cleaned_data
        return services.set_calendar_day(by=cast(User, self.request.user), **known)


@admin.register(CalendarDay)
class CalendarDayAdmin(RoleModelAdmin):
    """A year without any day off here counts weekends and fixed holidays alone."""

    form = CalendarDayForm
    see = (Permission.ADMIN_RULES, Permission.ADMIN_RECORDS)
    edit = Permission.ADMIN_RULES
    may_add = True
    list_display = ("day", "kind", "name", "basis")
    list_filter = ("kind",)
    search_fields = ("name__contains",)
    date_hierarchy = "day"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("day",) if obj else ()


class LawParameterForm(ServiceForm):
    class Meta:
        model = LawParameter
        fields = ("name", "value", "effective_from", "area", "basis")

    def act(self, changes: dict[str, Any]) -> LawParameter:
        return services.set_parameter(by=cast(User, self.request.user), **self.cleaned_data)


@admin.register(LawParameter)
class LawParameterAdmin(SearchByUnit, RoleModelAdmin):
    """Numbers are never edited: another one begins on its day."""

    form = LawParameterForm
    see = (Permission.ADMIN_RULES, Permission.ADMIN_RECORDS)
    edit = Permission.ADMIN_RULES
    may_add = True
    autocomplete_fields = ("area",)
    list_display = ("name", "value", "area", "effective_from", "basis", "recorded_by")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The law's own numbers stand beside those that were set: before anything was set, too."""
        book, day = load_rulebook(), today()
        defaults = [
            {"label": Parameter(name).label, "default": value, "basis": basis_words(basis),
             "now": book.value(name, day), "set": book.setting(name, day),
             "areas": len({s.area_code for s in book.settings if s.name == name and s.area_code})}
            for name, (value, basis) in DEFAULTS.items()
        ]  # fmt: skip
        return super().changelist_view(request, {"defaults": defaults} | (extra_context or {}))

    list_filter = ("name",)
    list_select_related = ("area", "recorded_by")
    search_fields = ("area__name__contains", "basis__contains")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)
