"""Merge two files with a look at what it does; the merges there were, and their undoing."""

from typing import Any, cast
from uuid import UUID

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.list_page import PersonListPage
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.filters import BaseFilterSet
from apps.core.markup import tag_html
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.core.text import mark, sentences
from apps.persons import services
from apps.persons.finding import NameFilter
from apps.persons.forms_merge import MergeForm, UndoForm, renewed
from apps.persons.models import Merge
from apps.persons.services.undoing import added_since
from apps.persons.views.alike import both_or_404


@permission_required(Permission.PERSON_MERGE)
def merge(request: SignedInRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """The file of the address is kept, the other one goes."""
    kept, merged = both_or_404(request, public_id, other_id)
    log_access(request, persons=[kept, merged], action=Action.VIEW, fields_seen="merge")
    files: dict[str, Any] = {"kept": kept, "merged": merged, "by": request.user}
    preview = services.preview_merge(**files)
    form = MergeForm(request.POST if request.method == "POST" else None, preview=preview)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.perform(**files)
            messages.success(request, _merged_words(merged.file_number))
            return redirect("workbench:person", public_id)
    status = status_of(form)
    if form.is_bound:
        form = renewed(form, preview)
    # Where it cannot be there is nothing to fill in; what somebody typed already stays.
    blocked = bool(preview.clashes) and not form.is_bound
    context = {"form": form, "preview": preview, "blocked": blocked, "kept": kept, "merged": merged}
    return render(request, "persons/merge.html", context, status=status)


def _merged_words(number: str) -> str:
    words = _("File %(number)s is part of this one now. It can be undone: see Merged files.")
    return words % {"number": number}


class MergeTable(BaseTable):
    person = NameColumn(
        verbose_name=gettext_lazy("File that was kept"), order_by="person__sort_key"
    )
    merged = tables.Column(
        verbose_name=gettext_lazy("File that was merged into it"), order_by="merged__sort_key"
    )
    merged_at = DayColumn(verbose_name=gettext_lazy("Merged on"))
    merged_by = tables.Column(verbose_name=gettext_lazy("By"), order_by="merged_by__name")
    reason = tables.Column(
        verbose_name=gettext_lazy("Why"), orderable=False, attrs={"td": {"class": "words"}}
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"), empty_values=(), accessor="pk", orderable=False
    )

    class Meta:
        model = Merge
        fields = ("person", "merged", "merged_at", "merged_by", "reason", "state")

    def link_for(self, record: Merge) -> str:
        return reverse("workbench:person", args=[record.person.public_id])

    def render_merged(self, record: Merge) -> str:
        return f"{record.merged.name} {record.merged.file_number}"

    def render_state(self, record: Merge) -> SafeString:
        if record.undone_at is not None:
            return format_html("{} {}", tag_html("na", _("Undone")), record.undone_by)
        url = reverse("persons:merge-undo", args=[record.public_id])
        return format_html('<a class="btn" href="{}">{}</a>', url, _("Undo"))

    def value_state(self, record: Merge) -> str:
        return _("Undone") if record.undone_at else _("Merged")


class MergeFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("All"),
        choices=[
            ("standing", gettext_lazy("Those that stand")),
            ("undone", gettext_lazy("Those undone")),
        ],
        method="standing",
    )
    name = NameFilter(label=gettext_lazy("Name"))

    class Meta:
        model = Merge
        fields: list[str] = []

    def standing(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(undone_at__isnull=value == "standing")


class MergesPage(PersonListPage):
    """Every merge of the county, the newest first."""

    permission = Permission.PERSON_MERGE
    title = gettext_lazy("Merged files")
    table_class = MergeTable
    filterset_class = MergeFilters
    default_sort = "-merged_at"
    fields_seen = "merge"
    empty_title = gettext_lazy("No files were merged")
    empty_words = gettext_lazy("A merge begins on the list of likely duplicates.")

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Merge.objects.visible_to(request.user)  # type: ignore[arg-type]
        return rows.select_related("person", "merged", "merged_by", "undone_by")


@permission_required(Permission.PERSON_MERGE)
def undo(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was added since the merge is told before, and again what was done with it."""
    rows = Merge.objects.visible_to(request.user).select_related("person", "merged")
    row = get_object_or_404(rows, public_id=public_id)
    form = UndoForm(
        request.POST if request.method == "POST" else None, user=request.user, target=row
    )
    page = ActPage(
        title=_("Undo the merge"),
        subject=f"{row.person} ← {row.merged} {row.merged.file_number}",
        words=_undo_words(row, request.user), button=_("Undo the merge"),
        done=cast(Any, _Done(form)), back=reverse("persons:merges"),
        persons=[row.person, row.merged], seen="merge",
    )  # fmt: skip
    return show_act(request, form, page)


def _undo_words(row: Merge, user: User) -> str:
    words = _(
        "Both files are as they were before the merge, and each entry goes back to the file it "
        "came from. What was recorded since stays in the file that was kept, but for what belongs "
        "to an order or another entry that goes back."
    )
    if row.undone_at is None and (added := added_since(row, user)):
        since = _("Recorded since: %(what)s.") % {"what": mark("list").join(added)}
        return sentences(words, since)
    return words


class _Done:
    """What was done, in words once it is done."""

    def __init__(self, form: UndoForm) -> None:
        self.form = form

    def __str__(self) -> str:
        undone, told = self.form.undone, [_("The merge is undone: there are two files again.")]
        for words, what in (
            (_("Stays in the file that was kept: %(what)s."), undone.staying),
            (_("Went along with what it belongs to: %(what)s."), undone.going),
        ):
            if what:
                told.append(words % {"what": mark("list").join(what)})
        return sentences(*told)
