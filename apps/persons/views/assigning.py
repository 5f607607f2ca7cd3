"""Make a worker responsible: for one person, or for all that were ticked."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.core.text import full_day
from apps.persons import services
from apps.persons.access import person_or_404
from apps.persons.forms_assign import AssignForm, EndCoverForm
from apps.persons.forms_assigning import WithdrawAssignmentForm
from apps.persons.models import AssignmentKind, Person


@permission_required(Permission.CASE_ASSIGN)
@require_POST
def assign(request: SignedInRequest) -> HttpResponse:
    """Ticked rows arrive without a worker and get a form; the form comes back with one."""
    persons = _ticked(request)
    form = asked_form(request, persons)
    chosen = form.is_bound
    back = _back(request)
    if not persons:
        messages.warning(request, _("Nobody is ticked."))
        return redirect(back)
    if chosen and form.is_valid():
        with shown_in(form):
            rows = services.assign_worker(persons=persons, by=request.user, **form.cleaned_data)
            messages.success(request, assigned_words(len(rows), form.cleaned_data["worker"]))
            return redirect(back)
    log_access(request, persons=persons, action=Action.LIST)
    context = {"form": form, "persons": persons, "back": back, "wanted": _wanted(request)}
    return render(request, "persons/assign.html", context, status=status_of(form))


@permission_required(Permission.CASE_ASSIGN)
def end_cover(request: SignedInRequest, public_id: UUID, cover_id: UUID) -> HttpResponse:
    """The cover's last day; whoever is responsible stays so."""
    person = person_or_404(request, public_id)
    rows = person.assignments.filter(kind=AssignmentKind.COVER).select_related("worker")
    cover = get_object_or_404(rows, public_id=cover_id)
    form = EndCoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            services.end_assignment(assignment=cover, by=request.user, on=form.cleaned_data["on"])
            messages.success(request, _("Saved."))
            return redirect("cases:case", public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="cover")
    title = _("The cover ends: %(name)s") % {"name": cover.worker.name}
    context = {"person": person, "form": form, "title": title}
    return render(request, "persons/act.html", context, status=status_of(form))


@permission_required(Permission.CASE_ASSIGN)
def withdraw(request: SignedInRequest, public_id: UUID, assignment_id: UUID) -> HttpResponse:
    """An assignment that has not begun is taken back."""
    person = person_or_404(request, public_id)
    rows = person.assignments.select_related("worker")
    row = get_object_or_404(rows, public_id=assignment_id)
    posted = request.POST if request.method == "POST" else None
    form = WithdrawAssignmentForm(posted, user=request.user, target=row)
    facts = {"name": row.worker.name, "day": full_day(row.starts_on)}
    page = ActPage(
        title=_("Withdraw the assignment"),
        subject=person.name,
        words=_(
            "%(name)s was to begin on %(day)s. Whoever is responsible until then stays responsible."
        ) % facts,
        button=_("Withdraw"), done=_("The assignment is withdrawn."),
        back=reverse("cases:case", args=[public_id]), persons=[person], seen="assignment",
    )  # fmt: skip
    return show_act(request, form, page)


def asked_form(request: SignedInRequest, persons: Sequence[Person]) -> AssignForm:
    """Bound once a worker is sent; a name that is looked for keeps what was entered."""
    sent = "worker" in request.POST and "find" not in request.POST
    kept = {name: request.POST[name] for name in ("on", "kind") if name in request.POST}
    typed = request.POST if sent else None
    wanted = _wanted(request) if not sent else ""
    return AssignForm(typed, user=request.user, persons=persons, wanted=wanted, initial=kept)


def _wanted(request: SignedInRequest) -> str:
    return request.POST.get("wanted", "")[:60].replace("\0", "")


def assigned_words(count: int, worker: Any) -> str:
    words = ngettext(
        "%(n)s person assigned to %(who)s.", "%(n)s persons assigned to %(who)s.", count
    )
    return words % {"n": count, "who": worker}


def _ticked(request: SignedInRequest) -> list[Person]:
    """Persons in scope among the posted ids; one that is not in scope is not there: 404."""
    try:
        ids = {UUID(value) for value in request.POST.getlist("row")}
    except ValueError:
        raise Http404 from None
    scoped = Person.objects.visible_to(request.user).select_related("town", "village")
    persons = list(scoped.filter(public_id__in=ids).order_by("sort_key", "pk"))
    if len(persons) != len(ids):
        raise Http404
    return persons


def _back(request: SignedInRequest) -> str:
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours and target else "/persons/"
