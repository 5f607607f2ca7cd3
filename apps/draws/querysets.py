"""Questions about draws."""

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import DateField, Exists, ExpressionWrapper, F, Min, OuterRef, Q

from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.areas.querysets import ScopedQuerySet
from apps.cases.models import Leave, Suspension
from apps.persons.querysets import PersonalQuerySet
from apps.schedule.duty_acts import acts_of

if TYPE_CHECKING:
    from apps.accounts.models import User

# A sample of either answers a draw.
DUTIES = ("test", "hair")
UNTIL = ExpressionWrapper(OuterRef("until"), output_field=DateField())


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

    def not_excused(self) -> Self:
        """Neither by hand nor by the records until the end of the draw's days: who is then away
        or held is excused as before a draw.
        """
        from apps.draws.models import Excuse

        found = self
        for model in (Excuse, Leave, Suspension):
            rows = model.objects.covering(OuterRef("until"))
            found = found.filter(~Exists(rows.filter(person_id=OuterRef("person_id"))))
        return found

    def unanswered_on(self, day: date) -> Self:
        """Neither a test within the days of the draw, nor excused until their end. Whatever else
        is recorded of them, a refusal or that there was no kit, answers the draw, too; while its
        days run, the next try that lies within them is still awaited.
        """
        found = self.not_excused()
        over = Q(next_on=None) | Q(next_on__gt=F("until")) | Q(until__lt=day)
        for duty in DUTIES:
            acts = acts_of(duty).alias(until=UNTIL).filter(
                Q(done=True) | Q(excused=True) | (~Q(reason="") & over),
                person_id=OuterRef("person_id"), day__gte=OuterRef("day"), day__lte=F("until"),
            )  # fmt: skip
            found = found.filter(~Exists(acts))
        return found


class ExcuseQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def covering(self, day: Any) -> Self:
        return self.valid().filter(first__lte=day, last__gte=day)
