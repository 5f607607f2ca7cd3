"""The treatment of one person: the tab, one treatment with its months, and their acts."""

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
from apps.core.text import month_text
from apps.persons.access import person_or_404
from apps.treatment import forms
from apps.treatment.models import Attendance, Treatment
from apps.treatment.shown import state_of

SEEN = "treatment"


@require_GET
@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person's treatments, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    seen = Treatment.objects.visible_to(request.user).filter(person=found)
    rows = list(seen.select_related("clinic", "person").order_by("-since", "-pk"))
    standing = any(row.withdrawn_at is None and row.ended_on is None for row in rows)
    context = {
        "person": found, "rows": [(row, state_of(row)) for row in rows], "may_begin": not standing,
    }  # fmt: skip
    return render(request, "treatment/person.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def begin(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody begins, at their own wish."""
    found = person_or_404(request, public_id)
    form = forms.TreatmentForm(request.POST or None, user=request.user, target=found)
    return _act(
        request, form, found, title=_("Record a maintenance treatment"),
        done=_("The treatment is recorded."),
        back=reverse("treatment:person", args=[found.public_id]),
        words=_("It is help and no duty: nothing follows from days that are missed, or from an "
                "end."),
    )  # fmt: skip


@require_GET
@permission_required(Permission.PERSON_VIEW)
def treatment(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Where, since when, at whose wish, and in which months how often."""
    found = visible_treatment(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    months = Attendance.objects.visible_to(request.user).filter(treatment=found)
    months = months.select_related("recorded_by").order_by("-month", "-pk")
    context = {
        "row": found, "person": found.person, "state": state_of(found),
        "months": [(one, month_text(one.month)) for one in months],
    }  # fmt: skip
    return render(request, "treatment/treatment.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Its last day, and why."""
    found = visible_treatment(request, public_id)
    form = forms.EndTreatmentForm(request.POST or None, user=request.user, target=found)
    return _of_treatment(
        request, form, found, title=_("End the treatment"), done=_("The treatment has ended."),
        words=_("Nothing follows from it for the person. Where it goes on at another clinic, "
                "record a new one there."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def month(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How often somebody came in a month that has ended."""
    found = visible_treatment(request, public_id)
    form = forms.AttendanceForm(request.POST or None, user=request.user, target=found)
    return _of_treatment(
        request, form, found, title=_("Record a month of attendance"),
        done=_("The month is recorded."),
        words=_("Days as the clinic reports them, and never doses. Nothing follows from days that "
                "were missed."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct_treatment(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was written down wrong, with the reason."""
    found = visible_treatment(request, public_id)
    form = forms.CorrectTreatmentForm(request.POST or None, user=request.user, target=found)
    return _of_treatment(
        request, form, found, title=_("Correct the record"), done=_("The record is corrected."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def take_back_end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was entered by mistake."""
    found = visible_treatment(request, public_id)
    form = forms.TakeBackEndForm(request.POST or None, user=request.user, target=found)
    return _of_treatment(
        request, form, found, title=_("Take the end back"), done=_("The treatment goes on."),
        words=_("The treatment did not end. The old value stays in the history, with your name and "
                "reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    found = visible_treatment(request, public_id)
    form = forms.WithdrawTreatmentForm(request.POST or None, user=request.user, target=found)
    return _of_treatment(
        request, form, found, title=_("Withdraw the record"),
        done=_("The record is withdrawn; it counts no more."),
        words=_("It stays on file with the reason. Its months count no more with it."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Other numbers, with the reason."""
    found = visible_month(request, public_id)
    form = forms.CorrectAttendanceForm(request.POST or None, user=request.user, target=found)
    return _of_month(
        request, form, found, title=_("Correct the record"), done=_("The record is corrected."),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw_month(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same of a month."""
    found = visible_month(request, public_id)
    form = forms.WithdrawTreatmentForm(request.POST or None, user=request.user, target=found)
    return _of_month(
        request, form, found, title=_("Withdraw the record"),
        done=_("The record is withdrawn; it counts no more."),
        words=_("It stays on file with the reason."),
    )  # fmt: skip


def visible_treatment(request: SignedInRequest, public_id: UUID) -> Treatment:
    rows = Treatment.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "clinic__centre", "recorded_by"
    )
    found: Treatment = get_object_or_404(rows, public_id=public_id)
    return found


def visible_month(request: SignedInRequest, public_id: UUID) -> Attendance:
    rows = Attendance.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "treatment__person"
    )
    found: Attendance = get_object_or_404(rows, public_id=public_id)
    return found


def _of_treatment(
    request: SignedInRequest, form: ActForm, row: Treatment, **around: Any
) -> HttpResponse:
    back = reverse("treatment:treatment", args=[row.public_id])
    return _act(request, form, row.person, back=back, **around)


def _of_month(
    request: SignedInRequest, form: ActForm, row: Attendance, **around: Any
) -> HttpResponse:
    back = reverse("treatment:treatment", args=[row.treatment.public_id])
    return _act(request, form, row.person, back=back, article=month_text(row.month), **around)


def _act(request: SignedInRequest, form: ActForm, found: Any, **around: Any) -> HttpResponse:
    return show_act(
        request, form, ActPage(subject=found.name, persons=[found], seen=SEEN, **around)
    )
