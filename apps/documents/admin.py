"""Issued papers, scans and the offices' templates to look at: acts have their own pages."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from apps.accounts.permissions import Permission
from apps.areas.units import within
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import RoleModelAdmin
from apps.documents.models import Attachment, DocumentNumber, IssuedDocument, OfficeTemplate


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(PersonalAdmin):
    list_display = ("number", "kind", "person", "issued_on", "issued_by", "voided_at", "town")
    list_filter = ("kind",)
    list_select_related = ("person", "issued_by", "town")
    search_fields = ("person__name__startswith", "number__contains")
    # The whole paper, with whatever number and address stand in it, is read on its page.
    exclude = ("content",)
    ordering = ("-issued_on", "-pk")


@admin.register(Attachment)
class AttachmentAdmin(PersonalAdmin):
    list_display = ("person", "kind", "uploaded_by", "withdrawn_at", "town")
    list_filter = ("kind",)
    list_select_related = ("person", "uploaded_by", "town")
    search_fields = ("person__name__startswith",)
    exclude = ("content",)
    ordering = ("-pk",)


class OfficeAdmin(RoleModelAdmin):
    """Rows of offices in the county of the records administrator."""

    see = (Permission.ADMIN_RECORDS,)
    office = "area"

    def get_queryset(self, request: HttpRequest) -> Any:
        user: Any = request.user
        rows = super().get_queryset(request)
        return rows.filter(within(user.area, self.office)) if user.area else rows.none()


@admin.register(OfficeTemplate)
class OfficeTemplateAdmin(OfficeAdmin):
    list_display = ("kind", "measure", "area", "effective_from", "withdrawn_on", "uploaded_by")
    list_filter = ("kind", "measure")
    list_select_related = ("area", "uploaded_by")
    exclude = ("content",)
    ordering = ("kind", "-effective_from", "-pk")


@admin.register(DocumentNumber)
class DocumentNumberAdmin(OfficeAdmin):
    office = "office"
    list_display = ("__str__", "office")
    list_select_related = ("office",)
    ordering = ("-pk",)
