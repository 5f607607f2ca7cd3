"""Logs for the auditor: nobody changes them, neither here nor by the serving role."""

from datetime import datetime

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.audit.models import AccessCheck, AccessLog, AccessSeal
from apps.audit.words import kind_words, page_words
from apps.core.admin_base import RoleModelAdmin


def _in_shanghai(moment: datetime) -> str:
    """In the list and on the row alike."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


@admin.register(AccessLog)
class AccessLogAdmin(RoleModelAdmin):
    see = (Permission.LOG_VIEW,)
    list_display = ("at", "username", "role", "area_code", "action", "person_count", "purpose")
    list_filter = ("action", "role")
    search_fields = ("username__exact", "county_code__exact", "area_code__exact")
    date_hierarchy = "at"
    fields = (
        "at", "user_id", "username", "role", "area_code", "county_code", "action", "person_ids",
        "person_count", "data", "purpose", "page", "request_id",
    )  # fmt: skip

    @admin.display(description=_("kind of data"))
    def data(self, row: AccessLog) -> str:
        return kind_words(row.fields_seen)

    @admin.display(description=_("page"))
    def page(self, row: AccessLog) -> str:
        return page_words(row.view)


@admin.register(AccessSeal)
class AccessSealAdmin(RoleModelAdmin):
    see = (Permission.LOG_VIEW,)
    list_display = ("sealed_minute", "lines", "last_line", "hexadecimal", "made_at")
    fields = list_display
    ordering = ("-minute",)

    @admin.display(description=_("minute"), ordering="minute")
    def sealed_minute(self, row: AccessSeal) -> str:
        return _in_shanghai(row.minute)

    @admin.display(description=_("lines"), ordering="rows")
    def lines(self, row: AccessSeal) -> int:
        return row.rows

    @admin.display(description=_("number of the last line"))
    def last_line(self, row: AccessSeal) -> int:
        return row.last_id

    @admin.display(description="HMAC-SHA-256")
    def hexadecimal(self, row: AccessSeal) -> str:
        return bytes(row.digest).hex()

    @admin.display(description=_("sealed at"))
    def made_at(self, row: AccessSeal) -> str:
        return _in_shanghai(row.sealed_at)


@admin.register(AccessCheck)
class AccessCheckAdmin(RoleModelAdmin):
    see = (Permission.LOG_VIEW,)
    list_display = ("at", "seals", "fault")
    fields = list_display
    ordering = ("-pk",)
