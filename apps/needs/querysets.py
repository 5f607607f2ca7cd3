"""Questions about needs."""

from datetime import date
from typing import Self

from django.db.models import Q

from apps.persons.querysets import PersonalQuerySet


class NeedQuerySet(PersonalQuerySet):
    def open_on(self, day: date) -> Self:
        """Said on the day or before, and not closed by then; a mistake never was a need."""
        later = Q(closed_on__gt=day) & ~Q(outcome="mistake")
        return self.filter(Q(closed_on=None) | later, said_on__lte=day)
