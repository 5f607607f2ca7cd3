"""Sites and slots of a campaign, and who is given which in one act."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
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
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.campaigns import forms_slots
from apps.campaigns.models import Campaign, CampaignSite, CampaignSlot
from apps.campaigns.views.pages import listed_campaign, page_of
from apps.core.refusals import shown_in, status_of


@permission_required(Permission.PERSON_VIEW)
@require_GET
def sites(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Each site with its slots, day by day; nobody by name."""
    campaign = listed_campaign(request, public_id)
    rows = CampaignSite.objects.visible_to(request.user).filter(campaign=campaign)
    slots = CampaignSlot.objects.filter(site__campaign=campaign).standing().with_free().in_order()
    found = list(slots)
    run = set(rows.run_by(request.user).values_list("pk", flat=True))
    context = {
        "campaign": campaign,
        "may_run": Campaign.objects.run_by(request.user).filter(pk=campaign.pk).exists(),
        "sites": [
            (site, site.pk in run, _days([s for s in found if s.site_id == site.pk]))
            for site in rows
        ],
    }
    return render(request, "campaigns/sites.html", context)


def _days(slots: list[CampaignSlot]) -> list[tuple[date, list[Any]]]:
    return [(day, list(rows)) for day, rows in groupby(slots, key=lambda slot: slot.day)]


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A place with a private room or a car."""
    campaign = listed_campaign(request, public_id)
    refuse_not_run(campaign, request.user)
    form = forms_slots.SiteForm(request.POST or None, user=request.user, target=campaign)
    page = ActPage(
        title=_("Add a site"), subject=campaign.title, back=_sites_of(campaign),
        done=_("The site stands; now add its slots."), button=_("Add"),
        words=_("People come one after the other to a room where nobody else sees them."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def slots(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One after the other on a day."""
    site = _run_site(request, public_id)
    form = forms_slots.SlotsForm(request.POST or None, user=request.user, target=site)
    words = _("Each slot is as long as said, from the first time on, as many as end in time.")
    return _of_site(request, form, _("Add slots"), words, _added)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def call_off(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """All slots of a day."""
    site = _run_site(request, public_id)
    form = forms_slots.CallOffForm(request.POST or None, user=request.user, target=site)
    words = _("Who was given one of them has no slot again, and is told of a new one.")
    return _of_site(request, form, _("Call off a day"), words, _called_off)


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def give(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """In order; the first slot that fits."""
    campaign = listed_campaign(request, public_id)
    refuse_not_run(campaign, request.user)
    data = request.POST if request.method == "POST" else None
    form = forms_slots.GiveForm(data, user=request.user, target=campaign)
    if data is not None and form.is_valid():
        with shown_in(form):
            _tell_given(request, form.perform())
            return redirect(page_of(campaign))
    page = ActPage(
        title=_("Give slots"), subject=campaign.title, done="", back=_sites_of(campaign),
        button=_("Give slots"),
        words=_("Everybody who is left and has no slot, village by village, gets the first one "
                "that fits: of a site of the own unit, with a free place, and for a woman's urine "
                "with two women. Each can be moved afterwards."),
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


def _tell_given(request: SignedInRequest, made: Any) -> None:
    said = ngettext("%(n)s person has a slot now.", "%(n)s persons have a slot now.", made.given)
    messages.success(request, said % {"n": made.given})
    if made.left:
        said = ngettext(
            "For %(n)s person no slot fits: add slots, or another site.",
            "For %(n)s persons no slot fits: add slots, or another site.", made.left,
        )  # fmt: skip
        messages.warning(request, said % {"n": made.left})


def _added(n: int) -> str:
    return ngettext("%(n)s slot was added.", "%(n)s slots were added.", n) % {"n": n}


def _called_off(n: int) -> str:
    said = ngettext(
        "The day is called off; %(n)s person has no slot again.",
        "The day is called off; %(n)s persons have no slot again.", n,
    )  # fmt: skip
    return said % {"n": n}


def _run_site(request: SignedInRequest, public_id: UUID) -> CampaignSite:
    rows = CampaignSite.objects.visible_to(request.user).select_related("campaign__area", "area")
    found: CampaignSite = get_object_or_404(rows, public_id=public_id)
    refuse_not_run(found, request.user)
    return found


def _sites_of(campaign: Campaign) -> str:
    return reverse("campaigns:sites", args=[campaign.public_id])


def _of_site(
    request: SignedInRequest, form: ActForm, title: str, words: str, said: Callable[[int], str]
) -> HttpResponse:
    site = form.target
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            messages.success(request, said(form.perform()))
            return redirect(_sites_of(site.campaign))
    page = ActPage(
        title=title, subject=site.name, done="", words=words, back=_sites_of(site.campaign)
    )
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))
