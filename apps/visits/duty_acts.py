"""Which meetings do a duty: what the schedule reads."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from apps.contacts.codes import ContactOutcome
from apps.visits.codes import MeetingKind
from apps.visits.models import Meeting

IS_DONE = ExpressionWrapper(Q(outcome=ContactOutcome.DONE), output_field=BooleanField())


def talk_acts() -> QuerySet[Any, Any]:
    return _acts(MeetingKind.TALK)


def visit_acts() -> QuerySet[Any, Any]:
    return _acts(MeetingKind.VISIT)


def _acts(kind: MeetingKind) -> QuerySet[Any, Any]:
    """Valid meetings, held or attempted, in the columns of the schedule."""
    rows = Meeting.objects.valid().filter(kind=kind.value)
    acts: QuerySet[Any, Any] = rows.annotate(at=F("occurred_at"), done=IS_DONE)
    return acts
