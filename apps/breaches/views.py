"""The tab of a person, one breach with its course, and one page for each act."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import ActPage, allowed, perform_act, show_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.breaches.acts import ACTS
from apps.breaches.counting import Counters, Limits, limits_on
from apps.breaches.forms import BreachForm
from apps.breaches.law import article_of, reached_words
from apps.breaches.models import Breach, Response
from apps.cases.current_order import current_case
from apps.cases.deadlines import Books
from apps.cases.models import Case
from apps.core.days import today
from apps.core.navigation import url_or_none
from apps.core.refusals import Refused
from apps.law.current import load_rulebook
from apps.persons.access import person_or_404
from apps.persons.models import Person

TAGS = {"": "soon", "confirmed": "vio", "not_confirmed": "na", "withdrawn": "na", "revoked": "na"}


@permission_required(Permission.PERSON_VIEW)
@require_safe
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Counters of each order with their arithmetic, and every entry, the newest first."""
    found = person_or_404(request, public_id)
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="breaches")
    rows = Breach.objects.visible_to(request.user).filter(person=found)
    counters = rows.counters()
    entries = list(rows.select_related("case", "decided_by").order_by("-starts_on", "-pk"))
    cases = list(_orders(request, found))
    books = Books(load_rulebook(), cases)
    orders = [
        counter_card(case, counters.get(case.pk, Counters()), limits_on(books.of(case), today()))
        for case in cases
        if case.pk in counters or case.closed_on is None
    ]
    context = {
        "person": found,
        "orders": orders,
        "tags": TAGS,
        "entries": [(row, TAGS[row.decision]) for row in entries],
        "running": current_case(_orders(request, found), today()),
    }
    return render(request, "breaches/person.html", context)


def counter_card(case: Case, counters: Counters, limits: Limits) -> dict[str, Any]:
    """The three counters of art. 20 in figures; a full one offers a proposal, and does nothing."""
    ended = case.duties_end_on is not None and case.duties_end_on < today()
    reached = counters.reach(limits)
    offers = reached and case.closed_on is None and not ended
    return {
        "case": case,
        "counters": counters,
        "limits": limits,
        "article": article_of(case.measure),
        "reached": reached_words(case.measure) if reached else "",
        "police": (url_or_none("cases:police", case.public_id) or "") if offers else "",
    }


@permission_required(Permission.CASE_EDIT)
@require_http_methods(["GET", "POST"])
def record(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """What happened, for the order that runs."""
    found = person_or_404(request, public_id)
    case = current_case(_orders(request, found), today())
    if case is None:
        raise Refused(_("Without an order there is no agreement to breach."))
    form = BreachForm(request.POST or None, user=request.user, target=case)
    page = ActPage(
        title=_("Record a breach"), done=_("Recorded. Hear the person next."),
        back=reverse("breaches:person", args=[public_id]), subject=found.name,
        article=article_of(case.measure), persons=[found], seen="breach",
        words=_("What is recorded counts for nothing until the person was heard and a supervisor "
                "has confirmed it. A check-in that did not happen is no breach."),
    )  # fmt: skip
    return show_act(request, form, page)


@permission_required(Permission.PERSON_VIEW)
@require_safe
def breach(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """One entry: what happened, what the person says, who decided what and why, what followed."""
    found = _visible(request, public_id)
    log_access(request, persons=[found.person], action=Action.VIEW, fields_seen="breach")
    responses = Response.objects.visible_to(request.user).filter(breach=found)
    case = found.case
    ended = case.closed_on or (case.duties_end_on is not None and case.duties_end_on < today())
    context = {
        "breach": found, "person": found.person, "tag": TAGS[found.decision], "ended": ended,
        "responses": responses.select_related("paper", "recorded_by").order_by("on", "pk"),
        "article": article_of(case.measure),
    }  # fmt: skip
    return render(request, "breaches/breach.html", context)


@require_http_methods(["GET", "POST"])
def perform(request: SignedInRequest, public_id: UUID, act: str) -> HttpResponse:
    """Permission, scoped breach, form, service, message, redirect: the same for every act."""
    wanted, found = allowed(request, ACTS[act]), _visible(request, public_id)
    return perform_act(
        request, wanted, found, back=reverse("breaches:breach", args=[public_id]),
        subject=f"{found.person.name} · {found}", article=article_of(found.case.measure),
        persons=[found.person], seen="breach",
    )  # fmt: skip


def _visible(request: SignedInRequest, public_id: UUID) -> Breach:
    rows = Breach.objects.visible_to(request.user)
    related = rows.select_related("person", "case", "recorded_by", "heard_by", "decided_by")
    found: Breach = get_object_or_404(related, public_id=public_id)
    return found


def _orders(request: SignedInRequest, person: Person) -> list[Case]:
    rows = Case.objects.visible_to(request.user).filter(person=person)
    return list(rows.order_by("-in_force_from", "-pk"))
