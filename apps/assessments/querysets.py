"""Questions about assessments and rounds."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    DateField,
    Exists,
    Func,
    JSONField,
    OuterRef,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from apps.areas.units import around
from apps.assessments.codes import Standing
from apps.cases.codes import LevelSource
from apps.cases.models import RiskLevelRecord
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class AssessmentQuerySet(PersonalQuerySet):
    def made(self) -> Self:
        """Looked at and not sent back: decided, or waiting for the supervisor."""
        return self.exclude(standing=Standing.REJECTED)

    def newest_first(self) -> Self:
        return self.order_by("-assessed_on", "-pk")


class RoundQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Rounds of the own area, of one above it, or of one below it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area))


class TargetQuerySet(PersonalQuerySet):
    def with_assessment(self) -> Self:
        """`assessment_id` and `assessed_on` of the last one inside the days of the round."""
        from apps.assessments.models import Assessment

        inside = (
            Assessment.objects.filter(
                person_id=OuterRef("person_id"),
                assessed_on__gte=OuterRef("round__first"),
                assessed_on__lte=OuterRef("round__last"),
            )
            .made()
            .newest_first()
        )
        return self.annotate(
            assessed_on=Subquery(inside.values("assessed_on")[:1]),
            assessed_level=Subquery(inside.values("risk_level")[:1]),
            standing=Subquery(inside.values("standing")[:1]),
        )


def unanswered_event(person: str, day: date) -> Exists:
    """A condition: something has happened, and nobody has looked since."""
    from apps.assessments.models import Assessment, LifeEvent

    looked = Assessment.objects.filter(
        person_id=OuterRef("person_id"),
        assessed_on__gte=OuterRef("happened_on"),
        assessed_on__lte=day,
        recorded_at__gte=OuterRef("recorded_at"),
    ).made()
    events = LifeEvent.objects.filter(person_id=OuterRef(person), happened_on__lte=day)
    return Exists(events.filter(~Exists(looked)))


def waiting_level(person: str) -> Exists:
    """A condition: an assessment waits for the supervisor."""
    from apps.assessments.models import Assessment

    rows = Assessment.objects.filter(person_id=OuterRef(person), standing=Standing.WAITING)
    return Exists(rows)


def last_valid_day(person: str, day: date, ends: Mapping[int, date] | None = None) -> Any:
    """Until when the newest assessment speaks. `ends` puts other days in the place of those on
    file, by person: what a change of rule would do is asked with the question of every day.
    """
    newest = RiskLevelRecord.objects.filter(
        person_id=OuterRef(person), source=LevelSource.ASSESSED
    ).latest_on(day)
    on_file = Subquery(newest.values("valid_until")[:1])
    if not ends:
        return on_file
    days = Value({str(pk): end.isoformat() for pk, end in ends.items()}, JSONField())
    found = Func(
        days,
        Cast(person, TextField()),
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )
    return Coalesce(Cast(found, DateField()), on_file)
