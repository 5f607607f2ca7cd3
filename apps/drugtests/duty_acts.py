"""Which tests do a duty: what the schedule reads."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from apps.drugtests.codes import EXCUSING, Result, TestOutcome
from apps.drugtests.models import DrugTest


def _condition(condition: Q) -> Any:
    return ExpressionWrapper(condition, output_field=BooleanField())


def acts_of_duty(duty: str) -> QuerySet[Any, Any]:
    """Taken, tried or excused, in the columns of the schedule; an invalid strip does nothing."""
    acts: QuerySet[Any, Any] = DrugTest.objects.of_duty(duty).annotate(
        at=F("occurred_at"),
        done=_condition(Q(outcome=TestOutcome.TAKEN) & ~Q(result=Result.INVALID)),
        excused=_condition(Q(reason_not__in=EXCUSING)),
        reason=F("reason_not"),
    )
    return acts
