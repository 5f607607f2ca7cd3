"""Questions about needs."""

from datetime import date
from typing import Self

from django.db.models import Q

from apps.persons.querysets import PersonalQuerySet


class NeedQuerySet(PersonalQuerySet):
    def open_on(self, day: date) -> Self:
        """Said on the day or before, and not closed by then; a mistake never was a need.

        Nothing waits for a person who has died; the row stays on file as it is.
        """
        later = Q(closed_on__gt=day) & ~Q(outcome="mistake")
        asked = self.filter(Q(closed_on=None) | later, said_on__lte=day)
        unknown = Q(person__life_status_since=None)
        died = Q(person__life_status="deceased") & (unknown | Q(person__life_status_since__lte=day))
        return asked.exclude(died)
