"""The receiving office: read a file in, look at what it brings, accept or refuse it."""

from typing import Any, cast
from uuid import UUID

import django_tables2 as tables
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.list_page import ListPage
from apps.core.markup import tag_html
from apps.core.refusals import shown_in, status_of
from apps.core.tables import BaseTable, NameColumn
from apps.core.text import day_text
from apps.documents.access import download
from apps.handover.codes import ArrivalState
from apps.handover.forms import AcceptForm, ReceiveForm, RejectForm
from apps.handover.models import Arrival
from apps.handover.reading import Opened, open_package
from apps.handover.services.arriving import known_here
from apps.handover.services.receipts import receipt_of

TAGS = {"waiting": "soon", "accepted": "done", "rejected": "na"}


class ArrivalTable(BaseTable):
    from_words = NameColumn(verbose_name=gettext_lazy("From"))
    recorded_at = tables.Column(verbose_name=gettext_lazy("Arrived"))
    recorded_by = tables.Column(verbose_name=gettext_lazy("Read in by"), orderable=False)
    decided_by = tables.Column(verbose_name=gettext_lazy("Decided by"), orderable=False)
    state = tables.Column(verbose_name=gettext_lazy("State"))

    def link_for(self, record: Arrival) -> str:
        return reverse("handover:arrival", args=[record.public_id])

    def render_recorded_at(self, value: Any) -> str:
        return day_text(value)

    def render_state(self, record: Arrival) -> SafeString:
        return tag_html(TAGS[record.state], str(record.get_state_display()))


class ArrivalsPage(ListPage):
    """The newest first; nobody is named before somebody opens one."""

    permission = Permission.APPROVE
    title = gettext_lazy("Files from other systems")
    template_name = "handover/list.html"
    table_class = ArrivalTable
    seen_by = gettext_lazy("Seen by: supervisors of the unit")
    empty_title = gettext_lazy("No file has arrived yet")
    empty_words = gettext_lazy(
        "An office that works with another installation sends the file of somebody who moves as a "
        "sealed package, and tells the phrase by telephone."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Arrival.objects.visible_to(cast(User, request.user))
        return cast(
            "QuerySet[Any]", rows.defer("content").select_related("recorded_by", "decided_by")
        )


@permission_required(Permission.APPROVE)
@require_http_methods(["GET", "POST"])
def receive(request: SignedInRequest) -> HttpResponse:
    """A sealed file and its phrase; nothing goes into the records yet."""
    form = ReceiveForm(request.POST or None, request.FILES or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            return redirect("handover:arrival", form.perform().public_id)
    return render(request, "handover/receive.html", {"form": form}, status=status_of(form))


@permission_required(Permission.APPROVE)
@require_safe
def arrival(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What it brings, in words: rows, what stays words, whether the person is known."""
    found = _arrival(request, public_id)
    if found.state == ArrivalState.REJECTED:
        # Nothing of it is kept, so nothing is shown.
        gone: dict[str, Any] = {
            "opened": None,
            "known": None,
            "waits": False,
            "as_rows": [],
            "as_words": [],
        }
        gone |= {"one": found, "tag": TAGS[found.state]}
        return render(request, "handover/arrival.html", gone)
    opened = open_package(found.zip)
    waits = found.state == ArrivalState.WAITING
    known = known_here(opened, request.user) if waits else None
    # Who is shown may have no file here yet: named by the id that is the same everywhere.
    shown = [UUID(opened.person["id"]), *([known.person] if known and known.person else [])]
    log_access(request, persons=shown, action=Action.VIEW, fields_seen="whole file")
    context = {
        "one": found, "opened": opened, "known": known, "waits": waits,
        "tag": TAGS[found.state], **_kinds(opened),
    }  # fmt: skip
    return render(request, "handover/arrival.html", context)


def _kinds(opened: Opened) -> dict[str, Any]:
    words = [
        (str(capfirst(kind.model._meta.verbose_name_plural)), len(rows), kind.becomes_rows)
        for kind, rows in opened.rows
    ]
    return {
        "as_rows": [(name, number) for name, number, rows in words if rows],
        "as_words": [(name, number) for name, number, rows in words if not rows],
    }


@permission_required(Permission.APPROVE)
@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = _arrival(request, public_id)
    if found.state != ArrivalState.WAITING:
        return redirect("handover:arrival", public_id)
    known = known_here(open_package(found.zip), request.user)
    form = AcceptForm(_posted(request), user=request.user, target=found, known=known is not None)
    page = _page(
        found, title=_("Accept the file"),
        done=_("Accepted: the file is here. Download the receipt."),
        words=_("Order, person and records belong to your unit from this moment on. Nothing that "
                "was due before today is due here."), button=_("Accept"),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.APPROVE)
@require_http_methods(["GET", "POST"])
def reject(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    found = _arrival(request, public_id)
    form = RejectForm(_posted(request), user=request.user, target=found)
    page = _page(
        found,
        title=_("Refuse the file"),
        done=_("Refused. Download the receipt."),
        words=_("Nothing goes into the records; the other office reads the reason in the receipt."),
    )
    return show_act(request, form, page)


@permission_required(Permission.APPROVE)
@require_POST
def receipt(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """For the other office; the same each time."""
    found = _arrival(request, public_id)
    content = receipt_of(found)
    shown = [found.person] if found.person else []
    log_access(request, persons=shown, action=Action.EXPORT, fields_seen="whole file")
    return download(content, "application/json", f"receipt-{found.package.hex[-8:]}.json")


def _posted(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _page(found: Arrival, **words: Any) -> ActPage:
    back = reverse("handover:arrival", args=[found.public_id])
    return ActPage(back=back, subject=str(found), **words)


def _arrival(request: SignedInRequest, public_id: UUID) -> Arrival:
    rows = Arrival.objects.visible_to(request.user).select_related(
        "person", "recorded_by", "decided_by", "county", "town", "village"
    )
    found: Arrival = get_object_or_404(rows, public_id=public_id)
    return found
