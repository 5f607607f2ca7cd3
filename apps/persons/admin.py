"""Files of persons for the records administrator of the county. Corrections give a reason."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.audit.admin_base import PersonalAdmin
from apps.core.admin_base import ServiceForm
from apps.core.days import today
from apps.core.form_fields import ReasonField
from apps.core.text import MASKS
from apps.persons.codes import DocumentKind
from apps.persons.identity import document_index, plain
from apps.persons.models import Assignment, Contact, Merge, NotSame, OutsideLookup, Person
from apps.persons.services import change_person

PLACE = ("county", "town", "village")


_KEEP = {
    "document_number": _("Leave it empty to keep the one on file."),
    "phone": _("Leave it empty to keep the one on file; - ends it."),
}


class WithReason(ServiceForm):
    """A correction says why; old value, new value and reason stand in the history."""

    reason = ReasonField(
        label=_("Why it is changed"),
        max_length=200,
        help_text=_("Stands in the history beside old and new values."),
    )


class PersonAdminForm(WithReason):
    """Number and phone are stars, as on the page; the whole one is asked for there."""

    class Meta:
        model = Person
        fields = (
            "name", "document_kind", "document_number", "sex", "born_on", "ethnicity", "education",
            "marital", "household", "employment", "on_allowance", "substance", "phone",
            "call_note", "registration_area", "registration_address", "residence_area",
            "residence_address",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, mask in MASKS.items():
            if name in self.fields:
                self._mask(name, mask)

    def _mask(self, name: str, mask: Any) -> None:
        stored = getattr(self.instance, name) if self.instance.pk else ""
        self.initial[name] = ""
        field = self.fields[name]
        field.widget = forms.TextInput(
            attrs={"placeholder": mask(stored), "autocomplete": "off", "class": "vTextField"}
        )
        if stored:
            page = reverse("workbench:person", args=[self.instance.public_id])
            field.help_text = format_html(
                '{} <a href="{}">{}</a>', _KEEP[name], page, _("Show the whole one: on the page.")
            )

    def act(self, changes: dict[str, Any]) -> Person:
        by = cast(User, self.request.user)
        if changes.get("phone", "").strip() == "-":
            changes["phone"] = ""
        if changes.get("document_kind") == DocumentKind.NONE:
            changes.setdefault("document_number", "")
        return change_person(person=self.instance, by=by, **changes)


@admin.register(Person)
class PersonAdmin(PersonalAdmin):
    """A file is opened on the page, where a search for an existing one comes first."""

    form = PersonAdminForm
    days = {"born_on": {"latest": today}}
    edit = Permission.ADMIN_RECORDS
    list_display = ("name", "sex", "born_on", "town", "village", "life_status")
    list_filter = ("sex", "life_status", "employment")
    list_select_related = ("town", "village")
    search_fields = ("name__startswith", "name_pinyin__startswith", "name_initials__startswith")
    search_help_text = _("Name, pinyin, initials, or the whole document number")
    autocomplete_fields = ("registration_area", "residence_area")
    ordering = ("sort_key", "pk")
    readonly_fields = (*PLACE, "life_status", "life_status_since", "brought_in_on", "created_at")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*PersonAdminForm.Meta.fields, *self.readonly_fields, "reason")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        number = plain(search_term)
        if len(number) >= 15:
            return queryset.filter(document_index=document_index(number)), False
        return super().get_search_results(request, queryset, search_term.lower())


@admin.register(Assignment)
class AssignmentAdmin(PersonalAdmin):
    list_display = ("person", "worker", "kind", "starts_on", "ends_on", "town")
    list_filter = ("kind",)
    list_select_related = ("person", "worker", "town")
    search_fields = ("person__name__startswith", "worker__name__startswith")
    date_hierarchy = None
    ordering = ("-starts_on", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Its own scope: an assignment is seen by whoever sees the person."""
        found = super().get_queryset(request)
        seen = Person.objects.visible_to(cast(User, request.user))
        return found.filter(person__in=seen)


@admin.register(Contact)
class ContactAdmin(PersonalAdmin):
    list_display = ("person", "relation", "agreed_on", "withdrawn_on", "town")
    list_filter = ("relation",)
    list_select_related = ("person", "town")
    search_fields = ("person__name__startswith",)
    ordering = ("-agreed_on", "-pk")


@admin.register(OutsideLookup)
class OutsideLookupAdmin(PersonalAdmin):
    list_display = ("asked_at", "asked_by", "person", "seen_at", "seen_by")
    list_select_related = ("asked_by", "person", "seen_by")
    search_fields = ("asked_by__name__startswith",)
    ordering = ("-asked_at", "-pk")


class TwoFilesAdmin(PersonalAdmin):
    """Acts about two files: both stand in the access log."""

    second: ClassVar[str] = ""

    def persons_of(self, row: Any) -> list[Any]:
        return [row.person, getattr(row, self.second)]


@admin.register(Merge)
class MergeAdmin(TwoFilesAdmin):
    """Read-only: a merge and its undo have pages of their own, with a preview."""

    second = "merged"
    list_display = ("merged_at", "person", "merged", "merged_by", "undone_at", "undone_by")
    list_select_related = ("person", "merged", "merged_by", "undone_by")
    search_fields = ("person__name__startswith", "merged__name__startswith")
    exclude = ("before", "marks")
    ordering = ("-merged_at", "-pk")


@admin.register(NotSame)
class NotSameAdmin(TwoFilesAdmin):
    """Read-only: decided, and taken back, on the page that shows both."""

    second = "other"
    list_display = ("decided_at", "person", "other", "decided_by", "withdrawn_at", "withdrawn_by")
    list_select_related = ("person", "other", "decided_by", "withdrawn_by")
    search_fields = ("person__name__startswith", "other__name__startswith")
    ordering = ("-decided_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Only where both files are the reader's to see, as on the page."""
        seen = Person.objects.visible_to(cast(User, request.user))
        return super().get_queryset(request).filter(person__in=seen, other__in=seen)
