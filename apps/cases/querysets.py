"""Questions about cases."""

from datetime import date
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, Subquery

from apps.cases.codes import CaseState
from apps.cases.rules import last_receipt_overdue_on
from apps.persons.models import Assignment
from apps.persons.querysets import PersonalQuerySet


class AbsenceQuerySet(PersonalQuerySet):
    def valid(self) -> Self:
        return self.filter(withdrawn_at=None)


class LeaveQuerySet(AbsenceQuerySet):
    def covering(self, day: Any) -> Self:
        """Leaves that did take place and include the day; a day or an expression."""
        return self.valid().filter(starts_on__lte=day, last_day__gte=day)


class SuspensionQuerySet(AbsenceQuerySet):
    def covering(self, day: Any) -> Self:
        """Suspensions that include the day."""
        return self.valid().filter(Q(ended_on=None) | Q(ended_on__gte=day), starts_on__lte=day)


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
            Assignment.objects.filter(person_id=OuterRef("person_id")).responsible().current_on(day)
        )
        return self.filter(~Exists(responsible))

    def with_deviating_paper(self) -> Self:
        """The end on the paper is not the legal end: a gap to clear, never a rejection."""
        return self.filter(paper_end_on__isnull=False, computed_end_on__isnull=False).exclude(
            paper_end_on=F("computed_end_on")
        )

    def with_tier_on(self, day: date) -> Self:
        """`tier` and `tier_source` as they stand on the day; `rules.counted_tier` weighs them."""
        from apps.cases.models import TierRecord

        latest = TierRecord.objects.filter(person_id=OuterRef("person_id")).latest_on(day)
        return self.annotate(
            tier=Subquery(latest.values("tier")[:1]),
            tier_source=Subquery(latest.values("source")[:1]),
        )

    def with_absence_on(self, day: date) -> Self:
        """`on_leave` and `suspended` on the day, as flags."""
        on_leave, suspended = _absences(day)
        return self.annotate(on_leave=Exists(on_leave), suspended=Exists(suspended))

    def in_state_on(self, state: str, day: date) -> Self:
        """The same as `rules.state_on`, as a question to the database."""
        return self.filter(_state_conditions(day)[CaseState(state)])


def _absences(day: date) -> tuple[Any, Any]:
    from apps.cases.models import Leave, Suspension

    return (
        Leave.objects.filter(case_id=OuterRef("pk")).covering(day),
        Suspension.objects.filter(case_id=OuterRef("pk")).covering(day),
    )


def _state_conditions(day: date) -> dict[CaseState, Any]:
    on_leave, suspended = (Exists(rows) for rows in _absences(day))
    going = Q(closed_on=None) | Q(closed_on__gt=day)
    reported = going & Q(reported_on__lte=day)
    waiting = going & (Q(reported_on=None) | Q(reported_on__gt=day))
    unknown = Q(received_on=None, decided_on=None)
    too_late = Q(received_on__lte=last_receipt_overdue_on(day))
    past = Q(computed_end_on__lt=day) | Q(paper_end_on__isnull=False, paper_end_on__lt=day)
    agreed = Q(agreement_on__isnull=False, agreement_on__lte=day)
    active = reported & ~past & agreed
    return {
        CaseState.CLOSED: Q(closed_on__lte=day),
        CaseState.OVERDUE: waiting & Q(received_on__isnull=False) & too_late,
        CaseState.UNKNOWN: waiting & unknown,
        CaseState.DECIDED: waiting & ~unknown & ~(Q(received_on__isnull=False) & too_late),
        CaseState.EXPIRED: reported & past,
        CaseState.REPORTED: reported & ~past & ~agreed,
        CaseState.SUSPENDED: active & suspended,
        CaseState.ON_LEAVE: active & on_leave & ~suspended,
        CaseState.ACTIVE: active & ~on_leave & ~suspended,
    }
