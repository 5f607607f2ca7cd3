"""Exports that wait for a second person: the list, and one page to answer and to take along."""

from typing import Any, Final, cast
from uuid import UUID

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.core.days import today
from apps.core.filters import BaseFilterSet
from apps.core.form_fields import ReasonField
from apps.core.list_page import ListPage
from apps.core.markup import tag_html
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, DayColumn, NameColumn
from apps.exports import services
from apps.exports.gate import make_again
from apps.exports.models import HOLDS, ExportRequest
from apps.exports.telling import narrowed, title_of

ANSWERS: Final = {
    "approve": services.approve,
    "reject": services.reject,
    "withdraw": services.withdraw,
}
# How each state is called, and its colour.
STATES: Final[dict[str, tuple[Any, str]]] = {
    "waiting": (gettext_lazy("Waiting"), "soon"),
    "expired": (gettext_lazy("Nobody answered in time"), "na"),
    "approved": (gettext_lazy("Approved"), "done"),
    "lapsed": (gettext_lazy("Approved, not taken in time"), "na"),
    "used": (gettext_lazy("Taken along"), "done"),
    "rejected": (gettext_lazy("Rejected"), "na"),
    "withdrawn": (gettext_lazy("Withdrawn"), "na"),
}


class ExportRequestTable(BaseTable):
    what = NameColumn(
        verbose_name=gettext_lazy("What"), accessor="page", orderable=False, empty_values=()
    )
    number = tables.Column(verbose_name=gettext_lazy("Persons"))
    whole = tables.Column(verbose_name=gettext_lazy("Names and numbers"), orderable=False)
    asked_by = tables.Column(verbose_name=gettext_lazy("Asked for by"), orderable=False)
    asked_at = DayColumn(verbose_name=gettext_lazy("On"))
    state = tables.Column(verbose_name=pgettext_lazy("of a request", "State"), orderable=False)

    class Meta:
        model = ExportRequest
        fields = ("what", "number", "whole", "asked_by", "asked_at", "state")

    def link_for(self, record: ExportRequest) -> str:
        return reverse("exports:request", args=[record.public_id])

    def value_what(self, record: ExportRequest) -> str:
        return title_of(record)

    def render_whole(self, record: ExportRequest) -> str:
        return how_much(record)

    def render_state(self, record: ExportRequest) -> SafeString:
        words, kind = STATES[record.state]
        return tag_html(kind, words)


def how_much(row: ExportRequest) -> str:
    return pgettext("an export", "whole") if row.whole else pgettext("an export", "masked")


class ExportRequestFilters(BaseFilterSet):
    show = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        empty_label=gettext_lazy("Waiting, and mine"),
        choices=[("all", gettext_lazy("All"))],
        method="all_of_them",
    )

    class Meta:
        model = ExportRequest
        fields: list[str] = []

    def all_of_them(self, queryset: Any, name: str, value: str) -> Any:
        return queryset


class ExportRequestList(ListPage):
    permission = Permission.PERSON_EXPORT
    title = gettext_lazy("Exports to approve")
    table_class = ExportRequestTable
    filterset_class = ExportRequestFilters
    default_sort = "-asked_at"
    seen_by = gettext_lazy("Seen by: those who may approve it, and who asked")
    empty_title = gettext_lazy("No export waits for a second person")
    empty_words = gettext_lazy(
        "Where the office says so, an export about many persons stands here until somebody else "
        "than who asked has approved it."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        user = cast(User, request.user)
        rows = ExportRequest.objects.shown_to(user)
        if request.GET.get("show") != "all":
            rows = rows.asked_for_by(user) | ExportRequest.objects.decidable_by(user, today())
        return rows.select_related("asked_by", "decided_by")


def waiting(user: User) -> QuerySet[Any]:
    """Counted in the side bar."""
    return ExportRequest.objects.decidable_by(user, today())


class ExportAnswerForm(forms.Form):
    """The buttons are the answers; a rejection says why."""

    needed_sometimes = ("reason",)
    reason = ReasonField(
        label=gettext_lazy("Reason"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed to reject: who asked reads it."),
    )  # fmt: skip

    @property
    def answer(self) -> str:
        """The button that was pressed."""
        return str(self.data.get("answer", ""))

    def clean(self) -> dict[str, Any]:
        if self.answer not in ANSWERS:
            raise forms.ValidationError(_("Nothing is decided yet: press one of the buttons."))
        return self.cleaned_data


@permission_required(Permission.PERSON_EXPORT)
@require_http_methods(["GET", "POST"])
def export_request(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What is asked for, by whom, what for; the answers, and the file once it is approved."""
    rows = ExportRequest.objects.shown_to(request.user)
    row = get_object_or_404(rows.select_related("asked_by", "decided_by"), public_id=public_id)
    form = ExportAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            ANSWERS[form.answer](row=row, by=request.user, **form.cleaned_data)
            messages.success(request, _("Decided."))
            return redirect("exports:requests")
    context = _shown(request, row) | {"form": form}
    return render(request, "exports/request.html", context, status=status_of(form))


@permission_required(Permission.PERSON_EXPORT)
@require_POST
def take(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The file, once, for who asked."""
    rows = ExportRequest.objects.shown_to(request.user).asked_for_by(request.user)
    row = get_object_or_404(rows.select_related("asked_by", "decided_by"), public_id=public_id)
    return cast(HttpResponse, make_again(request, row))


def _shown(request: SignedInRequest, row: ExportRequest) -> dict[str, Any]:
    own, state = row.asked_by_id == request.user.pk, row.state
    words, tag = STATES[state]
    return {
        "row": row,
        "title": title_of(row),
        "narrowed": narrowed(row, request),
        "how_much": how_much(row),
        "state": words,
        "tag": tag,
        "may_decide": services.may_decide(request.user, row),
        "may_withdraw": own and state == "waiting",
        "may_take": own and state == "approved",
        "until": row.decided_at + HOLDS if row.decided_at else None,
    }
