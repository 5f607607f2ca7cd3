"""Work and training of one person: the tab, a placement, a place in a course, and their acts."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.core.days import today
from apps.core.text import sentences
from apps.employment import forms
from apps.employment.codes import Still
from apps.employment.models import Enrolment, Look, Placement
from apps.employment.shown import state_of
from apps.persons.access import person_or_404

SEEN = "employment"


@require_GET
@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person's work and courses, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    placements = Placement.objects.visible_to(request.user).filter(person=found)
    enrolments = Enrolment.objects.visible_to(request.user).filter(person=found)
    rows = placements.select_related("base", "person").order_by("-starts_on", "-pk")
    context = {
        "person": found,
        "placements": [(row, state_of(row)) for row in rows],
        "enrolments": enrolments.select_related("course").order_by("-course__first", "-pk"),
    }
    return render(request, "employment/person.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def place(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody begins to work."""
    found = person_or_404(request, public_id)
    form = forms.PlacementForm(request.POST or None, user=request.user, target=found)
    return _act(
        request, form, found, title=_("Record a placement"), done=_("The placement is recorded."),
        back=reverse("employment:person", args=[found.public_id]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def enrol(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody begins a course."""
    found = person_or_404(request, public_id)
    form = forms.EnrolForm(request.POST or None, user=request.user, target=found)
    return _act(
        request, form, found, title=_("Enrol in a course"), done=_("The person is enrolled."),
        back=reverse("employment:person", args=[found.public_id]),
    )  # fmt: skip


@require_GET
@permission_required(Permission.PERSON_VIEW)
def placement(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Where, since when, with whose consent, and whether it lasts."""
    found = visible_placement(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    looks = list(
        Look.objects.visible_to(request.user).filter(placement=found)
        .select_related("recorded_by").order_by("-day", "-pk")
    )  # fmt: skip
    context = {
        "row": found, "person": found.person, "looks": looks,
        "wanted": _wanted(found, request.user),
    }  # fmt: skip
    return render(request, "employment/placement.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def look(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Still there or not; with “not any more” the placement ends."""
    found = visible_placement(request, public_id)
    form = forms.LookForm(request.POST or None, user=request.user, target=found)
    words = _("If the person has left, the placement ends with the look. Nothing follows from it "
              "for the person.")  # fmt: skip
    return _of_placement(request, form, found, _("Note a look"), words)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Its last day, and why."""
    found = visible_placement(request, public_id)
    form = forms.EndForm(request.POST or None, user=request.user, target=found)
    words = _("Nothing follows from it for the person.")
    return _of_placement(request, form, found, _("End the placement"), words)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was written down wrong, with the reason."""
    found = visible_placement(request, public_id)
    form = forms.CorrectPlacementForm(request.POST or None, user=request.user, target=found)
    words = _("The old value stays in the history, with your name and reason.")
    return _of_placement(request, form, found, _("Correct the record"), words)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def take_back_end(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was entered by mistake."""
    found = visible_placement(request, public_id)
    form = forms.TakeBackEndForm(request.POST or None, user=request.user, target=found)
    words = _("The work did not end. The old value stays in the history, with your name and "
              "reason.")  # fmt: skip
    return _of_placement(request, form, found, _("Take the end back"), words)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    found = visible_placement(request, public_id)
    back = reverse("employment:placement", args=[found.public_id])
    return _withdraw(request, found, back)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw_look(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same of a look."""
    rows = Look.objects.visible_to(request.user).select_related("person", "placement")
    found: Look = get_object_or_404(rows, public_id=public_id)
    back = reverse("employment:placement", args=[found.placement.public_id])
    words = [_("It stays on file with the reason.")]
    if found.still == Still.NO and found.placement.ended_on is not None:
        made = found.made_end_on == found.placement.ended_on
        words.append(
            _("The end of the work, which it made, goes with it: the work goes on.") if made
            else _("The end of the work stays, too; it is taken back by itself.")
        )  # fmt: skip
    return _withdraw(request, found, back, sentences(*words))


@require_GET
@permission_required(Permission.PERSON_VIEW)
def enrolment(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The course, the hours, the examination and the certificate."""
    found = visible_enrolment(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    return render(request, "employment/enrolment.html", {"row": found, "person": found.person})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def hours(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """How many of the hours the person was there."""
    found = visible_enrolment(request, public_id)
    known = {"attended": found.hours_attended, "total": found.hours_total}
    form = forms.HoursForm(request.POST or None, user=request.user, target=found, initial=known)
    return _of_enrolment(request, form, found, _("Record the hours"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def examination(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Taken, passed or not."""
    found = visible_enrolment(request, public_id)
    form = forms.ExaminationForm(request.POST or None, user=request.user, target=found)
    return _of_enrolment(request, form, found, _("Record the examination"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def certificate(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """After a passed examination."""
    found = visible_enrolment(request, public_id)
    form = forms.CertificateForm(request.POST or None, user=request.user, target=found)
    return _of_enrolment(request, form, found, _("Record the certificate"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct_enrolment(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Hours, examination and certificate as they were."""
    found = visible_enrolment(request, public_id)
    form = forms.CorrectEnrolmentForm(request.POST or None, user=request.user, target=found)
    return _of_enrolment(request, form, found, _("Correct the record"))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw_enrolment(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    found = visible_enrolment(request, public_id)
    return _withdraw(request, found, reverse("employment:enrolment", args=[found.public_id]))


def visible_placement(request: SignedInRequest, public_id: UUID) -> Placement:
    rows = Placement.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "base", "recorded_by"
    )
    found: Placement = get_object_or_404(rows, public_id=public_id)
    return found


def visible_enrolment(request: SignedInRequest, public_id: UUID) -> Enrolment:
    rows = Enrolment.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "course__area", "recorded_by"
    )
    found: Enrolment = get_object_or_404(rows, public_id=public_id)
    return found


def _wanted(row: Placement, user: User) -> date | None:
    """Since when somebody is to look: as Today asks."""
    rows = Placement.objects.visible_to(user).filter(pk=row.pk).to_be_looked_at(today())
    found: date | None = rows.values_list("look_on", flat=True).first()
    return found


def _of_placement(
    request: SignedInRequest, form: ActForm, row: Placement, title: str, words: str
) -> HttpResponse:
    back = reverse("employment:placement", args=[row.public_id])
    return _act(request, form, row.person, title=title, done=_("Recorded."), back=back, words=words)


def _of_enrolment(
    request: SignedInRequest, form: ActForm, row: Enrolment, title: str
) -> HttpResponse:
    back = reverse("employment:enrolment", args=[row.public_id])
    return _act(
        request, form, row.person, title=title, done=_("Recorded."), back=back,
        words=row.course.title,
    )  # fmt: skip


def _withdraw(request: SignedInRequest, row: Any, back: str, words: str = "") -> HttpResponse:
    form = forms.WithdrawForm(request.POST or None, user=request.user, target=row)
    return _act(
        request, form, row.person, title=_("Withdraw the record"), back=back,
        done=_("The record is withdrawn; it counts no more."),
        words=words or _("It stays on file with the reason."),
    )  # fmt: skip


def _act(request: SignedInRequest, form: ActForm, found: Any, **around: Any) -> HttpResponse:
    page = ActPage(subject=found.name, persons=[found], seen=SEEN, **around)
    return show_act(request, form, page)
