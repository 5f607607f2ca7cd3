"""Which check-ins do a duty: what the schedule reads."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from apps.checkins.codes import CheckInOutcome
from apps.checkins.models import CheckIn

IS_DONE = ExpressionWrapper(Q(outcome=CheckInOutcome.DONE), output_field=BooleanField())


def checkin_acts() -> QuerySet[Any, Any]:
    """Valid check-ins, done or attempted, in the columns of schedule.acts."""
    acts: QuerySet[Any, Any] = CheckIn.objects.valid().annotate(at=F("occurred_at"), done=IS_DONE)
    return acts
