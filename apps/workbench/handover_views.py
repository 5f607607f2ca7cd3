"""The hand-over page of a cover: one sheet of paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.covers.models import Cover
from apps.workbench.handover import sheet_of


@permission_required(Permission.PERSON_VIEW)
@require_safe
def handover(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """As of today: who has something to do, whom one may speak to, and the names of the others."""
    rows = Cover.objects.visible_to(request.user).select_related("worker__area", "cover")
    cover, day = get_object_or_404(rows, public_id=public_id), today()
    sheet = sheet_of(cover, request.user, day)
    log_access(
        request,
        persons=[line.person for line in sheet.everybody],
        action=Action.LIST,
        fields_seen="hand-over",
    )
    context = {
        "cover": cover,
        "sheet": sheet,
        "over": cover.is_over_on(day),
        "ahead": cover.starts_on > day,
    }
    return render(request, "workbench/handover.html", context)
