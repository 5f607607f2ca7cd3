"""Assess a person, tell the person, record an objection, note what has happened."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.assessments.codes import Standing
from apps.assessments.forms import AssessmentForm, EventForm, ObjectionForm, ToldForm
from apps.assessments.models import Assessment
from apps.assessments.services import note_event, record_assessment, record_objection, record_told
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.refusals import shown_in, status_of
from apps.persons.access import person_or_404
from apps.persons.models import Person


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RISK_LEVEL_DECIDE)
def create(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Answers, then the proposal and what led to it, then a decision with its reason."""
    person = person_or_404(request, public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="assessments")
    rows = Assessment.objects.visible_to(request.user).filter(person=person, origin="page")
    form = AssessmentForm(request.POST or None, earlier=rows.newest_first().first())
    context: dict[str, Any] = {"form": form, "person": person}
    if request.method == "POST" and form.is_valid():
        found = context["found"] = form.suggestion
        if form.decides(found):
            with shown_in(form):
                row = record_assessment(person=person, by=request.user, **form.facts())
                messages.success(request, _said(row))
                return redirect("assessments:person", person.public_id)
    status = status_of(form)
    return render(request, "assessments/create.html", context, status=status)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RISK_LEVEL_DECIDE)
def told(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """PIPL arts. 24, 48: the person knows risk level and reasons."""
    row, form = _assessment(request, public_id), ToldForm(request.POST or None)

    def act() -> object:
        return record_told(assessment=row, by=request.user, **form.cleaned_data)

    return perform(request, row.person, form, act, _("The person was notified"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RISK_LEVEL_DECIDE)
def objection(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person does not agree."""
    row, form = _assessment(request, public_id), ObjectionForm(request.POST or None)

    def act() -> object:
        return record_objection(assessment=row, by=request.user, **form.cleaned_data)

    return perform(request, row.person, form, act, _("Record an objection"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RISK_LEVEL_DECIDE)
def event(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Something happened after which somebody looks again."""
    person, form = person_or_404(request, public_id), EventForm(request.POST or None)

    def act() -> object:
        return note_event(person=person, by=request.user, **form.cleaned_data)

    return perform(request, person, form, act, _("Something has happened"))


def perform(
    request: SignedInRequest,
    person: Person,
    form: forms.Form,
    act: Callable[[], object],
    title: str,
    **more: Any,
) -> HttpResponse:
    """Show the form, or do the act and go back to the tab; a refusal stands over the form."""
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="assessments")
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            act()
            messages.success(request, _("Saved."))
            return redirect("assessments:person", person.public_id)
    context = {"form": form, "person": person, "title": title, **more}
    status = status_of(form)
    return render(request, "assessments/act.html", context, status=status)


def _assessment(request: SignedInRequest, public_id: UUID) -> Assessment:
    rows = Assessment.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village"
    )
    found: Assessment = get_object_or_404(rows, public_id=public_id)
    return found


def _said(row: Assessment) -> str:
    if row.standing == Standing.WAITING:
        return _(
            "Saved. The high risk level waits for a supervisor; until then the risk level "
            "stays as it is."
        )
    return _("Saved. Now notify the person of the risk level and the reason.")
