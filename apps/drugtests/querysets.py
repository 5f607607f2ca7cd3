"""Questions about drug tests."""

from typing import Self

from apps.drugtests.codes import SAMPLES_OF, Result, TestOutcome
from apps.persons.querysets import PersonalQuerySet


class DrugTestQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def taken(self) -> Self:
        """A sample was taken and the test worked, whatever it showed."""
        return self.valid().filter(outcome=TestOutcome.TAKEN).exclude(result=Result.INVALID)

    def sampled(self) -> Self:
        """A sample was taken: the person was met, whatever became of the test."""
        return self.valid().filter(outcome=TestOutcome.TAKEN)

    def of_duty(self, duty: str) -> Self:
        """Samples that the windows of a duty ask for."""
        return self.valid().filter(sample__in=SAMPLES_OF[duty])
