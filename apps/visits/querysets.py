"""Questions about visits and interviews."""

from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

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
        return self.filter(found_on=None)._without_contact()

    def standing_on(self, day: date) -> Self:
        """The same as at a day, by what is known now: a contact after it does not end it there."""
        not_yet_found = Q(found_on=None) | Q(found_on__gt=day)
        return self.filter(not_yet_found, set_on__lte=day)._without_contact(lte=day)

    def _without_contact(self, **bounds: Any) -> Self:
        since = {"person_id": OuterRef("person_id"), "recorded_at__gt": OuterRef("set_at")}
        found = self
        for one in every(Contacts):
            rows = one.rows()
            if rows.model is not self.model:
                within = {f"{one.on}__{bound}": day for bound, day in bounds.items()}
                after = rows.filter(**since, **within, **{f"{one.on}__gte": OuterRef("set_on")})
                found = found.filter(~Exists(after))
        return found
