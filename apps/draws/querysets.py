"""Questions about draws."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, Min, OuterRef, Q

from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.areas.querysets import ScopedQuerySet
from apps.persons.querysets import PersonalQuerySet
from apps.schedule.duty_acts import acts_of

if TYPE_CHECKING:
    from apps.accounts.models import User

# A sample of either answers a draw.
DUTIES = ("test", "hair")


class DrawQuerySet(ScopedQuerySet):
    def visible_to(self, user: "User") -> Self:
        """An auditor reads every draw, in numbers; everybody else those of the own area."""
        if user.is_active and user.may(Permission.LOG_VIEW):
            return self.all()
        return super().visible_to(user)

    def over(self, area: Area) -> Self:
        """Draws whose pools held the unit: its own, and those of the units above."""
        ids = [*area.lineage, *area.scope_ids]
        return self.filter(
            Q(county_id__in=ids, town=None)
            | Q(town_id__in=ids, village=None)
            | Q(village_id__in=ids)
        )

    def first_day(self) -> date | None:
        """The earliest day of these."""
        found: date | None = self.aggregate(first=Min("day"))["first"]
        return found


class DrawnQuerySet(PersonalQuerySet):
    def times_since(self, first: date) -> Counter[int]:
        """How often each person was drawn for that day or a later one."""
        return Counter(self.filter(draw__day__gte=first).values_list("person_id", flat=True))

    def unanswered(self) -> Self:
        """Neither a test within the days of the draw, nor excused until their end."""
        from apps.draws.models import Excuse

        excuses = Excuse.objects.valid().filter(
            person_id=OuterRef("person_id"), first__lte=OuterRef("until"),
            last__gte=OuterRef("until"),
        )  # fmt: skip
        found = self.filter(~Exists(excuses))
        for duty in DUTIES:
            acts = acts_of(duty).filter(
                Q(done=True) | Q(excused=True), person_id=OuterRef("person_id"),
                day__gte=OuterRef("day"), day__lte=OuterRef("until"),
            )  # fmt: skip
            found = found.filter(~Exists(acts))
        return found


class ExcuseQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def covering(self, day: Any) -> Self:
        return self.valid().filter(first__lte=day, last__gte=day)
