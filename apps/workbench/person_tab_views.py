"""Further tabs of a person's file: check-ins, needs, history, who has read it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.areas.models import Area
from apps.audit.history import changes_of, in_words
from apps.audit.models import AccessLog, Action
from apps.audit.readers import numbers_of
from apps.audit.services import log_access
from apps.checkins.models import CheckIn
from apps.needs.models import Need
from apps.persons.access import person_or_404
from apps.visits.models import Meeting
from apps.workbench.person_history import rows_of

ROWS = 50


@permission_required(Permission.PERSON_VIEW)
def checkins(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Every check-in and attempt, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="checkins")
    rows = CheckIn.objects.visible_to(request.user).filter(person=found)
    rows = rows.select_related("recorded_by").order_by("-occurred_at", "-pk")
    return render(request, "workbench/checkins.html", {"person": found, **_page(request, rows)})


@permission_required(Permission.PERSON_VIEW)
def visits(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Every visit, interview and attempt, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="visits")
    rows = Meeting.objects.visible_to(request.user).filter(person=found, undone=False)
    rows = rows.select_related("recorded_by", "contact").order_by("-occurred_at", "-pk")
    return render(request, "workbench/visits.html", {"person": found, **_page(request, rows)})


@permission_required(Permission.PERSON_VIEW)
def needs(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Needs, open ones first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="needs")
    rows = Need.objects.visible_to(request.user).filter(person=found)
    latest_first = rows.order_by("closed_on", "-said_on", "-pk")
    ordered = sorted(latest_first, key=lambda need: need.closed_on is not None)
    return render(request, "workbench/needs.html", {"person": found, "needs": ordered})


@permission_required(Permission.PERSON_VIEW)
def history(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who changed what in the file, in words, from the history that the database keeps."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="history")
    page = _page(request, changes_of(*rows_of(found, request.user)))
    page["entries"] = in_words(page.pop("rows"), request.user)
    return render(request, "workbench/history.html", {"person": found, **page})


@permission_required(Permission.LOOKUPS_VIEW)
def access(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who has read the file: role and unit, when and why. Lists only when asked for.

    Two of one role and unit have numbers, so that they are not taken for one (ADR 38).
    """
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="access_log")
    files = [found.public_id, *found.merged_files.values_list("public_id", flat=True)]
    rows = AccessLog.objects.filter(person_ids__overlap=files)
    lists = request.GET.get("lists") == "1"
    rows = rows if lists else rows.exclude(action=Action.LIST)
    page = _page(request, rows.order_by("-at", "-id"))
    units = Area.objects.in_bulk([row.area_code for row in page["rows"]], field_name="code")
    numbers = numbers_of(files)
    page["rows"] = [
        (row, units.get(row.area_code), numbers.get((row.role, row.area_code, row.user_id)))
        for row in page["rows"]
    ]
    return render(request, "workbench/access.html", {"person": found, "lists": lists, **page})


def _page(request: SignedInRequest, rows: Any) -> dict[str, Any]:
    """Fifty rows from the one that the address names, and where the next fifty begin."""
    asked = request.GET.get("from", "0")
    first = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    found = list(rows[first : first + ROWS + 1])
    return {
        "rows": found[:ROWS],
        "next": first + ROWS if len(found) > ROWS else None,
        "previous": max(first - ROWS, 0) if first else None,
    }
