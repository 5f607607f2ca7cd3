"""Learning of one person: the tab, one record, and the acts; a score of a unit."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.learning import forms
from apps.learning.models import LearningRecord, UnitScore
from apps.persons.access import person_or_404

SEEN = "learning"


@require_GET
@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What the person learned, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen=SEEN)
    rows = LearningRecord.objects.visible_to(request.user).filter(person=found)
    context = {"person": found, "rows": rows.order_by("-first", "-pk")}
    return render(request, "learning/person.html", context)


@require_GET
@permission_required(Permission.PERSON_VIEW)
def record(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One of them, with its remark."""
    found = visible_record(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen=SEEN)
    return render(request, "learning/record.html", {"row": found, "person": found.person})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.NEED_RECORD)
def new(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A course or a content, as it was written."""
    found = person_or_404(request, public_id)
    form = forms.LearningForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Record learning"), subject=found.name, persons=[found], seen=SEEN,
        done=_("The learning is recorded."),
        back=reverse("learning:person", args=[found.public_id]),
        words=_("It is information and no duty: nothing follows from points or hours."),
    )  # fmt: skip
    return show_act(request, form, page)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def correct(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What was written down wrong, with the reason."""
    found = visible_record(request, public_id)
    form = forms.CorrectLearningForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        title=_("Correct the record"), subject=found.person.name, persons=[found.person], seen=SEEN,
        done=_("The record is corrected."), back=reverse("learning:record", args=[found.public_id]),
        words=_("The old value stays in the history, with your name and reason."),
    )  # fmt: skip
    return show_act(request, form, page)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_CORRECT)
def withdraw(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """It was recorded by mistake."""
    found = visible_record(request, public_id)
    form = forms.WithdrawLearningForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        subject=found.person.name, persons=[found.person], seen=SEEN,
        back=reverse("learning:record", args=[found.public_id]), **_withdrawing(),
    )  # fmt: skip
    return show_act(request, form, page)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CAMPAIGN_OPEN)
def new_score(request: SignedInRequest) -> HttpResponse:
    """A platform reports a score of a whole unit."""
    form = forms.UnitScoreForm(request.POST or None, user=request.user, target=None)
    page = ActPage(
        title=_("Record a score of a unit"), done=_("The score is recorded."),
        back=reverse("learning:units"),
        words=_("As the platform reports it. Nobody stands in it, and no unit is ranked by it."),
    )  # fmt: skip
    return show_act(request, form, page)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CAMPAIGN_OPEN)
def withdraw_score(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The same of the score of a unit."""
    rows = UnitScore.objects.visible_to(request.user).select_related("area")
    found: UnitScore = get_object_or_404(rows, public_id=public_id)
    refuse_not_run(found, request.user)
    form = forms.WithdrawUnitScoreForm(request.POST or None, user=request.user, target=found)
    page = ActPage(
        subject=f"{found.area.name} · {found}", back=reverse("learning:units"), **_withdrawing()
    )
    return show_act(request, form, page)


def visible_record(request: SignedInRequest, public_id: UUID) -> LearningRecord:
    rows = LearningRecord.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "recorded_by"
    )
    found: LearningRecord = get_object_or_404(rows, public_id=public_id)
    return found


def _withdrawing() -> dict[str, Any]:
    return {
        "title": _("Withdraw the record"),
        "done": _("The record is withdrawn; it counts no more."),
        "words": _("It stays on file with the reason."),
    }
