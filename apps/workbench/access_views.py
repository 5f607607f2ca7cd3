"""Who has read a person's file: part of the file, for whoever may open it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.audit.models import AccessLog, Action
from apps.audit.services import log_access
from apps.persons.access import person_or_404

SHOWN = 200


@permission_required(Permission.PERSON_VIEW)
def access(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Role and unit, not the account: when, what and why. Lists only when asked for."""
    person = person_or_404(request, public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="access log")
    with_lists = request.GET.get("lists") == "1"
    rows = AccessLog.objects.filter(person_ids__contains=[person.public_id])
    if not with_lists:
        rows = rows.exclude(action=Action.LIST)
    entries = list(rows.order_by("-at", "-id")[: SHOWN + 1])
    units = Area.objects.in_bulk({entry.area_code for entry in entries}, field_name="code")
    context = {
        "person": person,
        "entries": [(entry, units.get(entry.area_code)) for entry in entries[:SHOWN]],
        "more": len(entries) > SHOWN,
        "with_lists": with_lists,
    }
    return render(request, "workbench/access.html", context)
