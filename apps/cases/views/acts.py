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
from apps.cases.acts import CaseAct
from apps.cases.models import TierRecord
from apps.cases.order_cards import orders_of
from apps.core.days import today
from apps.core.refusals import Refused, status_of
from apps.persons.access import person_or_404
from apps.persons.models import Assignment, Person
from apps.persons.services import ChangedMeanwhile


@permission_required(Permission.PERSON_VIEW)
def case(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Orders with their next step, dates, gaps, team and absences; tiers; who was responsible."""
    person = person_or_404(request, public_id)
    log_access(request, persons=[person], action=Action.VIEW, fields_seen="case")
    user, day = request.user, today()
    tiers = TierRecord.objects.visible_to(user).filter(person=person).select_related("decided_by")
    assignments = Assignment.objects.filter(person=person).select_related("worker")
    context = {
        "person": person,
        "orders": orders_of(person, user, day),
        "tiers": tiers.order_by("-from_on", "-pk"),
        "assignments": assignments.order_by("-starts_on", "pk"),
        "day": day,
    }
    return render(request, "cases/case.html", context)


def perform(request: SignedInRequest, public_id: UUID, act: CaseAct) -> HttpResponse:
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
    return render(request, "cases/act.html", context, status=status_of(form))


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
