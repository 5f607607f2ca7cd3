"""Papers of a campaign, to print; the file of Word is with the papers of the office."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns.models import Campaign
from apps.campaigns.papers import Part, labels_of, part_of, sheets_of
from apps.campaigns.views.pages import listed_campaign
from apps.campaigns.views.targets import is_to_come, visible_target


@permission_required(Permission.PERSON_VIEW)
@require_GET
def labels(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """A and B of each sample of the list."""
    campaign, part = printed(request, public_id)
    context = {"labels": labels_of(part.targets)}
    return _shown(request, "labels", campaign, part, context)


@permission_required(Permission.PERSON_VIEW)
@require_GET
def sheets(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The custody sheets, one a person."""
    campaign, part = printed(request, public_id)
    return _shown(request, "sheets", campaign, part, {"sheets": sheets_of(part.targets)})


@permission_required(Permission.PERSON_VIEW)
@require_GET
def slips(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Day, time and place for each person whose slot lies ahead, to cut apart."""
    campaign, part = printed(request, public_id, ahead=True)
    return _shown(request, "slips", campaign, part, {"targets": part.targets})


@permission_required(Permission.PERSON_VIEW)
@require_GET
def slip(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Of one person; who is not to come gets none."""
    target = visible_target(request, public_id)
    if not is_to_come(target, request.user):
        raise Http404
    log_access(request, persons=[target.person], action=Action.PRINT, fields_seen="campaign")
    part = Part([target], 1, 1)
    return _shown(request, "slips", target.campaign, part, {"targets": [target]})


def printed(
    request: SignedInRequest, public_id: UUID, *, ahead: bool = False
) -> tuple[Campaign, Part]:
    """The part of the list that the address asks for; an occupation has none."""
    campaign = listed_campaign(request, public_id)
    part = part_of(campaign, request.user, request.GET.get("page", ""), ahead=ahead)
    persons = [target.person for target in part.targets]
    log_access(request, persons=persons, action=Action.PRINT, fields_seen="campaign")
    return campaign, part


def _shown(
    request: SignedInRequest, name: str, campaign: Campaign, part: Part, more: dict[str, Any]
) -> HttpResponse:
    context = {"campaign": campaign, "part": part, **more}
    return render(request, f"campaigns/{name}.html", context)
