"""Record a need, pass it on, close it."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.navigation import url_or_none
from apps.core.refusals import shown_in, status_of
from apps.needs.forms import CloseNeedForm, NeedForm, ReferForm, ReopenForm
from apps.needs.models import Need, NeedKind
from apps.needs.services import close_need, record_need, refer_need, refuse_closed, reopen_need
from apps.persons.models import Person


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody said what the person needs."""
    person = get_object_or_404(Person.objects.visible_to(request.user), public_id=public_id)
    form = NeedForm(request.POST or None, initial=_asked(request))

    def act() -> object:
        return record_need(person=person, by=request.user, **form.facts())

    return _perform(request, person, form, act, _("Log a need"), _("The need is recorded."))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def refer(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Another office is to act now."""
    need = _visible(request, public_id)
    known = {"to": need.referred_to, "instead_of": need.referred_to}
    form = ReferForm(request.POST or None, initial=known)

    def act() -> object:
        return refer_need(need=need, by=request.user, **form.cleaned_data)

    return _perform(
        request, need.person, form, act, _("Pass a need on"), _("The need is passed on."), need
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How the need ended."""
    need = _visible(request, public_id)
    form = CloseNeedForm(request.POST or None)

    def act() -> object:
        return close_need(need=need, by=request.user, **form.cleaned_data)

    return _perform(
        request, need.person, form, act, _("Close a need"), _("The need is closed."), need
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def reopen(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was closed too early: it stands in Today again."""
    need = _visible(request, public_id, closed=True)
    form = ReopenForm(request.POST or None)

    def act() -> object:
        return reopen_need(need=need, by=request.user, **form.cleaned_data)

    title, done = _("Open a need again"), _("The need is open again.")
    return _perform(request, need.person, form, act, title, done, need)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The kind that a help flag suggests."""
    kind = request.GET.get("kind", "")
    return {"kind": kind} if kind in NeedKind.values else {}


def _visible(request: SignedInRequest, public_id: UUID, *, closed: bool = False) -> Need:
    """A need in scope. Who opens the form of one that is closed is told how it ended."""
    rows = Need.objects.visible_to(request.user).select_related("person")
    found: Need = get_object_or_404(rows, public_id=public_id)
    if request.method == "GET" and not closed:
        refuse_closed(found)
    return found


def _perform(
    request: SignedInRequest,
    person: Person,
    form: forms.Form,
    act: Callable[[], object],
    title: str,
    done: str,
    need: Need | None = None,
) -> HttpResponse:
    """Show the form, or do the act and go back; a refusal stands over the form."""
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            act()
            messages.success(request, done)
            return redirect(_back(request, person))
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="need")
    context = {
        "form": form,
        "person": person,
        "need": need,
        "title": title,
        "next": _back(request, person),
    }
    return render(request, "needs/act.html", context, status=status_of(form))


def _back(request: HttpRequest, person: Person) -> str:
    """The page of ours that the address or the form names, else the person's."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours else url_or_none("workbench:person", person.public_id) or "/"
