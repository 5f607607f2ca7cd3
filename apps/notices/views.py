"""The list behind the bell: what concerns the user, the newest first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_POST

from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.list_page import ListPage, Page, Question
from apps.core.navigation import unread_of
from apps.core.tables import BaseTable
from apps.notices import services
from apps.notices.kinds import place_of
from apps.notices.models import Notice
from apps.notices.shown_notices import dress


class NoticeTable(BaseTable):
    """Lines, not cells: the template draws them."""


class NoticesPage(ListPage):
    """Everybody who signs in has a bell; nobody sees another's."""

    permission = ""
    title = gettext_lazy("Notices")
    seen_by = gettext_lazy("Seen by: you alone")
    template_name = "notices/list.html"
    table_class = NoticeTable
    page_size = 30
    empty_title = gettext_lazy("Nothing has happened that concerns you")
    empty_words = gettext_lazy(
        "Here stands what became of your proposals, whom you were given, and who covers for whom."
    )

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        mine = Notice.objects.visible_to(request.user)  # type: ignore[arg-type]
        return mine.newest_first().select_related("by", "colleague")

    def more_context(self, request: HttpRequest) -> dict[str, Any]:
        newest = self.queryset(request).values_list("public_id", flat=True).first()
        return {"newest": newest or "", "has_unread": bool(unread_of(request.user))}

    def _rows(self, request: HttpRequest, found: Question) -> Page:
        page = super()._rows(request, found)
        persons = dress(page.rows, request.user)  # type: ignore[arg-type]
        log_access(request, persons=persons, action=Action.LIST, fields_seen="notices")
        return page


@require_POST
def open_notice(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Read, and off to what it is about, if that is still open to the reader."""
    notice = get_object_or_404(
        Notice.objects.visible_to(request.user).select_related("about"), public_id=public_id
    )
    services.mark_read(notice=notice, by=request.user)
    if place := place_of(notice, request.user):
        return redirect(place)
    messages.info(request, _("Read. The page that it speaks of is not open to you."))
    return redirect("notices:list")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """All that were there when the page was drawn."""
    text = request.POST.get("newest", "")
    newest = Notice.objects.visible_to(request.user).named(text)
    if newest is not None:
        services.mark_all_read(by=request.user, until=newest)
        messages.success(request, _("All marked as read."))
    return redirect("notices:list")
