"""The one definition of due."""

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db.models import Case as Choose, Exists, F, Manager, OuterRef, Q, QuerySet, When

from apps.cases.models import Case, Leave, Suspension
from apps.core.prepared import Slot
from apps.persons.querysets import PersonalQuerySet
from apps.schedule.duties import duties
from apps.schedule.duty_acts import acts_of


def next_on(day: date) -> Choose:
    """When somebody is to act on an open window: its last day, or the day agreed after a try."""
    return Choose(When(retry_on__gt=day, then="retry_on"), default="due_on")


class StandingRules(Manager[Any]):
    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(removed_at=None)


class DueItemQuerySet(PersonalQuerySet):
    """Today, the person page, figures and reminders all begin here."""

    # By way of the case: the windows that are open are indexed by it.
    person_column = "case__person_id"

    def of_persons(self, ids: Collection[int]) -> Q:
        """By way of the case, too: windows are indexed by it, and by no person."""
        cases = Case.objects.filter(person_id__in=ids).order_by("pk")
        return Q(case_id__in=list(cases.values_list("pk", flat=True)))

    def effective(self) -> Self:
        """Windows that ask for something: the order in force on the due day, nobody away.

        Follows from what is known now; a leave recorded later takes its windows out at once.
        """
        return self.filter(_binding_on(F("due_on"), OuterRef("due_on")))

    def due_between(self, first: date, last: date) -> Self:
        """Windows that end on one of the days, both included."""
        return self.filter(due_on__range=(first, last))

    def open_windows(self) -> Self:
        """Not done, and not carried over: those ended before the case was brought in."""
        return self.filter(outcome="open", carried_over=False)

    def asked_on(self, day: date | Slot) -> Self:
        """Open windows that somebody has to do here on the day or later.

        What is overdue rests while the person is away or held, and ends with the order.
        """
        return (
            self.open_windows()
            .effective()
            .filter(Q(due_on__gte=day) | _binding_on(day, day), recorded_elsewhere=False)
        )

    def standing_on(self, day: date) -> Self:
        """Windows that have begun and are not done: what Today asks for on the day."""
        return self.asked_on(day).filter(opens_on__lte=day)

    def overdue_on(self, day: date) -> Self:
        return self.standing_on(day).filter(due_on__lt=day)

    def stood_on(self, day: date) -> Self:
        """What `standing_on` said on a day that has passed, by what is known now.

        A window that was done or made up for later stood on the day; an act or a leave entered
        later for that day is in it.
        """
        unanswered = Q(pk__in=[])
        for kind in duties():
            acts = acts_of(kind).filter(
                done=True,
                person_id=OuterRef("person_id"),
                day__gte=OuterRef("opens_on"),
                day__lte=day,
            )
            # The kind first: PostgreSQL asks in this order, and most windows are of another.
            unanswered |= Q(Q(kind=kind), ~Exists(acts))
        begun = self.filter(carried_over=False, recorded_elsewhere=False, opens_on__lte=day)
        # What was done by the day needs no look for the act.
        begun = begun.exclude(outcome="excused").exclude(outcome="done", done_on__lte=day)
        return begun.effective().filter(unanswered, Q(due_on__gte=day) | _binding_on(day, day))

    def elsewhere_on(self, day: date | Slot) -> Self:
        """Windows of the day that are recorded elsewhere and of which nothing is known yet."""
        return (
            self.open_windows()
            .effective()
            .filter(recorded_elsewhere=True, opens_on__lte=day, due_on__gte=day)
        )


def _binding_on(day: date | F | Slot, day_within: date | OuterRef | Slot) -> Q:
    """The order is in force on the day and nobody is away or held; inside a subquery the day of
    the window has another name.
    """
    in_force = Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=day)
    covering = Q(case_id=OuterRef("case_id"), withdrawn_at=None)
    on_leave: QuerySet[Leave] = Leave.objects.filter(
        covering, starts_on__lte=day_within, last_day__gte=day_within
    )
    held: QuerySet[Suspension] = Suspension.objects.filter(
        covering, Q(ended_on=None) | Q(ended_on__gte=day_within), starts_on__lte=day_within
    )
    return Q(in_force, ~Exists(on_leave), ~Exists(held), case__in_force_from__lte=day)
