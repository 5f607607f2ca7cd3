"""Questions about persons and about everything that belongs to a person."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from apps.areas.models import Area
from apps.areas.querysets import ScopedQuerySet
from apps.core.days import end_of, today
from apps.core.prepared import Slot

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.persons.models import Assignment


# A day, or the name of the column that holds it.
Day = date | str


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current_on(self, day: date | Slot) -> Self:
        """Assignments that run on the day, of both kinds."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_over_on(self, day: date) -> Self:
        """Assignments that run on the day or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def overlapping(self, first: date, last: date | None) -> Self:
        """Assignments of one of the days at least."""
        found = self.not_over_on(first)
        return found if last is None else found.filter(starts_on__lte=last)

    def responsible(self) -> Self:
        return self.filter(kind="responsible")


class PersonalQuerySet(ScopedQuerySet):
    """Rows with a `person_id`; a worker's scope is the caseload of today, cover included."""

    person_column = "person_id"
    # The person of a row, for a question about the row itself.
    person_here = "person_id"

    def in_caseload_of(self, user: "User") -> Self:
        return self.filter(**{f"{self.person_column}__in": _caseload(user.pk, today())})

    def of_persons(self, ids: Collection[int]) -> Q:
        """A condition that the database can look up."""
        return Q(**{f"{self.person_here}__in": ids})

    def in_area_on(self, area: Area, day: Day, moved: Collection[int]) -> Self:
        """Rows whose person belonged to the unit on the day, wherever they are kept today.

        `moved`: persons who changed their unit since the day, see `FormerUnit.moved_since`. Where
        there is nobody, this is the plain question of `in_area`.
        """
        if not moved:
            return self.in_area(area)
        elsewhere = self._formerly(day)
        there = Exists(elsewhere.in_area(area))
        stayed = ~self.of_persons(moved) | ~Exists(elsewhere)
        return self.in_area(area).filter(stayed) | self.filter(self.of_persons(moved), there)

    def unit_on(self, column: str, day: Day, moved: Collection[int]) -> Any:
        """`column` (`county_id`, `town_id` or `village_id`) as it was on the day."""
        if not moved:
            return F(column)
        former = self._formerly(day)
        gone = self.of_persons(moved) & Q(Exists(former))
        then = Subquery(former.values(column))
        return Case(When(gone, then=then), default=F(column), output_field=models.BigIntegerField())

    def _formerly(self, day: Day) -> "FormerUnitQuerySet":
        from apps.persons.models import FormerUnit

        rows = FormerUnit.objects.filter(person_id=OuterRef(self.person_here))
        return rows.covering(OuterRef(day) if isinstance(day, str) else day)


@lru_cache(maxsize=256)
def _caseload(user_id: int, day: date) -> models.QuerySet["Assignment", Any]:
    """Part of a question, never asked by itself: a page puts it into ten others."""
    from apps.persons import models as own

    mine = own.Assignment.objects.filter(worker_id=user_id).current_on(day)
    return mine.values("person_id")


class FormerUnitQuerySet(PersonalQuerySet):
    def covering(self, day: Any) -> Self:
        """Those that were responsible on the day."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), ends_on__gte=day)

    def moved_since(self, day: date) -> list[int]:
        """Persons who belonged to another unit on the day or later."""
        rows = self.filter(ends_on__gte=day).order_by("person_id")
        return list(rows.values_list("person_id", flat=True).distinct())


class PersonQuerySet(PersonalQuerySet):
    person_column = "pk"
    person_here = "pk"

    def on_register_on(self, day: date) -> Self:
        """Neither dead nor abroad on the day, and on file by then.

        A person who was brought in has been known for longer than the file, and counts on every
        day.
        """
        gone = Q(life_status__in=["deceased", "abroad"]) & (
            Q(life_status_since=None) | Q(life_status_since__lte=day)
        )
        opened_by_then = Q(created_at__lt=end_of(day))
        return self.filter(Q(brought_in_on__isnull=False) | opened_by_then).exclude(gone)
