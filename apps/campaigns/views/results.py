"""Results of a campaign: those that are told many at once, and the others with their reason."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns.forms_results import ResultsForm
from apps.campaigns.models import Campaign
from apps.campaigns.services.results import MOST, ResultRow, Told, elsewhere, rows_of
from apps.campaigns.views.pages import listed_campaign
from apps.core.refusals import shown_in, status_of

REFUSED: Final = 422


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def results(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Of a day or a site, where one is chosen."""
    campaign = listed_campaign(request, public_id)
    form = ResultsForm(request.POST or None, user=request.user, target=campaign)
    left: list[ResultRow] = []
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            _say(request, made)
            if not made.left:
                return redirect(request.get_full_path())
            left, form = made.left, ResultsForm(user=request.user, target=campaign)
    context = _context(request, campaign, left) | {"form": form}
    status = REFUSED if left else status_of(form)
    return render(request, "campaigns/results.html", context, status=status)


def _context(request: SignedInRequest, campaign: Campaign, left: list[ResultRow]) -> dict[str, Any]:
    """The two parts of the page; `left`: what was refused a moment ago, above all."""
    sites = list(campaign.sites.all())
    site = next((one for one in sites if str(one.public_id) == request.GET.get("site")), None)
    day = _day(request.GET.get("day", ""))
    every = rows_of(campaign, request.user)
    rows = rows_of(campaign, request.user, day=day, site=site) if day or site else every
    shown = [row for row in rows if row.kind][:MOST]
    alone = [row for row in rows if row.why][:MOST]
    log_access(request, persons=[row.target.person for row in (*left, *shown, *alone)],
               action=Action.LIST, fields_seen="drugtest")  # fmt: skip
    return {
        "campaign": campaign, "rows": shown, "alone": alone, "left": left, "sites": sites,
        "site": site, "day": day, "elsewhere": elsewhere(campaign, request.user),
        "days": sorted({row.target.test.day for row in every if row.target.test}),
    }  # fmt: skip


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _say(request: SignedInRequest, made: Told) -> None:
    if made.told:
        said = ngettext("%(n)s result was told.", "%(n)s results were told.", made.told)
        messages.success(request, said % {"n": made.told})
    if made.known:
        said = ngettext(
            "%(n)s was told already; nothing was doubled.",
            "%(n)s were told already; nothing was doubled.", made.known,
        )  # fmt: skip
        messages.info(request, said % {"n": made.known})
    if made.left:
        said = ngettext(
            "%(n)s was not told; the reason stands beside the name.",
            "%(n)s were not told; the reason stands beside each name.", len(made.left),
        )  # fmt: skip
        messages.warning(request, said % {"n": len(made.left)})
    if not (made.told or made.known or made.left):
        messages.warning(request, _("Nobody of these is yours any more: nothing was stored."))
