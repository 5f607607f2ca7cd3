"""Acts of a campaign and of one row of its list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns import forms
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.views.lists import state_of
from apps.core.refusals import shown_in, status_of


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """In a unit, between two days, of one sample and kind."""
    form = forms.CampaignForm(request.POST or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _("The campaign is open; now draw up its list."))
            return redirect("campaigns:campaign", made.public_id)
    page = ActPage(
        title=_("Open a campaign"), done="", back=reverse("campaigns:list"), button=_("Open it"),
        words=_("The list is drawn up afterwards: from the orders in force, from a random draw, "
                "or by name."),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def fill(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Everybody with a running duty."""
    found = visible_campaign(request, public_id)
    form = forms.FillForm(request.POST or None, user=request.user, target=found)
    words = _(
        "Everybody with a running duty on %(day)s, and nobody else. Who stands on the list already "
        "stays there once."
    )
    return _filled(request, form, _("Fill the list from orders"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def fill_drawn(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Who was drawn in the unit."""
    found = visible_campaign(request, public_id)
    form = forms.FillFromDrawForm(request.POST or None, user=request.user, target=found)
    words = _("Who was drawn and has a running duty on %(day)s.")
    return _filled(request, form, _("Fill the list from a random draw"), words)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One person, by name; without a duty on a ground in words."""
    found = visible_campaign(request, public_id)
    form = forms.AddForm(request.POST or None, user=request.user, target=found)
    is_valid = request.method == "POST" and form.is_valid()
    log_access(request, persons=form.found, action=Action.SEARCH, fields_seen="campaign")
    if is_valid:
        with shown_in(form):
            form.perform()
            messages.success(request, _("The person stands on the list."))
            return redirect(_page_of(found))
    page = ActPage(
        title=_("Add a person by name"), subject=found.title, done="", back=_page_of(found),
        button=_("Add"),
        words=_("A running duty on %(day)s is ground enough. Without one a legal ground or a "
                "written consent is needed, in words.") % {"day": found.first.isoformat()},
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Nothing is entered any more."""
    found = visible_campaign(request, public_id)
    data = request.POST if request.method == "POST" else None
    form = forms.CloseForm(data, user=request.user, target=found)
    page = ActPage(
        title=_("Close the campaign"), subject=found.title, done=_("The campaign is closed."),
        back=_page_of(found), button=_("Close it"),
        words=_("Nothing is entered any more; what was entered stays, and nothing follows for who "
                "is left."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.PERSON_VIEW)
@require_GET
def target(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One row of the list: the ground, and what came of it."""
    found = visible_target(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="campaign")
    context = {"row": found, "person": found.person, "state": state_of(found)}
    return render(request, "campaigns/target.html", context)


@permission_required(Permission.CHECKIN_LOG)
@require_http_methods(["GET", "POST"])
def call(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Asked once more, for a day."""
    found = visible_target(request, public_id)
    form = forms.CallForm(request.POST or None, user=request.user, target=found)
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


def visible_campaign(request: SignedInRequest, public_id: UUID) -> Campaign:
    rows = Campaign.objects.visible_to(request.user).select_related("area")
    found: Campaign = get_object_or_404(rows, public_id=public_id)
    return found


def visible_target(request: SignedInRequest, public_id: UUID) -> CampaignTarget:
    """With the campaign, wherever it is: who sees the person sees why a sample was asked for."""
    rows = CampaignTarget.objects.visible_to(request.user).select_related(
        "person__county", "person__town", "person__village", "campaign__area", "test", "recorded_by"
    )
    found: CampaignTarget = get_object_or_404(rows, public_id=public_id)
    return found


def _page_of(campaign: Campaign) -> str:
    return reverse("campaigns:campaign", args=[campaign.public_id])


def _filled(request: SignedInRequest, form: ActForm, title: str, words: str) -> HttpResponse:
    campaign = form.target
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            n = form.perform()
            said = ngettext("%(n)s person was added.", "%(n)s persons were added.", n)
            messages.success(request, said % {"n": n})
            return redirect(_page_of(campaign))
    page = ActPage(
        title=title, subject=campaign.title, done="", back=_page_of(campaign),
        button=_("Add to the list"), words=words % {"day": campaign.first.isoformat()},
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


def _of_target(request: SignedInRequest, form: ActForm, title: str, words: str) -> Any:
    row = form.target
    page = ActPage(
        title=title, subject=row.person.name, done=_("Recorded."), words=words,
        back=reverse("campaigns:target", args=[row.public_id]), persons=[row.person],
        seen="campaign",
    )  # fmt: skip
    return show_act(request, form, page)
