"""The person page: band, duty beside help, one stream of what happened."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.checkins.models import CheckIn
from apps.checkins.timeline import SHOWN
from apps.contacts.due_rows import DueRow, rows_of
from apps.core.days import today
from apps.persons.access import person_or_404
from apps.persons.alike import pairs_of
from apps.schedule.next_dates import next_dates
from apps.workbench.person_band import Band
from apps.workbench.person_file import PersonFile
from apps.workbench.timeline import chips, chips_of, events_of
from apps.workbench.today_views import just_saved

EVENTS_SHOWN = 25
COMPARE = Permission.PERSON_COMPARE


@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The timeline, the first tab of the file."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW)
    file = PersonFile(found, request.user, today(), whole=True)
    events = events_of(file)
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in chips() else ""
    shown = [event for event in events if chosen in ("", event.kind)]
    first = len(shown) if "all" in request.GET else EVENTS_SHOWN
    context = {
        "person": found,
        "file": file,
        "chips": chips_of(events, chosen),
        "events": shown[:first],
        "older": max(len(shown) - first, 0),
        "duties": duties_of(file),
        "dates": next_dates(found, request.user, {row.src for row in file.happenings}),
        "saved": just_saved(request),
        "next": request.path,
        "alike": pairs_of(request.user, found) if request.user.may(COMPARE) else [],
        "more_checkins": len(file.rows_of(CheckIn)) > SHOWN,
    }
    return render(request, "workbench/person.html", context)


def duties_of(file: PersonFile) -> list[DueRow]:
    """The lines of the file as rows; their words name another risk level than that of the band."""
    return rows_of(file.lines, file.day, risk_levels={file.person.pk: file.level_shown})


@permission_required(Permission.PERSON_VIEW)
def summary(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One sheet for the paper file."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.PRINT)
    file = PersonFile(found, request.user, today(), whole=True)
    context = {"person": found, "file": file, "band": Band(file), "events": events_of(file)[:20]}
    return render(request, "workbench/person_print.html", context)
