"""Questions about cases."""

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import (
    Case as Choice,
    DateField,
    Exists,
    Func,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from apps.cases import state_spans
from apps.cases.codes import SPAN_STATES, CaseState, ClosureReason, Ground, Reply
from apps.law.dates import latest_abstinent_start
from apps.persons.models import Assignment
from apps.persons.querysets import PersonalQuerySet


class DayBefore(Func):
    """A day less one; NULL stays NULL."""

    template = "(%(expressions)s - 1)"
    output_field = DateField()


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


class TeamQuerySet(PersonalQuerySet):
    """The last day of a member is one of them."""

    def standing(self) -> Self:
        """Without those who were written down by mistake."""
        return self.filter(withdrawn_at=None)

    def agreed_on(self, day: Any) -> Self:
        """Without those of the family whom the person no longer agrees to; a day or a Slot."""
        return self.standing().exclude(contact__withdrawn_on__lte=day)

    def there_on(self, day: Any) -> Self:
        stays = Q(left_on=None) | Q(left_on__gte=day)
        return self.agreed_on(day).filter(stays, joined_on__lte=day)

    def leading_on(self, day: Any) -> Self:
        """Who leads is the carer by name (一对一)."""
        leads = Q(led_until=None) | Q(led_until__gte=day)
        return self.there_on(day).filter(leads, led_from__lte=day)


class RiskLevelQuerySet(PersonalQuerySet):
    def latest_on(self, day: date) -> Self:
        """The newest decision first, of those that hold on the day."""
        return self.filter(from_on__lte=day).order_by("-from_on", "-pk")


class CaseQuerySet(PersonalQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Reported, with an agreement, and neither ended nor closed on the day."""
        return self.filter(
            Q(duties_end_on__gte=day) | Q(duties_end_on=None), in_force_from__lte=day
        )

    def asked_on(self, day: Any) -> Self:
        """In force, of somebody who lives, and not at rest while the person is held (art. 24): of
        nobody else a sample is asked. A day or an expression.
        """
        from apps.cases.models import Suspension

        held = Suspension.objects.covering(day).filter(case_id=OuterRef("pk"))
        return self.in_force_on(day).living_on(day).filter(~Exists(held))

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

    def with_absence_on(self, day: date) -> Self:
        """A flag for each state of SPAN_STATES, and the last use that was established."""
        flags = {str(state): _covered(state, day) for state in SPAN_STATES}
        last_use = _use_established(day).order_by("-happened_on").values("happened_on")[:1]
        return self.annotate(**flags, last_use_on=Subquery(last_use))

    def in_state_on(self, state: str, day: date) -> Self:
        """The same as `rules.state_with`, as a question to the database."""
        return self.filter(_condition(CaseState(state), day))


class PoliceReportQuerySet(AbsenceQuerySet):
    def made(self) -> Self:
        """Those that a supervisor has approved: they are with the police."""
        return self.valid().filter(reported_on__isnull=False)

    def unanswered(self) -> Self:
        return self.made().filter(replied_on=None)

    def established(self, day: Any) -> Self:
        """What the police have found to be so, replied by the day."""
        found = [Reply.WARNED, Reply.ISOLATION]
        return self.made().filter(outcome__in=found, replied_on__lte=day)

    def use_established(self, day: Any) -> Self:
        """New use alone: a late report or a breach begins no three years anew (条例 art. 7)."""
        return self.established(day).filter(ground=Ground.USE)


TRUE, FALSE = Value(value=True), Value(value=False)


def _covered(state: str, day: Any) -> Any:
    """Whether a span of the state covers the day; nobody may have any of it yet."""
    conditions = [Exists(rows) for rows in state_spans.covering(state, day, OuterRef("pk"))]
    if not conditions:
        return FALSE
    return Choice(When(Q(*conditions, _connector=Q.OR), then=TRUE), default=FALSE)


def _use_established(day: date) -> Any:
    from apps.cases.models import PoliceReport

    return PoliceReport.objects.filter(case_id=OuterRef("pk")).use_established(day)


def _no_deadline_kept(day: date) -> Q:
    """The last day to report is over; rows of before it was kept count fifteen days."""
    counted = Q(report_by=None, received_on__lt=day - timedelta(days=15))
    return Q(report_by__lt=day) | counted


def _condition(state: CaseState, day: date) -> Any:
    if state in (
        CaseState.TERMINATED,
        CaseState.RELEASED,
        CaseState.ABSTINENT,
        CaseState.AFTERCARE,
    ):
        return _ended_conditions(day)[state]
    going = Q(closed_on=None) | Q(closed_on__gt=day)
    waiting = going & (Q(reported_on=None) | Q(reported_on__gt=day))
    reported = going & Q(reported_on__lte=day)
    if state in (CaseState.OVERDUE, CaseState.UNKNOWN, CaseState.DECIDED):
        return waiting & ~Q(_covered(CaseState.POLICE, day)) & _before_report(day)[state]
    running = _running(state, reported, day)
    if state != CaseState.POLICE:
        return running
    return (waiting & Q(_covered(CaseState.POLICE, day))) | running


def _before_report(day: date) -> dict[CaseState, Q]:
    unknown = Q(received_on=None, decided_on=None)
    too_late = Q(received_on__isnull=False) & _no_deadline_kept(day)
    return {
        CaseState.OVERDUE: too_late,
        CaseState.UNKNOWN: unknown,
        CaseState.DECIDED: ~unknown & ~too_late,
    }


def _running(state: CaseState, reported: Q, day: date) -> Any:
    """Of SPAN_STATES the first that covers the day is shown; none of them is ACTIVE."""
    law = Q(end_set_on=None) & (Q(computed_end_on__lt=day) | Q(paper_end_on__lt=day))
    # NULL is neither: a paper or an authority's end that is not there has not passed.
    past = Choice(When(Q(end_set_on__lt=day) | law, then=TRUE), default=FALSE)
    if state == CaseState.EXPIRED:
        return reported & Q(past)
    agreed = Q(agreement_on__isnull=False, agreement_on__lte=day)
    if state == CaseState.REPORTED:
        return reported & ~Q(past) & ~agreed
    found = reported & ~Q(past) & agreed
    for before in SPAN_STATES:
        if before == state:
            return found & Q(_covered(before, day))
        found = found & ~Q(_covered(before, day))
    return found


def _ended_conditions(day: date) -> dict[CaseState, Any]:
    closed = Q(closed_on__lte=day)
    released = closed & Q(closure_reason=ClosureReason.RELEASED)
    start = latest_abstinent_start(day)
    later_use = Exists(_use_established(day).filter(happened_on__gt=start))
    abstinent = Q(reported_on__lte=start) & ~Q(later_use)
    return {
        CaseState.TERMINATED: closed & ~Q(closure_reason=ClosureReason.RELEASED),
        CaseState.RELEASED: released & Q(reported_on=None),
        CaseState.ABSTINENT: released & Q(reported_on__isnull=False) & abstinent,
        CaseState.AFTERCARE: released & Q(reported_on__isnull=False) & ~abstinent,
    }
