"""Questions about persons and about everything that belongs to a person."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from apps.areas.querysets import ScopedQuerySet
from apps.core.days import end_of, today
from apps.core.prepared import Slot

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.persons.models import Assignment


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current_on(self, day: date | Slot) -> Self:
        """Assignments that run on the day, of both kinds."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_over_on(self, day: date) -> Self:
        """Assignments that run on the day or begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def responsible(self) -> Self:
        return self.filter(kind="responsible")


class PersonalQuerySet(ScopedQuerySet):
    """Rows with a `person_id`; a worker's scope is the caseload of today, cover included."""

    person_column = "person_id"

    def in_caseload_of(self, user: "User") -> Self:
        return self.filter(**{f"{self.person_column}__in": _caseload(user.pk, today())})


@lru_cache(maxsize=256)
def _caseload(user_id: int, day: date) -> models.QuerySet["Assignment", Any]:
    """Part of a question, never asked by itself: a page puts it into ten others."""
    from apps.persons import models as own

    mine = own.Assignment.objects.filter(worker_id=user_id).current_on(day)
    return mine.values("person_id")


class PersonQuerySet(PersonalQuerySet):
    person_column = "pk"

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
