"""The tab "Risk and needs": the risk level and why, what helps, and how it came about."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from apps.accounts.permissions import Permission, permission_required
from apps.accounts.requests import SignedInRequest
from apps.assessments.models import Assessment, HalfYearSummary, HelpFlag, LifeEvent
from apps.assessments.suggesting import SERVICES
from apps.audit.models import Action
from apps.audit.services import log_access
from apps.cases.models import RiskLevelRecord
from apps.core.days import today
from apps.persons.access import person_or_404
from apps.persons.models import Person


@permission_required(Permission.PERSON_VIEW)
def person(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Help stands beside the risk level."""
    found, day = person_or_404(request, public_id), today()
    log_access(request, persons=[found], action=Action.VIEW, fields_seen="assessments")
    rows = Assessment.objects.visible_to(request.user).filter(person=found)
    assessments = list(rows.select_related("assessor", "decided_by", "level_record").newest_first())
    mine = RiskLevelRecord.objects.visible_to(request.user).filter(person=found)
    risk_level = mine.latest_on(day).select_related("decided_by").first()
    current = next(
        (a for a in assessments if risk_level and a.level_record_id == risk_level.pk), None
    )
    context = {
        "person": found,
        "assessments": assessments,
        "risk_level": risk_level,
        "stale": risk_level is not None and risk_level.is_stale_on(day),
        "current": current,
        "waiting": next((a for a in assessments if a.standing == "waiting"), None),
        "events": _unanswered(request, found, assessments),
        "flags": _flags(request, found),
        "summaries": HalfYearSummary.objects.visible_to(request.user)
        .filter(person=found)
        .order_by("-first", "-pk"),
    }
    return render(request, "assessments/person.html", context)


def _flags(request: SignedInRequest, person: Person) -> list[tuple[HelpFlag, str, str]]:
    """Running ones first: the flag, the kind of need it suggests, and whom to ask."""
    rows = HelpFlag.objects.visible_to(request.user).filter(person=person)
    flags = sorted(rows.order_by("-since", "-pk"), key=lambda flag: flag.ended_on is not None)
    return [(flag, SERVICES[flag.kind][0].value, str(SERVICES[flag.kind][1])) for flag in flags]


def _unanswered(
    request: SignedInRequest, person: Person, assessments: list[Assessment]
) -> list[LifeEvent]:
    """What has happened since somebody last looked."""
    rows = LifeEvent.objects.visible_to(request.user).filter(person=person)
    made = [a for a in assessments if a.standing != "rejected"]
    return [
        event
        for event in rows.order_by("-happened_on", "-pk")
        if not any(
            a.assessed_on >= event.happened_on and a.recorded_at >= event.recorded_at for a in made
        )
    ]
