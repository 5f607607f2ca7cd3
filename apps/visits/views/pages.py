"""Whole pages: record a visit or an interview, look at it, correct it, withdraw it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.contacts.forms import WithdrawalForm
from apps.contacts.going_back import back_to
from apps.core.refusals import shown_in, status_of
from apps.needs.models import Need
from apps.persons.access import person_or_404
from apps.visits.codes import MeetingKind
from apps.visits.edits import correct_meeting, withdraw_meeting
from apps.visits.forms import MeetingCorrection, MeetingForm, as_stored, new_meeting
from apps.visits.models import Meeting
from apps.visits.services import record_meeting


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def create(request: SignedInRequest, public_id: UUID, kind: str) -> HttpResponse:
    """Sixty seconds on a phone: five required fields, everything else below."""
    person, kind = person_or_404(request, public_id), known_kind(kind)
    form = MeetingForm(
        request.POST or None, initial=new_meeting(kind), kind=kind, person=person, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            result = record_meeting(
                person=person, by=request.user, client_uuid=form.cleaned_data["uuid"], kind=kind,
                told=form.told(), needs=form.needs(),
                another=form.cleaned_data["another"], **form.facts(),
            )  # fmt: skip
            return redirect(back_to(request, saved=str(result.meeting.public_id)))
    log_access(request, persons=[person], action=Action.VIEW, fields_seen=kind)
    context = {"form": form, "person": person, "kind": MeetingKind(kind), "next": back_to(request)}
    return render(request, "visits/create.html", context, status=status_of(form))


@require_GET
@permission_required(Permission.PERSON_VIEW)
def detail(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everything that was recorded, and the form to print."""
    meeting = visible_meeting(request, public_id)
    log_access(request, persons=[meeting.person], action=Action.VIEW, fields_seen=meeting.kind)
    needs = Need.objects.visible_to(request.user).filter(source_id=meeting.public_id)
    context = {"meeting": meeting, "person": meeting.person, "needs": needs.order_by("pk")}
    return render(request, "visits/detail.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Put right what was recorded wrongly; the old value stays in history."""
    meeting = visible_meeting(request, public_id, valid=True)
    form = MeetingCorrection(
        request.POST or None, initial=as_stored(meeting), kind=meeting.kind, person=meeting.person,
        user=request.user,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with shown_in(form):
            correct_meeting(
                meeting=meeting, by=request.user, reason=data["why"], version=data["version"],
                changes=form.changes(),
            )  # fmt: skip
            messages.success(request, _("The record is corrected."))
            return redirect("visits:detail", public_id)
    log_access(request, persons=[meeting.person], action=Action.VIEW, fields_seen=meeting.kind)
    context = {"form": form, "meeting": meeting}
    return render(request, "visits/correct.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    meeting = visible_meeting(request, public_id, valid=True)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            reason = form.cleaned_data["reason"]
            withdraw_meeting(meeting=meeting, by=request.user, reason=reason)
            messages.success(request, _("The record is withdrawn; it counts no more."))
            return redirect("visits:detail", public_id)
    log_access(request, persons=[meeting.person], action=Action.VIEW, fields_seen=meeting.kind)
    context = {"form": form, "meeting": meeting}
    return render(request, "visits/withdraw.html", context, status=status_of(form))


def known_kind(kind: str) -> str:
    if kind not in MeetingKind.values:
        raise Http404
    return kind


def visible_meeting(request: SignedInRequest, public_id: UUID, *, valid: bool = False) -> Meeting:
    rows = Meeting.objects.visible_to(request.user)
    rows = rows.valid() if valid else rows.filter(undone=False)
    rows = rows.select_related(
        "person__county", "person__town", "person__village", "contact", "recorded_by"
    )
    found: Meeting = get_object_or_404(rows, public_id=public_id)
    return found
