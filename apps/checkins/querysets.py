"""Questions about check-ins."""

from typing import Self

from apps.persons.querysets import PersonalQuerySet


class CheckInQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Neither undone nor withdrawn."""
        return self.filter(withdrawn_at=None)

    def done(self) -> Self:
        """The person was seen or spoken to."""
        return self.valid().filter(outcome="done")
