"""Could not be done, in one tap or with more to say; and undo within seconds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.contacts.due_rows import retries_on
from apps.contacts.going_back import back_to
from apps.core.days import today
from apps.core.refusals import Refused, shown_in, status_of
from apps.persons.access import person_or_404
from apps.persons.models import Person
from apps.visits.codes import MeetingKind
from apps.visits.forms import AttemptForm, AttemptTap
from apps.visits.models import Meeting
from apps.visits.rows import row_for, saved_meeting
from apps.visits.services import MeetingResult, record_attempt, undo_meeting
from apps.visits.views.pages import known_kind

SAVED, ROW = "visits/saved_row.html", "checkins/due_row.html"


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def attempt(request: SignedInRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Why it could not be done, and the next date: as easy as done."""
    person, kind = person_or_404(request, public_id), known_kind(kind)
    tap = AttemptTap(request.POST or None)
    if tap.is_valid() and not tap.is_refusal:
        return _saved(request, _tapped(request, person, kind, tap))
    if tap.is_valid():
        return _asked_in_full(request, tap)
    if request.htmx:
        raise Refused(_("This page is out of date. Load it anew and tap again."))
    form = AttemptForm(request.POST or None, initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data}
        with shown_in(form):
            return _saved(request, _record(request, person, kind, data.pop("uuid"), **data))
    log_access(request, persons=[person], action=Action.VIEW, fields_seen=kind)
    context = {"form": form, "person": person, "kind": MeetingKind(kind), "next": back_to(request)}
    return render(request, "visits/attempt.html", context, status=status_of(form))


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def undo(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take it back; the line stands again."""
    rows = Meeting.objects.visible_to(request.user).select_related("person")
    meeting = undo_meeting(meeting=get_object_or_404(rows, public_id=public_id), by=request.user)
    if not request.htmx:
        messages.success(request, _("Undone: nothing is recorded."))
        return redirect(back_to(request))
    row = row_for(meeting.person, meeting.kind, today())
    if row is None:
        return _part(request, SAVED, {"saved": saved_meeting(meeting, today())})
    return _part(request, ROW, {"row": row})


def _proposed(request: SignedInRequest) -> dict[str, Any]:
    """What the address asks the form to begin with."""
    reason = request.GET.get("reason", "")
    found = next((retry for retry in retries_on(today()) if retry.reason == reason), None)
    next_on = found.next_on if found else None
    return {"reason": reason, "way": request.GET.get("way", ""), "next_on": next_on}


def _asked_in_full(request: SignedInRequest, tap: AttemptTap) -> HttpResponse:
    """A refusal is no tap: the full form asks what happened."""
    asked = {"reason": tap.reason, "way": tap.way, "next": back_to(request)}
    url = f"{request.path}?{urlencode(asked)}"
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _tapped(request: SignedInRequest, person: Person, kind: str, tap: AttemptTap) -> MeetingResult:
    proposed = next(retry for retry in retries_on(today()) if retry.reason == tap.reason)
    facts = {"reason": tap.reason, "way": tap.way, "next_on": proposed.next_on}
    return _record(request, person, kind, tap.cleaned_data["uuid"], **facts)


def _record(
    request: SignedInRequest, person: Person, kind: str, uuid: UUID, **facts: Any
) -> MeetingResult:
    return record_attempt(person=person, by=request.user, client_uuid=uuid, kind=kind, **facts)


def _saved(request: SignedInRequest, result: MeetingResult) -> HttpResponse:
    saved = saved_meeting(result.meeting, today(), created=result.created)
    if not request.htmx:
        if not result.created:
            messages.info(request, saved.known_words)
        return redirect(back_to(request, saved=str(result.meeting.public_id)))
    return _part(request, SAVED, {"saved": saved})


def _part(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The row in its new state; the counts around it are told to ask anew."""
    around = {"next": back_to(request), "row_kind": "today"}
    response = render(request, template, context | around)
    response["HX-Trigger-After-Settle"] = "checkin-saved"
    return response
