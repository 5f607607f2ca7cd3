"""One tap and what follows it within seconds: log, undo, a note."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import BigIntegerField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.checkins.edits import add_note
from apps.checkins.forms import NoteForm, TapForm
from apps.checkins.models import CheckIn
from apps.checkins.rows import row_for, saved_row
from apps.checkins.services import log_checkin, undo_checkin
from apps.contacts.codes import ContactOutcome, NotDoneReason
from apps.contacts.due_rows import retries_on
from apps.contacts.going_back import back_to
from apps.core.days import today
from apps.core.prepared import Slot
from apps.core.refusals import Refused, status_of
from apps.core.shared_statements import PreparedForReaders
from apps.core.text import sentences
from apps.persons.access import person_or_404
from apps.persons.models import Person
from apps.schedule.models import DueItem

SAVED, ROW = "checkins/saved_row.html", "checkins/{}_row.html"


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def log(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """In person, by phone, or why not: one tap, which can be taken back."""
    person = person_or_404(request, public_id)
    form = TapForm(request.POST)
    if not form.is_valid():
        raise Refused(_("This page is out of date. Load it anew and tap again."))
    if form.reason == NotDoneReason.REFUSED:
        return _asked_in_full(request, person, form)
    due_item = _item(request, form.cleaned_data["item"])
    result = log_checkin(
        person=person,
        by=request.user,
        client_uuid=form.cleaned_data["uuid"],
        due_item=due_item,
        **_act(form),
    )
    saved = saved_row(result.checkin, today(), created=result.created)
    if not request.htmx:
        if not result.created:
            messages.info(request, saved.known_words)
        return redirect(back_to(request, saved=str(result.checkin.public_id)))
    result.checkin.person = person
    # Within the tap's own transaction: after it the line would cost a second commit.
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="name")
    return _part(request, SAVED, {"saved": saved})


@require_POST
@permission_required(Permission.CHECKIN_LOG)
def undo(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Take the tap back; the line stands again."""
    checkin = undo_checkin(checkin=_visible(request, public_id), by=request.user)
    if not request.htmx:
        messages.success(request, _("Undone: nothing is recorded."))
        return redirect(back_to(request))
    row = row_for(checkin.person, today())
    if row is None:
        return _part(request, SAVED, {"saved": saved_row(checkin, today())})
    kind = "round" if request.POST.get("row") == "round" else "due"
    return _part(request, ROW.format(kind), {"row": row})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def note(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A few words after the tap."""
    checkin = _visible(request, public_id)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        noted = add_note(checkin=checkin, by=request.user, note=form.cleaned_data["note"])
        if not request.htmx:
            messages.success(request, _("The note is saved."))
            return redirect(back_to(request))
        context = {"saved": saved_row(noted, today()), "noted": True}
        return _part(request, SAVED, context)
    if request.htmx:
        raise Refused(sentences(*form.errors.get("note", [])))
    log_access(request, persons=[checkin.person], action=Action.VIEW, fields_seen="check-in")
    context = {"form": form, "checkin": checkin, "next": back_to(request)}
    return render(request, "checkins/note.html", context, status=status_of(form))


def _item(request: SignedInRequest, pk: int | None) -> DueItem | None:
    """The window that the page named, if it is the user's to see."""
    if pk is None:
        return None
    rows = _ITEMS.rows(request.user, today(), _visible_item, item=pk)
    return next(iter(rows), None)


def _visible_item(user: User) -> Any:
    rows = DueItem.objects.visible_to(user).filter(pk=Slot("item", BigIntegerField()))
    return rows.order_by("pk")[:1]


_ITEMS = PreparedForReaders(100)


def _act(form: TapForm) -> dict[str, Any]:
    """The tap as arguments of the service; an attempt comes with the day that was proposed."""
    if not form.is_attempt:
        return {"method": form.method}
    proposed = next(retry for retry in retries_on(today()) if retry.reason == form.reason)
    return {
        "method": form.method,
        "outcome": ContactOutcome.NOT_DONE,
        "reason": form.reason,
        "next_on": proposed.next_on,
    }


def _asked_in_full(request: SignedInRequest, person: Person, form: TapForm) -> HttpResponse:
    """A refusal is no tap: the full form asks what happened."""
    asked = {
        "outcome": ContactOutcome.NOT_DONE.value, "reason": form.reason, "method": form.method,
        "item": form.cleaned_data["item"] or "", "next": back_to(request),
    }  # fmt: skip
    url = f"{reverse('checkins:create', args=[person.public_id])}?{urlencode(asked)}"
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _visible(request: SignedInRequest, public_id: UUID) -> CheckIn:
    rows = CheckIn.objects.visible_to(request.user).select_related("person")
    found: CheckIn = get_object_or_404(rows, public_id=public_id)
    return found


def _part(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The row in its new state; the counts around it are told to ask anew."""
    row = "round" if request.POST.get("row") == "round" else "today"
    around = {"next": back_to(request), "row_kind": row}
    response = render(request, template, context | around)
    response["HX-Trigger-After-Settle"] = "checkin-saved"
    return response
