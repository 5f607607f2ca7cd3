"""The tab "Case", and one page for each act on an order."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases import rules
from apps.cases.acts import Act
from apps.cases.gaps import gaps_by_case
from apps.cases.models import Case, Leave, Suspension, TierRecord
from apps.cases.rules import leave_last_day
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.access import person_or_404
from apps.persons.models import Assignment, Person
from apps.persons.services import ChangedMeanwhile


@permission_required(Permission.PERSON_VIEW)
def case(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Orders with their dates, gaps, leaves and suspensions; tiers; who was responsible."""
    person = person_or_404(request, public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="case")
    user, day = request.user, today()
    cases = Case.objects.visible_to(user).filter(person=person).select_related("authority")
    gaps = gaps_by_case(cases.open_on(day), day)
    leaves = list(Leave.objects.visible_to(user).filter(person=person).order_by("-starts_on"))
    held = Suspension.objects.visible_to(user).filter(person=person).order_by("-starts_on")
    suspensions = list(held)
    orders = [
        _order(row, leaves, suspensions, gaps.get(row.pk, []))
        for row in cases.order_by("-in_force_from", "-pk")
    ]
    tiers = TierRecord.objects.visible_to(user).filter(person=person).select_related("decided_by")
    assignments = Assignment.objects.filter(person=person).select_related("worker")
    context = {
        "person": person,
        "orders": orders,
        "tiers": tiers.order_by("-from_on", "-pk"),
        "assignments": assignments.order_by("-starts_on", "pk"),
        "day": day,
    }
    return render(request, "cases/case.html", context)


def _order(
    row: Case, leaves: list[Leave], suspensions: list[Suspension], gaps: list[Any]
) -> dict[str, Any]:
    """One order with all that a card of it shows."""
    day = today()
    own_leaves = [leave for leave in leaves if leave.case_id == row.pk]
    held = [stop for stop in suspensions if stop.case_id == row.pk]
    deadline = rules.report_deadline(row.received_on) if row.received_on else None
    return {
        "case": row,
        "gaps": gaps,
        "state": rules.state_on(row, own_leaves, held, day),
        "leaves": [(leave, leave_last_day(leave)) for leave in own_leaves],
        "suspensions": held,
        "term": rules.day_of_term(row, day),
        "deadline": deadline,
        "deviates": bool(row.paper_end_on and row.paper_end_on != row.computed_end_on),
    }


def perform(request: SignedInRequest, public_id: UUID, act: Act) -> HttpResponse:
    """Permission, scoped target, form, service, message, redirect: the same for every act."""
    if not request.user.may(act.permission):
        raise PermissionDenied(act.permission)
    target = get_object_or_404(act.rows(request.user), public_id=public_id)
    person = target if isinstance(target, Person) else target.person
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="case")
    form = act.form(request.POST or None, user=request.user, target=target)
    context: dict[str, Any] = {
        "act": act,
        "article": act.article(target),
        "form": form,
        "person": person,
        "differences": [],
    }
    if request.method == "POST" and form.is_valid():
        try:
            form.perform()
        except ChangedMeanwhile as conflict:
            return _conflict(request, context, conflict)
        except Refused as refusal:
            context["refusal"] = refusal
            return render(request, "cases/act.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect("cases:case", person.public_id)
    return render(request, "cases/act.html", context, status=422 if form.errors else 200)


def _conflict(
    request: SignedInRequest, context: dict[str, Any], conflict: ChangedMeanwhile
) -> HttpResponse:
    """Both values, and the form as it was entered; saving again knows the other's."""
    data = request.POST.copy()
    data["version"] = str(conflict.stored.version)
    form = context["act"].form(data, user=request.user, target=conflict.stored)
    form.is_valid()
    context |= {"form": form, "differences": conflict.differences, "conflict": conflict}
    return render(request, "cases/act.html", context, status=409)
