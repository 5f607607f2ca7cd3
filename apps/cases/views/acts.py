"""The tab "Case", and one page for each act on an order."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.act_page import allowed, perform_act
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases.acts import CaseAct
from apps.cases.models import RiskLevelRecord
from apps.cases.order_cards import orders_of
from apps.core.days import today
from apps.persons.access import person_or_404
from apps.persons.models import Assignment, Person


@permission_required(Permission.PERSON_VIEW)
def case(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Orders with their next step, dates, gaps, team, absences; levels; who was responsible."""
    person = person_or_404(request, public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="case")
    user, day = request.user, today()
    risk_levels = (
        RiskLevelRecord.objects.visible_to(user).filter(person=person).select_related("decided_by")
    )
    assignments = Assignment.objects.filter(person=person).select_related("worker")
    context = {
        "person": person,
        "orders": orders_of(person, user, day),
        "risk_levels": risk_levels.order_by("-from_on", "-pk"),
        "assignments": assignments.order_by("-starts_on", "pk"),
        "day": day,
    }
    return render(request, "cases/case.html", context)


def perform(request: SignedInRequest, public_id: UUID, act: CaseAct) -> HttpResponse:
    """Permission, scoped target, then the page that every act has, under the person's tabs."""
    allowed(request, act)
    target = get_object_or_404(act.rows(request.user), public_id=public_id)
    person = target if isinstance(target, Person) else target.person
    return perform_act(
        request,
        act,
        target,
        article=act.article(target),
        back=reverse("cases:case", args=[person.public_id]),
        persons=[person],
        seen="case",
        template="cases/act.html",
        person=person,
    )
