"""Acts of a campaign and of one row of its list."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db.models import UUIDField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.act_page import ActForm, ActPage, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns import forms
from apps.campaigns.codes import Answer
from apps.campaigns.models import Campaign, CampaignTarget
from apps.core.prepared import Slot
from apps.core.refusals import shown_in, status_of
from apps.core.shared_statements import PreparedForReaders
from apps.core.text import sentences


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    """In a unit, between two days, of one sample and kind."""
    form = forms.CampaignForm(request.POST or None, user=request.user, target=None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            messages.success(request, _open_words(made))
            return redirect(page_of(made))
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
def fill_numbers(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Whom a list of file numbers means; what was not added stands below with its answer."""
    found = visible_campaign(request, public_id)
    form = forms.NumbersForm(request.POST or None, user=request.user, target=found)
    answered: list[Any] = []
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            answered = form.perform()
            _say_added(request, sum(one.answer == Answer.ADDED for one in answered))
            if all(one.answer == Answer.ADDED for one in answered):
                return redirect(page_of(found))
    log_access(request, persons=[one.person for one in answered if one.person],
               action=Action.LIST, fields_seen="campaign")  # fmt: skip
    words = _("Who has a running duty on %(day)s is added; nobody else comes in this way.")
    page = ActPage(
        title=_("Fill the list from file numbers"), subject=found.title, done="",
        back=page_of(found), button=_("Add to the list"),
        words=words % {"day": found.listed_on.isoformat()},
    )  # fmt: skip
    left = [one for one in answered if one.answer != Answer.ADDED]
    context = {"form": form, "act": page, "left": left}
    status = 422 if left else status_of(form)
    return render(request, "campaigns/fill_numbers.html", context, status=status)


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
            return redirect(page_of(found))
    page = ActPage(
        title=_("Add a person by name"), subject=found.title, done="", back=page_of(found),
        button=_("Add"),
        words=_("A running duty on %(day)s is ground enough. Without one a legal ground or a "
                "written consent is needed, in words.") % {"day": found.listed_on.isoformat()},
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))


@permission_required(Permission.CAMPAIGN_OPEN)
@require_http_methods(["GET", "POST"])
def close(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Nothing is entered any more."""
    found = run_campaign(request, public_id)
    data = request.POST if request.method == "POST" else None
    waiting = _waiting_words(found, request)
    form = forms.CloseForm(data, user=request.user, target=found)
    page = ActPage(
        title=_("Close the campaign"), subject=found.title,
        done=sentences(_("The campaign is closed."), waiting),
        back=page_of(found), button=_("Close it"),
        words=sentences(
            _("Nothing is entered any more; what was entered stays, and nothing follows for who "
              "is left."), waiting,
        ),
    )  # fmt: skip
    return show_act(request, form, page)


def visible_campaign(request: SignedInRequest, public_id: UUID) -> Campaign:
    rows = _WRITTEN.rows(request.user, "campaign", _visible, id=public_id)
    if not rows:
        raise Http404
    return cast(Campaign, rows[0])


def _visible(user: User) -> Any:
    rows = Campaign.objects.visible_to(user).select_related("area")
    return rows.filter(public_id=Slot("id", UUIDField()))


_WRITTEN = PreparedForReaders(100)


def run_campaign(request: SignedInRequest, public_id: UUID) -> Campaign:
    """One that the reader runs; who only sees it is told that this may not be."""
    found = visible_campaign(request, public_id)
    refuse_not_run(found, request.user)
    return found


def _waiting_words(campaign: Campaign, request: SignedInRequest) -> str:
    """How many were told of a date that will not be; empty where nobody was."""
    every: Any = CampaignTarget.objects
    rows = every.counted_for(request.user).filter(campaign=campaign)
    n = rows.to_come().exclude(told_at=None).count()
    said = ngettext(
        "%(n)s person was told of a date that lies ahead: tell the person that nobody is asked "
        "for any more.",
        "%(n)s persons were told of a date that lies ahead: tell them that nobody is asked for any "
        "more.", n,
    )  # fmt: skip
    return said % {"n": n} if n else ""


def listed_campaign(request: SignedInRequest, public_id: UUID) -> Campaign:
    """One with a list of persons."""
    found = visible_campaign(request, public_id)
    if found.counts_only:
        raise Http404
    return found


def page_of(campaign: Campaign) -> str:
    name = "counts" if campaign.counts_only else "campaign"
    return reverse(f"campaigns:{name}", args=[campaign.public_id])


def _open_words(campaign: Campaign) -> str:
    if campaign.counts_only:
        return _("The campaign is open; its counts are entered here.")
    return _("The campaign is open; now draw up its list.")


def _say_added(request: SignedInRequest, n: int) -> None:
    said = ngettext("%(n)s person was added.", "%(n)s persons were added.", n)
    messages.success(request, said % {"n": n})


def _filled(request: SignedInRequest, form: ActForm, title: str, words: str) -> HttpResponse:
    campaign = form.target
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            _say_added(request, form.perform())
            return redirect(page_of(campaign))
    page = ActPage(
        title=title, subject=campaign.title, done="", back=page_of(campaign),
        button=_("Add to the list"), words=words % {"day": campaign.listed_on.isoformat()},
    )  # fmt: skip
    return render(request, "core/act.html", {"form": form, "act": page}, status=status_of(form))
