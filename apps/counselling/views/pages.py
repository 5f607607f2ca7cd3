"""Counselling of one person: the tab, a session and its acts, and the one page of its notes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases.next_steps import who_may
from apps.core.refusals import shown_in, status_of
from apps.core.text import mark
from apps.counselling import forms
from apps.counselling.codes import Theme
from apps.counselling.models import Session, SessionNotes
from apps.persons.access import person_or_404

SEEN, NOTES = "counselling", "counselling-notes"
FORM = "counselling/form.html"


@require_GET
@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person's sessions, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    rows = Session.objects.visible_to(request.user).filter(person=found)
    rows = rows.select_related("recorded_by").order_by("-day", "-occurred_at", "-pk")
    return render(request, "counselling/person.html", {"person": found, "sessions": rows})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A session that was held."""
    found = person_or_404(request, public_id)
    form = forms.SessionForm(request.POST or None, user=request.user, target=found)
    back = reverse("counselling:person", args=[found.public_id])
    words = _("Only what was held. Somebody who did not come is no session, and nothing follows "
              "from it.")  # fmt: skip
    return _act(request, form, found, title=_("Record a session"), back=back, words=words,
                done=_("The session is recorded."), template=FORM)  # fmt: skip


@require_GET
@permission_required(Permission.PERSON_VIEW)
def session(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """That it was held. Whoever may read the notes finds the way to them."""
    found = visible_session(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    context = {
        "row": found, "person": found.person, "reads": may_read(request.user, found),
        "whom": str(mark("list")).join(str(role) for role in who_may(Permission.COUNSELLING_NOTES)),
    }  # fmt: skip
    return render(request, "counselling/session.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.PERSON_VIEW)
def notes(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was said: each look has a line of its own in the access log."""
    found = visible_session(request, public_id)
    if not may_read(request.user, found):
        raise PermissionDenied(Permission.COUNSELLING_NOTES)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=NOTES)
    stored = SessionNotes.objects.visible_to(request.user).filter(session=found).first()
    own = found.recorded_by_id == request.user.pk and found.is_valid
    if request.method == "POST" and not own:
        raise PermissionDenied(Permission.COUNSELLING_NOTES)
    known = forms.notes_stored(stored)
    form = forms.NotesForm(request.POST or None, user=request.user, target=found, initial=known)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            form.perform()
            messages.success(request, _("The notes are saved."))
            return redirect("counselling:notes", public_id)
    context = {
        "row": found, "person": found.person, "form": form if own else None, "notes": stored,
        "theme": dict(Theme.choices).get(stored.theme, stored.theme) if stored else "",
    }  # fmt: skip
    return render(request, "counselling/notes.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Put right what was recorded wrongly; the old value stays in history."""
    found = visible_session(request, public_id)
    form = forms.SessionCorrection(
        request.POST or None, user=request.user, target=found, initial=forms.as_stored(found)
    )
    words = _("The old value stays in the history, with your name and reason.")
    return _act(request, form, found.person, title=_("Correct the session"), words=words,
                back=_page(found), done=_("The record is corrected."), template=FORM)  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    found = visible_session(request, public_id)
    form = forms.WithdrawSession(request.POST or None, user=request.user, target=found)
    words = _("For a session that was never held, or was recorded for the wrong person. It stays "
              "on file with the reason, and counts no more.")  # fmt: skip
    done = _("The record is withdrawn; it counts no more.")
    return _act(request, form, found.person, title=_("Withdraw the session"), words=words,
                back=_page(found), done=done)  # fmt: skip


def may_read(user: User, session: Session) -> bool:
    """The notes of a session in scope: the same rule as `SessionNotes.objects.visible_to`."""
    return user.may(Permission.COUNSELLING_NOTES) or session.recorded_by_id == user.pk


def visible_session(request: SignedInRequest, public_id: UUID) -> Session:
    rows = Session.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "need", "recorded_by"
    )
    found: Session = get_object_or_404(rows, public_id=public_id)
    return found


def _page(found: Session) -> str:
    return reverse("counselling:session", args=[found.public_id])


def _act(request: SignedInRequest, form: ActForm, found: Any, **around: Any) -> HttpResponse:
    page = ActPage(subject=found.name, persons=[found], seen=SEEN, **around)
    return show_act(request, form, page)
