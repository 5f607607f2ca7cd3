"""Who sees a transfer: the unit that sends, from the letter on the unit that receives, and whoever
asked for it.
"""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, DateField, Exists, F, OuterRef, When

from apps.areas.models import Area, Level
from apps.cases.querysets import DayBefore
from apps.persons.querysets import PersonalQuerySet
from apps.transfers.codes import OPEN, TransferState

if TYPE_CHECKING:
    from apps.accounts.models import User


class TransferQuerySet(PersonalQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Rows sent from the user's area, and those that were handed over to it.

        A worker sees those of the own caseload only: before the acceptance the sender's. Whoever
        asked for one sees what was decided, whosever the person is by then (ADR 16).
        """
        return super().visible_to(user) | self.arriving_for(user) | self.answered_to(user)

    def answered_to(self, user: "User") -> Self:
        """Decided, and asked for by the user, who works in the sending unit still."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.in_area(user.area).filter(recorded_by=user).exclude(state__in=OPEN)

    def arriving_for(self, user: "User") -> Self:
        """Handed over to a unit of the user's area, whatever became of it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        found = self.filter(handed_over_on__isnull=False, **_into(user.area))
        return found.in_caseload_of(user) if user.own_caseload_only else found

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def awaited(self) -> Self:
        """Accepted, and the person has not reported at the new place yet (条例 art. 22)."""
        return self.filter(state=TransferState.ACCEPTED, arrived_on=None)

    def unsigned(self) -> Self:
        """Accepted, and the new unit has no agreement with the person yet."""
        return self.filter(state=TransferState.ACCEPTED, agreement_on=None)

    def on_the_way(self) -> Self:
        """条例 art. 22: from the letter until the person reports at the new place, or until it is
        refused or taken back; `first` and `last` day of each.
        """
        handed_over = self.filter(handed_over_on__isnull=False)
        end = Case(
            When(state=TransferState.ACCEPTED, then="arrived_on"),
            default="decided_on",
            output_field=DateField(),
        )
        return handed_over.annotate(first=F("handed_over_on"), last=DayBefore(end))

    def with_course_for(self, user: "User") -> Self:
        """The days after the acceptance, for those who read the file; nothing for who has sent it
        away: the acceptance is what the sending unit is told (ADR 16).
        """
        from apps.persons.models import Person

        theirs = Person.objects.visible_to(user).filter(pk=OuterRef("person_id"))
        days = {
            f"shown_{name}": Case(When(Exists(theirs), then=name), output_field=DateField())
            for name in ("report_by", "arrived_on")
        }
        return self.annotate(reads_course=Exists(theirs), **days)

    def overdue_on(self, day: date) -> Self:
        return self.awaited().filter(report_by__lt=day)


def _into(area: Area) -> dict[str, Any]:
    match area.level:
        case Level.VILLAGE:
            return {"to_village_id__in": area.scope_ids}
        case Level.TOWN:
            return {"to_town_id__in": area.scope_ids}
        case Level.COUNTY:
            return {"to_county_id__in": area.scope_ids}
        case _:
            return {"to_county_id__in": area.county_ids}
