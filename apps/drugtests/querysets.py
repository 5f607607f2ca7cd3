"""Questions about drug tests."""

from typing import Self

from apps.drugtests.codes import IN_A_WINDOW, Outcome, Result
from apps.persons.querysets import PersonalQuerySet


class DrugTestQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def taken(self) -> Self:
        """A sample was taken and the test worked, whatever it showed."""
        return self.valid().filter(outcome=Outcome.TAKEN).exclude(result=Result.INVALID)

    def in_a_window(self) -> Self:
        """Samples that the windows of a plan ask for."""
        return self.valid().filter(sample__in=IN_A_WINDOW)
