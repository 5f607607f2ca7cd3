"""Which summaries do a duty: that of a half-year does its window, however late it is made."""

from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ExpressionWrapper,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Least

from apps.assessments.models import HalfYearSummary


def summary_acts() -> QuerySet[Any, Any]:
    """In the columns of the schedule; a day of the half-year stands for it."""
    acts: QuerySet[Any, Any] = HalfYearSummary.objects.valid().annotate(
        day=Least("told_on", "last"),
        at=Cast(Least("told_on", "last"), DateTimeField()),
        done=ExpressionWrapper(Q(withdrawn_at=None), output_field=BooleanField()),
        next_on=Cast(Value(None), DateField()),
        reason=Value("", CharField()),
    )
    return acts
