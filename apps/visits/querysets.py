"""Questions about visits and talks."""

from typing import Self

from django.db.models import Exists, OuterRef

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
        """Not found, and nobody has met or spoken to the person since the flag was set."""
        from apps.checkins.models import CheckIn
        from apps.visits.models import Meeting

        since = {"person_id": OuterRef("person_id"), "recorded_at__gt": OuterRef("set_at")}
        after = {**since, "day__gte": OuterRef("set_on")}
        seen = CheckIn.objects.done().filter(**after)
        met = Meeting.objects.with_the_person().filter(**after)
        return self.filter(~Exists(seen), ~Exists(met), found_on=None)
