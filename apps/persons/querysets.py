"""Questions about persons and about everything that belongs to a person."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from apps.areas.models import Area
from apps.areas.querysets import ScopedQuerySet
from apps.core.days import end_of, today
from apps.core.prepared import Slot

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.persons.models import Assignment


# A day, or the name of the column that holds it.
Day = date | str


def dead_by(day: Any, person: str = "person__") -> Q:
    """The person has died by the day; `person`: the way from the row to the person. Where nobody
    has said on which day, on every day.
    """
    since = f"{person}life_status_since"
    known = Q(**{since: None}) | Q(**{f"{since}__lte": day})
    return Q(**{f"{person}life_status": "deceased"}) & known


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

    def living_on(self, day: Any) -> Self:
        """What runs, without that of persons who have died: nothing goes on for them, whether
        somebody has ended it or not.
        """
        return self.exclude(dead_by(day, "" if self.person_here == "pk" else "person__"))

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

        rows = FormerUnit.objects.filter(person_id=self._whose_it_was())
        return rows.covering(OuterRef(day) if isinstance(day, str) else day)

    def _whose_it_was(self) -> Any:
        """The person of the row, or of a row that came with a merge the one whose it was before."""
        from apps.persons.models import MergedRow

        if self.model._meta.label == "persons.Person":
            return OuterRef(self.person_here)
        came = MergedRow.objects.filter(
            model=self.model._meta.label, row=OuterRef(OuterRef("pk")), merge__undone_at=None
        )
        first = came.order_by("merge_id").values("merge__merged_id")[:1]
        return Coalesce(Subquery(first), OuterRef(self.person_here))


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
        """Persons who belonged to another unit on the day or later, with those into whose files
        theirs were merged: rows of both stand there.
        """
        rows = self.filter(ends_on__gte=day).values_list("person_id", "person__merged_into_id")
        return sorted({pk for pair in rows for pk in pair if pk is not None})


class PersonQuerySet(PersonalQuerySet):
    person_column = "pk"
    person_here = "pk"

    def on_register_on(self, day: date) -> Self:
        """Neither dead nor abroad on the day, and on file by then.

        A person who was brought in has been known for longer than the file, and counts on every
        day. A file that was merged counts on the days before, where the rows are `Person.every`.
        """
        gone = Q(life_status__in=["deceased", "abroad"]) & (
            Q(life_status_since=None) | Q(life_status_since__lte=day)
        )
        opened_by_then = Q(created_at__lt=end_of(day))
        own_file = Q(merged_into=None) | Q(merged_on__gt=day)
        found = self.filter(own_file, Q(brought_in_on__isnull=False) | opened_by_then)
        return found.exclude(gone)

    def visible_to(self, user: "User") -> Self:
        """A file that was merged is read in the one into which it was merged."""
        return super().visible_to(user).filter(merged_into=None)

    def named_to(self, user: "User") -> Self:
        """Whose name the user may read: of files in scope, and of those merged into them."""
        seen = self.model.objects.visible_to(user)
        return self.filter(Q(pk__in=seen) | Q(merged_into__in=seen))


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Persons: a file that was merged into another one is none any more."""

    def get_queryset(self) -> PersonQuerySet:
        return super().get_queryset().filter(merged_into=None)  # type: ignore[no-any-return]


class MergeQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def visible_to(self, user: "User") -> Self:
        """Once it is undone there are two persons, and perhaps of two units: who sees both."""
        from apps.persons.models import Person

        seen = Person.objects.visible_to(user)
        return super().visible_to(user).filter(Q(undone_at=None) | Q(merged__in=seen))
