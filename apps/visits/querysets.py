"""Questions about visits and talks."""

from typing import Self

from apps.persons.querysets import PersonalQuerySet


class MeetingQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Neither undone nor withdrawn."""
        return self.filter(withdrawn_at=None)

    def done(self) -> Self:
        """The person, or somebody the person agreed to, was met."""
        return self.valid().filter(outcome="done")

    def with_the_person(self) -> Self:
        """The person was met or spoken to: a contact."""
        return self.done().filter(met_person=True)
