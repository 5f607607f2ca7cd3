"""Samples of a campaign at one step: those that are ticked take it together."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.campaigns.forms_steps import SamplesForm
from apps.campaigns.models import Campaign
from apps.campaigns.services.steps import Advanced, SampleRow, numbers_at, rows_at
from apps.campaigns.views.pages import listed_campaign
from apps.core.days import today
from apps.core.refusals import shown_in, status_of
from apps.drugtests.chain import StepKind
from apps.drugtests.dossier_page import permission_for
from apps.drugtests.waiting import of_storage, of_way

REFUSED: Final = 422


@require_http_methods(["GET", "POST"])
@permission_required(Permission.CHECKIN_LOG)
def samples(request: SignedInRequest, public_id: UUID, kind: str) -> HttpResponse:
    """What is refused of one sample stands beside its name; the others go on."""
    step = StepKind(kind)
    if not request.user.may(permission_for(step, {})):
        raise PermissionDenied(step)
    campaign = listed_campaign(request, public_id)
    facts: dict[str, Any] = {"kind": step, "user": request.user, "target": campaign}
    rows, whole = rows_at(campaign, request.user, step)
    form = SamplesForm(request.POST or None, rows=rows, **facts)
    left: list[SampleRow] = []
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            made = form.perform()
            _say(request, made)
            if not made.left:
                return redirect(request.path)
            left, typed = made.left, {n: v for n, v in form.data.items() if n[1:6] == "_seal"}
            rows, whole = rows_at(campaign, request.user, step)
            form = SamplesForm(rows=rows, initial=typed, **facts)
    context = _context(request, campaign, step, form, rows) | {"whole": whole, "left": left}
    log_access(request, persons=[row.target.person for row in (*left, *rows)],
               action=Action.LIST, fields_seen="drugtest")  # fmt: skip
    status = REFUSED if left else status_of(form)
    return render(request, "campaigns/samples.html", context, status=status)


def _context(
    request: SignedInRequest,
    campaign: Campaign,
    step: StepKind,
    form: SamplesForm,
    rows: list[SampleRow],
) -> dict[str, Any]:
    ready = [row for row in rows if not row.why]
    return {
        "campaign": campaign, "step": step, "form": form,
        "tabs": _tabs(request, campaign, step),
        "rows": [(row, _state(row), _seals(form, row)) for row in ready],
        "alone": [row for row in rows if row.why],
    }  # fmt: skip


def _seals(form: SamplesForm, row: SampleRow) -> list[Any]:
    return form.seals_of(row.dossier.public_id) if form.kind == StepKind.SEALED else []


def _state(row: SampleRow) -> Any:
    dossier, day = row.dossier, today()
    if dossier.keep_until is not None and dossier.keep_until < day:
        return of_storage(dossier.test, dossier.keep_until, row.had, day)
    until = dossier.waits_until or day  # whatever waits has one
    return of_way(dossier.test, dossier.waits_for, until, row.had, day)


def _tabs(request: SignedInRequest, campaign: Campaign, step: StepKind) -> list[dict[str, Any]]:
    """The steps that the reader may record, with how many samples stand at each."""
    numbers = numbers_at(campaign, request.user)
    return [
        {
            "label": one.label, "count": n, "current": one == step,
            "url": reverse(f"campaigns:samples-{one.value}", args=[campaign.public_id]),
        }
        for one, n in numbers.items()
        if request.user.may(permission_for(one, {}))
    ]  # fmt: skip


def _say(request: SignedInRequest, made: Advanced) -> None:
    if made.done:
        said = ngettext(
            "The step of %(n)s sample is recorded.", "The step of %(n)s samples is recorded.",
            made.done,
        )  # fmt: skip
        messages.success(request, said % {"n": made.done})
    if made.known:
        said = ngettext(
            "%(n)s sample had this step already; nothing was doubled.",
            "%(n)s samples had this step already; nothing was doubled.", made.known,
        )  # fmt: skip
        messages.info(request, said % {"n": made.known})
    if made.left:
        said = ngettext(
            "%(n)s sample stays as it was; the reason stands beside the name.",
            "%(n)s samples stay as they were; the reason stands beside each name.", len(made.left),
        )  # fmt: skip
        messages.warning(request, said % {"n": len(made.left)})
    if not (made.done or made.known or made.left):
        messages.warning(request, _("Nobody of these is yours any more: nothing was stored."))
