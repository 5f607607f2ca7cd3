"""Why is this here?"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.schedule.explaining import why_of
from apps.schedule.lines import lines_for_person, sole_line
from apps.schedule.models import DueItem


@require_GET
@permission_required(Permission.PERSON_VIEW)
def why(request: SignedInRequest, item_id: int) -> HttpResponse:
    """The sentence, as a page or in place."""
    items = DueItem.objects.visible_to(request.user).select_related("case__person", "rule__area")
    item = get_object_or_404(items, pk=item_id)
    person = item.case.person
    lines = lines_for_person(person, today())
    line = next((line for line in lines if line.item.pk == item.pk), None)
    line = line or sole_line(item, today())
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="due")
    part = "#why" if request.htmx else ""
    context = {"person": person, "line": line, "why": why_of(line)}
    return render(request, f"schedule/why.html{part}", context)
