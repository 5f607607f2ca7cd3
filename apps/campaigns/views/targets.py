"""Acts of one row of the list: when the person comes, what was told, why nothing is asked."""

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
from apps.campaigns import forms, forms_slots
from apps.campaigns.models import CampaignTarget
from apps.campaigns.stands import state_of


@permission_required(Permission.PERSON_VIEW)
@require_GET
def target(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One row of the list: the ground, and what came of it."""
    found = visible_target(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="campaign")
    context = {
        "row": found, "person": found.person, "state": state_of(found),
        "is_to_come": is_to_come(found, request.user),
    }  # fmt: skip
    return render(request, "campaigns/target.html", context)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def call(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Asked once more, for a day."""
    found = visible_target(request, public_id)
    form = forms_slots.CallForm(request.POST or None, user=request.user, target=found)
    words = _("Told in person, to nobody else; nothing follows when nobody comes.")
    return _of_target(request, form, _("Note a second call"), words)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def excuse(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """No sample is asked for, and why."""
    found = visible_target(request, public_id)
    form = forms.ExcuseTargetForm(request.POST or None, user=request.user, target=found)
    words = _(
        "Of this campaign alone; the regular tests of the plan are not touched. No diagnosis."
    )
    return _of_target(request, form, _("Excuse from the campaign"), words)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def move(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A slot, or another one."""
    found = visible_target(request, public_id)
    form = forms_slots.MoveForm(request.POST or None, user=request.user, target=found)
    words = _("Only slots with a free place are offered. Whoever was told is told anew.")
    return _of_target(request, form, _("Give a slot"), words)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def tell(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Day, time and place, to the person alone."""
    found = visible_target(request, public_id)
    form = forms_slots.TellForm(request.POST or None, user=request.user, target=found)
    words = _("Day, time and place, to the person alone and in neutral words.")
    return _of_target(request, form, _("Record that the date was told"), words)


def visible_target(request: SignedInRequest, public_id: UUID) -> CampaignTarget:
    """With the campaign, wherever it is: who sees the person sees why a sample was asked for."""
    rows: Any = CampaignTarget.objects.visible_to(request.user)
    rows = rows.with_standing().select_related(
        "person__county", "person__town", "person__village", "campaign__area", "test",
        "recorded_by", "slot__site__area", "told_by",
    )  # fmt: skip
    found: CampaignTarget = get_object_or_404(rows, public_id=public_id)
    return found


def is_to_come(target: CampaignTarget, user: User) -> bool:
    rows: Any = CampaignTarget.objects.visible_to(user)
    return bool(rows.to_come().filter(pk=target.pk).exists())


def _of_target(request: SignedInRequest, form: ActForm, title: str, words: str) -> Any:
    row = form.target
    page = ActPage(
        title=title, subject=row.person.name, done=_("Recorded."), words=words,
        back=reverse("campaigns:target", args=[row.public_id]), persons=[row.person],
        seen="campaign",
    )  # fmt: skip
    return show_act(request, form, page)
