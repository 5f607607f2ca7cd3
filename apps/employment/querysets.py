"""Questions about placements, bases, courses and enrolments."""

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast

from apps.accounts.unit_rows import UnitQuerySet
from apps.cases.asked import LOOKED_FOR, still_asked
from apps.core.days import today
from apps.employment.codes import Examination, Source, Still
from apps.employment.rules import LOOKS
from apps.persons.querysets import PersonalQuerySet, dead_by


class BaseQuerySet(UnitQuerySet):
    def with_running(self) -> Self:
        """`running`: how many places are taken, whoever looks."""
        standing = Q(placements__ended_on=None, placements__withdrawn_at=None)
        standing &= ~dead_by(today(), "placements__person__")
        # Two files that became one hold one place.
        who = Count("placements__person", distinct=True, filter=standing)
        return self.annotate(running=who)


class StandingQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class PlacementQuerySet(StandingQuerySet):
    def running(self) -> Self:
        """As things stand today. Nobody works there who has died."""
        return self.standing().living_on(today()).filter(ended_on=None)

    def persons(self) -> int:
        """How many places they hold: two files that became one are one person."""
        return self.order_by().values("person").distinct().count()

    def running_on(self, day: date) -> Self:
        """The last day of work is one of them."""
        rows = self.standing().living_on(day)
        return rows.filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day)

    def to_be_looked_at(self, day: date) -> Self:
        """`look_on`: of the looks whose day has come the last one, not long ago; a later look
        answers an earlier one. Nobody asks about who is not asked any more, nor about the lines of
        a ledger.
        """
        from apps.employment.models import Look

        due = Case(
            *(
                When(starts_on__lte=day - timedelta(days=n), then=_after(n))
                for n in sorted(LOOKS, reverse=True)
            ),
            output_field=DateField(),
        )
        # Nobody there, and yet it runs: an end was taken back, and somebody looks again.
        looks = Look.objects.standing().exclude(still=Still.NO)
        looked = looks.filter(placement=OuterRef("pk"), day__gte=OuterRef("look_on"))
        rows = self.running().filter(still_asked(day)).exclude(source=Source.LEDGER)
        rows = rows.filter(starts_on__lte=day - timedelta(days=min(LOOKS))).annotate(look_on=due)
        return rows.filter(~Exists(looked), look_on__gte=day - LOOKED_FOR)


def _after(days: int) -> Any:
    # A day and an interval are a moment for the database.
    return Cast(F("starts_on") + Value(timedelta(days=days)), DateField())


class EnrolmentQuerySet(StandingQuerySet):
    def taking_places(self) -> Self:
        """Who has died before the examination takes no place of a course."""
        waiting = Q(examination=Examination.NOT_YET)
        return self.standing().exclude(waiting & dead_by(today()))

    def examined(self) -> Self:
        return self.standing().exclude(examination=Examination.NOT_YET)

    def persons(self) -> int:
        """Of two files that became one both rows stay: how many persons they are."""
        return self.order_by().values("person_id").distinct().count()

    def counted(self) -> dict[int, dict[str, int]]:
        """Of each course: persons enrolled, examined, with a certificate; one query."""

        def persons(**chosen: Q) -> Count:
            return Count("person_id", distinct=True, **chosen)

        rows = (
            self.standing()
            .order_by()
            .values("course_id")
            .annotate(
                whole=persons(),
                examined=persons(filter=~Q(examination=Examination.NOT_YET)),
                certified=persons(filter=~Q(certificate_number="")),
            )
        )
        return {row.pop("course_id"): row for row in rows}

    def once_a_course(self, rows: Any) -> Self:
        """Each person once in a course, at the first examination that is among `rows`: of two
        files that became one both may say one.
        """
        same = rows.filter(person=OuterRef("person_id"), course=OuterRef("course_id"))
        earlier = Q(counted_on__lt=OuterRef("counted_on"))
        earlier |= Q(counted_on=OuterRef("counted_on"), pk__lt=OuterRef("pk"))
        return self.filter(~Exists(same.filter(earlier)))
