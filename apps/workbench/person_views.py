"""The person page: band, duty beside help, one stream of what happened."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.history import history_of
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases.models import Leave, Suspension, TierRecord
from apps.core.days import today
from apps.persons.access import person_or_404
from apps.persons.models import Assignment, Contact, Person
from apps.workbench.band import Band, line_tag
from apps.workbench.person_file import PersonFile
from apps.workbench.timeline import CHIPS, chips_of, events_of


@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The timeline, the first tab of the file."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW)
    file = PersonFile(found, request.user, today())
    events = events_of(file)
    chosen = request.GET.get("kind", "")
    chosen = chosen if chosen in CHIPS else ""
    context = {
        "person": found,
        "file": file,
        "chips": chips_of(events, chosen),
        "events": [event for event in events if chosen in ("", event.kind)],
        "duties": [(line, *line_tag(line)) for line in file.lines],
        "more_checkins": len(file.checkins) > len([e for e in events if e.kind == "checkin"]),
    }
    return render(request, "workbench/person.html", context)


@permission_required(Permission.PERSON_VIEW)
def summary(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One sheet for the paper file."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.PRINT)
    file = PersonFile(found, request.user, today())
    context = {"person": found, "file": file, "band": Band(file), "events": events_of(file)[:20]}
    return render(request, "workbench/person_print.html", context)


@permission_required(Permission.PERSON_VIEW)
def history(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who changed what in the file, in words, from the history that the database keeps."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="history")
    entries = history_of(*_rows_of(request, found))
    return render(request, "workbench/history.html", {"person": found, "entries": entries})


def _rows_of(request: SignedInRequest, found: Person) -> list[object]:
    """The person and what belongs to the file, in scope."""
    rows: list[object] = [found, *Assignment.objects.filter(person=found).order_by("pk")]
    for model in (Contact, Leave, Suspension, TierRecord):
        rows += model.objects.visible_to(request.user).filter(person=found).order_by("pk")
    rows += found.cases.visible_to(request.user).order_by("pk")
    return rows
