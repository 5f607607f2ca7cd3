"""The tab of a person: team, plan and lists; the plan by itself, and its acts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.care import forms
from apps.care.models import CarePlan, CareReview, CareStep
from apps.care.shown import entries_of, page_of, team_of
from apps.core.days import today
from apps.persons.access import person_or_404
from apps.persons.models import Person

SEEN = "care"


@require_GET
@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who stands around the person, what they plan together, and what was planned before."""
    found, day = person_or_404(request, public_id), today()
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    rows = CarePlan.objects.visible_to(request.user).filter(person=found)
    plans = list(rows.order_by("-day", "-pk"))
    current = next((one for one in plans if one.is_open), None)
    context = {
        "person": found, "team": team_of(found, request.user, day),
        "page": page_of(current, request.user, day) if current else None,
        "over": [one for one in plans if one is not current],
        "entries": entries_of(found, request.user),
    }  # fmt: skip
    return render(request, "care/person.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Made with the person."""
    found = person_or_404(request, public_id)
    form = forms.CarePlanForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Make a care plan"), subject=found.name, done=_("The plan stands; now its steps."),
        back=_tab(found), persons=[found], seen=SEEN,
        words=_("Made together with the person. It is help: nothing follows from what was not "
                "done."),
    )  # fmt: skip
    return show_act(request, form, page)


@require_GET
@permission_required(Permission.PERSON_VIEW)
def plan(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One plan, as it is printed for the person."""
    found = visible_plan(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    context = {
        "person": found.person, "page": page_of(found, request.user, today()),
        # Of an open one the acts stand on the tab of the person.
        "corrects": found.closed_on is not None and found.withdrawn_at is None,
    }  # fmt: skip
    return render(request, "care/plan.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def step(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who does what by when."""
    found = visible_plan(request, public_id)
    form = forms.CareStepForm(request.POST or None, user=request.user, target=found)
    return _of_plan(request, form, found.person, _("Add a step"), _("The step stands in the plan."))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def end_step(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Done, could not be done, or no longer wanted."""
    found = _visible(request, CareStep, public_id)
    known = {"ended": found.ended, "words": found.ended_words} if found.ended else None
    form = forms.EndCareStepForm(
        request.POST or None, user=request.user, target=found, initial=known
    )  # fmt: skip
    return _of_plan(request, form, found.person, _("How the step ended"), _("Recorded."),
                    words=found.task)  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def review(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Person and carers have looked at the plan."""
    found = visible_plan(request, public_id)
    form = forms.CareReviewForm(request.POST or None, user=request.user, target=found)
    return _of_plan(
        request, form, found.person, _("Record the review"), _("The review is recorded."),
        words=_("Who was there, what the person says of it, what changes. Add new steps "
                "afterwards."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Reached, no longer wanted, or another takes its place."""
    found = visible_plan(request, public_id)
    form = forms.CloseCarePlanForm(request.POST or None, user=request.user, target=found)
    return _of_plan(
        request, form, found.person, _("Close the plan"), _("The plan is closed."),
        words=_("Steps that are left stay as they are and ask nobody any more. Nothing follows for "
                "the person."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def reopen(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was closed by mistake."""
    found = visible_plan(request, public_id)
    form = forms.ReopenCarePlanForm(request.POST or None, user=request.user, target=found)
    return _of_plan(
        request, form, found.person, _("Take the closing back"), _("The plan is open again."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    return _withdraw(
        request, visible_plan(request, public_id), _("Its steps and reviews go with it.")
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct_step(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was written down wrong, with the reason."""
    found = _visible(request, CareStep, public_id)
    form = forms.CorrectCareStepForm(request.POST or None, user=request.user, target=found)
    return _of_plan(
        request, form, found.person, _("Correct the record"), _("The record is corrected."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw_step(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same of a step."""
    return _withdraw(request, _visible(request, CareStep, public_id))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw_review(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same of a review."""
    return _withdraw(request, _visible(request, CareReview, public_id))


def visible_plan(request: SignedInRequest, public_id: UUID) -> CarePlan:
    rows = CarePlan.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "recorded_by"
    )
    found: CarePlan = get_object_or_404(rows, public_id=public_id)
    return found


def _visible(request: SignedInRequest, model: Any, public_id: UUID) -> Any:
    rows = model.objects.visible_to(request.user).select_related("person", "plan__person")
    return get_object_or_404(rows, public_id=public_id)


def _tab(found: Person) -> str:
    return reverse("care:person", args=[found.public_id])


def _of_plan(
    request: SignedInRequest, form: ActForm, found: Person, title: str, done: str, words: str = ""
) -> HttpResponse:
    page = ActPage(
        title=title, subject=found.name, done=done, back=_tab(found), words=words,
        persons=[found], seen=SEEN,
    )  # fmt: skip
    return show_act(request, form, page)


def _withdraw(request: SignedInRequest, row: Any, words: str = "") -> HttpResponse:
    form = forms.WithdrawCareForm(request.POST or None, user=request.user, target=row)
    return _of_plan(
        request, form, row.person, _("Withdraw the record"),
        _("The record is withdrawn; it counts no more."), words=words,
    )  # fmt: skip
