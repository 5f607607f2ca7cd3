"""Questions about what was learned."""

from typing import Self

from apps.accounts.unit_rows import UnitQuerySet
from apps.persons.querysets import PersonalQuerySet


class LearningQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)


class UnitScoreQuerySet(UnitQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)
