"""The one definition of due."""

from datetime import date
from typing import Self

from django.db.models import Exists, F, OuterRef, Q

from apps.cases.models import Leave, Suspension
from apps.persons.querysets import PersonalQuerySet


class DueItemQuerySet(PersonalQuerySet):
    """Today, the person page, figures and reminders all begin here."""

    def effective(self) -> Self:
        """Windows that ask for something: the order in force on the due day, nobody on leave.

        Follows from what is known now; a leave recorded later takes its windows out at once.
        """
        covering = Q(case_id=OuterRef("case_id"), withdrawn_at=None)
        on_leave = Leave.objects.filter(
            covering, starts_on__lte=OuterRef("due_on"), last_day__gte=OuterRef("due_on")
        )
        suspended = Suspension.objects.filter(
            covering,
            Q(ended_on=None) | Q(ended_on__gte=OuterRef("due_on")),
            starts_on__lte=OuterRef("due_on"),
        )
        return self.filter(
            ~Exists(on_leave),
            ~Exists(suspended),
            Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=F("due_on")),
            case__in_force_from__lte=F("due_on"),
        )

    def due_between(self, first: date, last: date) -> Self:
        """Windows that end on one of the days, both included."""
        return self.filter(due_on__range=(first, last))

    def standing_on(self, day: date) -> Self:
        """Effective windows that have begun and are not done: what Today asks for on the day.

        Carried-over windows never stand: they ended before the case was brought in.
        """
        return self.effective().filter(outcome="open", carried_over=False, opens_on__lte=day)

    def overdue_on(self, day: date) -> Self:
        return self.standing_on(day).filter(due_on__lt=day)
