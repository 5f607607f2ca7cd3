"""Questions about care plans, their steps and reviews, and about care lists."""

from datetime import date
from typing import Any, Final, Self

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from apps.cases.asked import under_order
from apps.cases.models import TeamMember
from apps.persons.querysets import PersonalQuerySet

WITH_PLAN, WITHOUT = "planned", "unplanned"
PARTS: Final = (WITHOUT, WITH_PLAN)


def led_on(day: Any, case: str = "pk") -> Exists:
    """The order has a carer by name on the day (一对一)."""
    return Exists(TeamMember.objects.filter(case_id=OuterRef(case)).leading_on(day))


class StepQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def running(self) -> Self:
        """Of a plan that is open, and nobody has said how it ended."""
        return self.standing().filter(ended="", plan__closed_on=None, plan__withdrawn_at=None)


class PlanQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def open(self) -> Self:
        return self.standing().filter(closed_on=None)

    def open_on(self, day: Any) -> Self:
        return self.standing().filter(Q(closed_on=None) | Q(closed_on__gt=day), day__lte=day)

    def with_next_review(self) -> Self:
        """`next_review`: as the last review says, before the first as the plan does."""
        from apps.care.models import CareReview

        reviews = CareReview.objects.standing().filter(plan=OuterRef("pk")).order_by("-day")
        last = Subquery(reviews.values("next_on")[:1])
        return self.annotate(next_review=Coalesce(last, "review_on"))


class EntryQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def under_order_on(self, day: date) -> Self:
        """On the list, with an order in force: the list tells of nobody after the term. Each person
        of a list once: of two files that became one both rows stay. Who came onto it later was not
        there yet.
        """
        from apps.care.models import CareListEntry

        same = CareListEntry.objects.standing().filter(
            person=OuterRef("person_id"), list=OuterRef("list_id"), day__lte=day,
            pk__lt=OuterRef("pk"),
        )  # fmt: skip
        return self.standing().filter(under_order(day), ~Exists(same), day__lte=day)

    def in_part(self, part: str, day: date) -> Self:
        """One of PARTS; another word is everybody."""
        if part not in PARTS:
            return self
        return self.filter(planned(day) if part == WITH_PLAN else ~planned(day))

    def counted(self, day: date) -> dict[int, dict[str, int]]:
        """How many stand on each list, and how many of them have a plan; one query."""
        rows = self.order_by().values("list_id").annotate(
            whole=Count("pk"), planned=Count("pk", filter=Q(planned(day)))
        )  # fmt: skip
        return {row.pop("list_id"): row for row in rows}


def planned(day: Any) -> Exists:
    """An open plan of the person stands on the day."""
    from apps.care.models import CarePlan

    return Exists(CarePlan.objects.open_on(day).filter(person_id=OuterRef("person_id")))
