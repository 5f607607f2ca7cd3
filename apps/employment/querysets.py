"""Questions about placements, bases, courses and enrolments."""

from datetime import date
from typing import Self

from django.db.models import Count, Q

from apps.accounts.unit_rows import UnitQuerySet
from apps.core.days import today
from apps.employment.codes import Examination
from apps.persons.querysets import PersonalQuerySet, dead_by


class BaseQuerySet(UnitQuerySet):
    def with_running(self) -> Self:
        """`running`: how many places are taken, whoever looks."""
        standing = Q(placements__ended_on=None, placements__withdrawn_at=None)
        standing &= ~dead_by(today(), "placements__person__")
        return self.annotate(running=Count("placements", filter=standing))


class StandingQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class PlacementQuerySet(StandingQuerySet):
    def running(self) -> Self:
        """As things stand today. Nobody works there who has died."""
        return self.standing().living_on(today()).filter(ended_on=None)

    def running_on(self, day: date) -> Self:
        """The last day of work is one of them."""
        rows = self.standing().living_on(day)
        return rows.filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day)


class EnrolmentQuerySet(StandingQuerySet):
    def taking_places(self) -> Self:
        """Who has died before the examination takes no place of a course."""
        waiting = Q(examination=Examination.NOT_YET)
        return self.standing().exclude(waiting & dead_by(today()))

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
