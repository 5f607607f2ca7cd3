"""Expected releases to look at: they are received on their pages."""

from typing import Any

from django.contrib import admin

from apps.audit.admin_base import PersonalAdmin
from apps.intake.models import Release


@admin.register(Release)
class ReleaseAdmin(PersonalAdmin):
    list_display = ("name", "institution", "expected_on", "town", "measure", "received_on",
                    "called_off_on")  # fmt: skip
    list_filter = ("source", "reception")
    list_select_related = ("town", "file", "case")
    search_fields = ("name__startswith",)
    ordering = ("-expected_on", "-pk")

    def persons_of(self, row: Any) -> list[Any]:
        return [row.file or row.public_id]
