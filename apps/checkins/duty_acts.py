"""Which check-ins do a duty: what the schedule reads."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from apps.checkins.models import CheckIn
from apps.contacts.codes import ContactOutcome

IS_DONE = ExpressionWrapper(Q(outcome=ContactOutcome.DONE), output_field=BooleanField())


def checkin_acts() -> QuerySet[Any, Any]:
    """Valid check-ins, done or attempted, in the columns of the schedule."""
    acts: QuerySet[Any, Any] = CheckIn.objects.valid().annotate(at=F("occurred_at"), done=IS_DONE)
    return acts
