"""Questions about visits and interviews."""

from typing import Self

from django.db.models import Exists, OuterRef

from apps.core.records import Contacts, every
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


class LostContactQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        """Not found, and there was no contact with the person since the flag was set."""
        since = {"person_id": OuterRef("person_id"), "recorded_at__gt": OuterRef("set_at")}
        found = self.filter(found_on=None)
        for one in every(Contacts):
            rows = one.rows()
            if rows.model is not self.model:
                after = rows.filter(**since, **{f"{one.on}__gte": OuterRef("set_on")})
                found = found.filter(~Exists(after))
        return found
