"""The tab of a person, one transfer as each side may see it, and one page for each act."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.approvals.models import Proposal
from apps.audit.act_page import ActPage, allowed, perform_act, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases.codes import Measure
from apps.cases.current_order import current_case
from apps.cases.models import Case
from apps.core.days import today
from apps.core.masking import without_whole_numbers
from apps.core.refusals import Refused
from apps.persons.access import person_or_404
from apps.persons.models import Person
from apps.transfers.acts import ACTS, rows_for
from apps.transfers.codes import OPEN, TransferState
from apps.transfers.forms import AskForm
from apps.transfers.law import article_of
from apps.transfers.models import Transfer

TAGS = {"asked": "soon", "handed_over": "soon", "accepted": "done"}
RELATED = ("person", "case__authority", "county", "town", "to_county", "to_town", "to_village",
           "letter", "decided_by", "handed_over_by", "recorded_by")  # fmt: skip


@permission_required(Permission.PERSON_VIEW)
@require_safe
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Every transfer of the person, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="transfers")
    rows = Transfer.objects.visible_to(request.user).filter(person=found)
    transfers = list(rows.select_related(*RELATED).order_by("-asked_on", "-pk"))
    running = _running(request, found)
    case = transfers[0].case if transfers else running
    context = {
        "person": found,
        "article": article_of(case.measure if case else Measure.SQJD),
        "transfers": [(row, tag_of(row), row.is_overdue_on(today())) for row in transfers],
        "may_ask": running and not any(row.state in OPEN for row in transfers),
    }
    return render(request, "transfers/person.html", context)


@permission_required(Permission.CASE_EDIT)
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The person asks for another place of execution."""
    found = person_or_404(request, public_id)
    case = _running(request, found)
    if case is None:
        raise Refused(_("Without an order in force there is nothing to transfer."))
    form = AskForm(request.POST or None, user=request.user, target=case)
    page = ActPage(
        title=_("Ask for a transfer"), done=_("Recorded. A supervisor hands over next."),
        back=reverse("transfers:person", args=[public_id]), subject=found.name,
        article=article_of(case.measure), persons=[found], seen="transfer",
        words=_("Nothing moves yet: your unit stays responsible until the other one accepts."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.PERSON_VIEW)
@require_safe
def transfer(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The sender keeps the fact; the receiver sees what it needs, and later the file."""
    found = _visible(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="transfer")
    context = {"transfer": found, "person": found.person, "tag": tag_of(found),
               "overdue": found.is_overdue_on(today()), **sides(request.user, found)}  # fmt: skip
    # Whoever does not read the order does not learn its measure either.
    context["article"] = article_of(found.case.measure if context["reads"] else Measure.SQJD)
    context["proposal"] = _proposal(request.user, found) if context["receives"] else None
    return render(request, "transfers/transfer.html", context)


@permission_required(Permission.PERSON_VIEW)
@require_safe
def letter(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The transfer letter, for whoever is to accept and for whoever is responsible."""
    found = _visible(request, public_id)
    if found.letter is None or not sides(request.user, found)["reads"]:
        raise Http404
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="paper transfer")
    context = {"transfer": found, "document": found.letter, "blocks": _blocks(request.user, found)}
    return render(request, "transfers/letter.html", context)


@require_http_methods(["GET", "POST"])
def perform(request: SignedInRequest, public_id: UUID, act: str) -> HttpResponse:
    """Permission, scoped transfer, form, service, message, redirect: the same for every act."""
    wanted = allowed(request, ACTS[act])
    rows = rows_for(act, request.user).select_related(*RELATED)
    found: Transfer = get_object_or_404(rows, public_id=public_id)
    return perform_act(
        request, wanted, found, back=reverse("transfers:transfer", args=[public_id]),
        subject=f"{found.person.name} · {found}", article=article_of(found.case.measure),
        persons=[found.person], seen="transfer",
    )  # fmt: skip


def sides(user: User, found: Transfer) -> dict[str, Any]:
    """Which side the user stands on, and what that side may read."""
    ours = Person.objects.visible_to(user).filter(pk=found.person_id).exists()
    arriving = Transfer.objects.arriving_for(user).filter(pk=found.pk)
    receives = arriving.exists()
    waits = receives and found.state == TransferState.HANDED_OVER
    return {"ours": ours, "receives": receives, "waits": waits, "reads": ours or waits}


def _blocks(user: User, found: Transfer) -> Any:
    """Whoever is still to accept reads the letter as the page: without whole numbers."""
    blocks = found.letter.blocks if found.letter else []
    if sides(user, found)["ours"]:
        return blocks
    return without_whole_numbers(blocks, found.person.document_number)


def tag_of(found: Transfer) -> str:
    return TAGS.get(found.state, "na")


def _visible(request: SignedInRequest, public_id: UUID) -> Transfer:
    rows = Transfer.objects.visible_to(request.user).select_related(*RELATED)
    found: Transfer = get_object_or_404(rows, public_id=public_id)
    return found


def _proposal(user: User, found: Transfer) -> Proposal | None:
    waiting = Proposal.objects.decidable_by(user).filter(subject=found.public_id)
    return waiting.first()  # type: ignore[no-any-return]


def _running(request: SignedInRequest, found: Person) -> Case | None:
    """The order that could be carried out elsewhere."""
    rows = Case.objects.visible_to(request.user).filter(person=found, reported_on__isnull=False)
    return current_case(rows.open_on(today()), today())
