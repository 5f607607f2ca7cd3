"""Questions about cases."""

from datetime import date
from typing import Self

from django.db.models import Exists, F, OuterRef, Q, Subquery

from apps.persons.models import Assignment
from apps.persons.querysets import PersonalQuerySet


class TierQuerySet(PersonalQuerySet):
    def latest_on(self, day: date) -> Self:
        """The newest decision first, of those that hold on the day."""
        return self.filter(from_on__lte=day).order_by("-from_on", "-pk")


class CaseQuerySet(PersonalQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Reported, with an agreement, and neither ended nor closed on the day."""
        return self.filter(
            Q(duties_end_on__gte=day) | Q(duties_end_on=None), in_force_from__lte=day
        )

    def open_on(self, day: date) -> Self:
        """Decided by the day and not over on it: in force, or waiting for report or agreement.

        An order without any date was brought in as it is and counts on every day.
        """
        begun = Q(decided_on__lte=day) | Q(decided_on=None, reported_on__lte=day)
        undated = Q(decided_on=None, reported_on=None)
        return self.filter(
            begun | undated,
            Q(duties_end_on__gte=day) | Q(duties_end_on=None),
            Q(closed_on=None) | Q(closed_on__gt=day),
        )

    def not_assigned_on(self, day: date) -> Self:
        """Nobody is responsible for the person on the day."""
        responsible = (
            Assignment.objects.filter(person_id=OuterRef("person_id"))
            .responsible()
            .current_on(day)
        )
        return self.filter(~Exists(responsible))

    def with_deviating_paper(self) -> Self:
        """The end on the paper is not the legal end: a gap to clear, never a rejection."""
        return self.filter(
            paper_end_on__isnull=False, computed_end_on__isnull=False
        ).exclude(paper_end_on=F("computed_end_on"))

    def with_tier_on(self, day: date) -> Self:
        """`tier` and `tier_source` as they stand on the day; `rules.counted_tier` weighs them."""
        from apps.cases.models import TierRecord

        latest = TierRecord.objects.filter(person_id=OuterRef("person_id")).latest_on(day)
        return self.annotate(
            tier=Subquery(latest.values("tier")[:1]),
            tier_source=Subquery(latest.values("source")[:1]),
        )
