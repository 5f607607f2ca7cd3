"""The orders of a person with all that a card of them shows."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.cases import rules
from apps.cases.codes import CaseState, StepKind
from apps.cases.current_order import state_of
from apps.cases.deadlines import Books
from apps.cases.gaps import Gap, gaps_by_case
from apps.cases.models import Case, CaseStep, Leave, PoliceReport, Suspension, TeamMember
from apps.cases.next_steps import Course, NextStep, facts_of, next_step, who_may
from apps.law.current import load_calendar, load_rulebook
from apps.law.dates import NO_CALENDAR, end_with_suspension
from apps.law.parameters import Rulebook
from apps.persons.models import Person


@dataclass
class OrderCard:
    """One order on a day."""

    case: Case
    day: date
    book: Rulebook
    gaps: list[Gap] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    suspensions: list[Suspension] = field(default_factory=list)
    reports: list[PoliceReport] = field(default_factory=list)
    members: list[TeamMember] = field(default_factory=list)
    steps: list[CaseStep] = field(default_factory=list)
    waiting: list[Proposal] = field(default_factory=list)

    @cached_property
    def state(self) -> CaseState:
        return state_of(self.case, self.day)

    @property
    def deadline(self) -> date | None:
        return rules.report_by(self.case)

    @property
    def deviates(self) -> bool:
        case = self.case
        return bool(case.paper_end_on and case.paper_end_on != case.computed_end_on)

    @property
    def leaves_shown(self) -> list[tuple[Leave, date]]:
        return [(leave, rules.leave_last_day(leave)) for leave in self.leaves]

    @property
    def members_now(self) -> list[TeamMember]:
        return [
            row for row in self.members
            if (row.left_on is None or row.left_on >= self.day) and row.is_agreed_on(self.day)
        ]  # fmt: skip

    @property
    def members_gone(self) -> list[TeamMember]:
        """Who has left; whoever was written down by mistake is withdrawn afterwards, too."""
        return [
            row for row in self.members
            if row.left_on is not None and row.left_on < self.day and row.withdrawn_at is None
        ]  # fmt: skip

    @cached_property
    def course(self) -> Course:
        """What the next step depends on."""
        received = self.case.received_on
        calendar = load_calendar(received) if received and not self.case.reported_on else None
        ended = any(step.kind == StepKind.CONTROL_ENDED for step in self.steps)
        return Course(
            self.case, self.state, self.book, self.leaves, self.suspensions, self.reports,
            calendar or NO_CALENDAR, control_ended=ended,
        )  # fmt: skip

    @cached_property
    def next(self) -> NextStep | None:
        """What is awaited, unless it waits for a supervisor already."""
        step = next_step(self.course)
        waits = {proposal.subject for proposal in self.waiting}
        return None if step is None or step.target in waits else step

    @property
    def who(self) -> list[Any]:
        return who_may(self.next.permission) if self.next else []

    @property
    def late(self) -> int:
        return self.next.days_late(self.day) if self.next else 0

    @cached_property
    def other_end(self) -> date | None:
        """条例 art. 24: the end if the days held do not count; an authority decides."""
        spans = [(s.starts_on, s.ended_on) for s in self.suspensions if s.withdrawn_at is None]
        legal = self.case.computed_end_on
        if not spans or legal is None or self.case.end_set_on:
            return None
        return end_with_suspension(legal, spans, self.day)

    @property
    def can_be_reported(self) -> bool:
        """Whether there is a ground that a report to the police could have."""
        open_report = any(r.withdrawn_at is None and r.replied_on is None for r in self.reports)
        ended = (CaseState.EXPIRED, CaseState.DECIDED, CaseState.UNKNOWN)
        return self.case.closed_on is None and not open_report and self.state not in ended


def orders_of(person: Person, user: User, day: date) -> list[OrderCard]:
    """All orders of a person, the one in force first; a query for each kind of row."""
    cases = Case.objects.visible_to(user).filter(person=person)
    gaps = gaps_by_case(cases.open_on(day), day)
    rows = {
        "leaves": _rows(Leave, person, user, "-starts_on"),
        "suspensions": _rows(Suspension, person, user, "-starts_on"),
        "reports": _rows(PoliceReport, person, user, "-recorded_at"),
        "members": _rows(TeamMember, person, user, "-is_lead", "joined_on", beside=("contact",)),
        "steps": _rows(CaseStep, person, user, "on"),
    }
    waiting = list(Proposal.objects.visible_to(user).waiting().filter(person=person).order_by("pk"))
    found = cases.with_absence_on(day).select_related("authority").order_by("-in_force_from", "-pk")
    books = Books(load_rulebook(), found)
    return [
        OrderCard(
            case, day, books.of(case), gaps.get(case.pk, []), waiting=waiting,
            **{name: facts_of(kind, case) for name, kind in rows.items()},
        )
        for case in found
    ]  # fmt: skip


def _rows(
    model: Any, person: Person, user: User, *order: str, beside: tuple[str, ...] = ()
) -> list[Any]:
    rows = model.objects.visible_to(user).filter(person=person).order_by(*order, "pk")
    return list(rows.select_related(*beside) if beside else rows)
