"""Questions about placements, bases, courses and enrolments."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q

from apps.areas.units import around
from apps.employment.codes import Examination
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class UnitQuerySet(models.QuerySet[Any]):
    """Bases and courses: nobody stands in them."""

    def visible_to(self, user: "User") -> Self:
        """Of the own area, of one above it, or of one below it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area))


class BaseQuerySet(UnitQuerySet):
    def with_running(self) -> Self:
        """`running`: how many places are taken, whoever looks."""
        standing = Q(placements__ended_on=None, placements__withdrawn_at=None)
        return self.annotate(running=Count("placements", filter=standing))


class StandingQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class PlacementQuerySet(StandingQuerySet):
    def running(self) -> Self:
        return self.standing().filter(ended_on=None)

    def running_on(self, day: date) -> Self:
        """The last day of work is one of them."""
        return self.standing().filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day)


class EnrolmentQuerySet(StandingQuerySet):
    def examined(self) -> Self:
        return self.standing().exclude(examination=Examination.NOT_YET)

    def counted(self) -> dict[int, dict[str, int]]:
        """Of each course: enrolled, examined, with a certificate; one query."""
        rows = (
            self.standing()
            .order_by()
            .values("course_id")
            .annotate(
                whole=Count("pk"),
                examined=Count("pk", filter=~Q(examination=Examination.NOT_YET)),
                certified=Count("pk", filter=~Q(certificate_number="")),
            )
        )
        return {row.pop("course_id"): row for row in rows}
