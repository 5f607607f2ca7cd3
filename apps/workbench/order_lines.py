"""Steps of orders as lines of Today: report, agreement, return, notice of release, end of control.

The same dates as on the person's page: see cases/next_steps.py. One query for a whole scope, and
one for the numbers of the law where a step counts with them. Returns and replies are seldom: they
are parts of the one query of declared_lines.py.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.approvals.models import Proposal
from apps.cases.codes import ClosureReason, StepKind
from apps.cases.deadlines import Books
from apps.cases.models import Case, CaseStep, Leave, PoliceReport
from apps.cases.next_steps import (
    AGREEMENT,
    END_CONTROL,
    RELEASE,
    REPLY,
    REPORT,
    RETURN,
    STEPS,
    agreement_due,
    notice_due,
)
from apps.cases.services.endings import CONTROL
from apps.contacts.due_rows import LevelShown
from apps.core.navigation import url_or_none
from apps.core.text import day_text
from apps.law.current import load_rulebook
from apps.law.dates import latest_abstinent_start, reminder_days
from apps.law.parameters import Parameter, Rulebook
from apps.persons.models import Person
from apps.schedule.due_lines import LATE, TODAY, state_of
from apps.schedule.due_words import Tag, late_words, left_words
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import WAITING, WaitingRows, shaped, text

# Steps that a line of the order itself stands for; a leave and a report have rows of their own.
OF_ORDERS: Final = (REPORT, AGREEMENT, RELEASE, END_CONTROL)


@dataclass(slots=True)
class StepHead:
    """Enough of a line to count, sort and page it. `step` is the name of the act in
    cases/next_steps.py, `row_id` the public id of case, leave or report."""

    step: str
    row_id: UUID
    person_id: int
    village_id: int | None
    sort_key: str
    due_on: date
    state: str
    final_on: date

    @property
    def kind(self) -> str:
        return self.step


def step_heads_on(scope: Scope) -> list[StepHead]:
    """Steps of the user's scope (or of one area in it) that somebody is to take."""
    rows = scope.ask("steps", lambda asked: _open_steps(asked.of(Case), asked.day))
    return list(_heads(rows, scope.day))


def _open_steps(cases: Any, day: date) -> Any:
    # A report to the police about somebody who never came waits for its reply: one line, not two.
    with_police = PoliceReport.objects.unanswered().filter(case_id=OuterRef("pk"))
    awaited = Q(closed_on=None, agreement_on=None) & (
        Q(reported_on__isnull=False) | ~Exists(with_police)
    )
    ended = Q(closed_on=None, duties_end_on__lt=day, reported_on__isnull=False)
    abstinent = Q(
        closure_reason=ClosureReason.RELEASED,
        person__life_status="",
        reported_on__lte=latest_abstinent_start(day),
    )
    settled = CaseStep.objects.filter(case_id=OuterRef("pk"), kind=StepKind.CONTROL_ENDED)
    proposed = Proposal.objects.filter(subject=OuterRef("public_id"), kind=CONTROL, decision="")
    return (
        cases.filter(awaited | ended | (abstinent & ~Exists(settled) & ~Exists(proposed)))
        .order_by("pk")
        .values_list(
            "public_id", "person_id", "county_id", "town_id", "village_id", "sort_key",
            "received_on", "report_by", "reported_on", "duties_end_on", "closed_on",
            "brought_in_on", named=True,
        )
    )  # fmt: skip


def _heads(rows: Sequence[Any], day: date) -> Iterator[StepHead]:
    book = cache(lambda: Books(load_rulebook(), rows))
    for row in rows:
        if (found := _step_of(row, day, book)) is None:
            continue
        step, due_on, final_on, state = found
        # What was over before the office began with the product stands under the missing facts.
        if final_on < (row.brought_in_on or final_on):
            continue
        yield StepHead(
            step, row.public_id, row.person_id, row.village_id, row.sort_key,
            due_on, state, final_on,
        )  # fmt: skip


def _step_of(row: Any, day: date, books: Callable[[], Books]) -> tuple[str, date, date, str] | None:
    """Step, the day it stands under, its last day, and its tab."""
    if row.closed_on is not None:
        return END_CONTROL, day, day, TODAY
    if row.duties_end_on is not None and row.duties_end_on < day and row.reported_on is not None:
        due = notice_due(row.duties_end_on, books().of(row))
        return RELEASE, due, due, LATE if due < day else WAITING
    if row.reported_on is not None:
        due = agreement_due(row.reported_on, books().of(row))
        return AGREEMENT, due, due, state_of(due, None, day)
    if row.received_on is None or row.report_by is None:
        return None
    due = _next_reminder(row.received_on, row.report_by, day, books().of(row))
    return REPORT, due, row.report_by, state_of(due, None, day)


def _next_reminder(received_on: date, final_on: date, day: date, book: Rulebook) -> date:
    """Day 10, day 13, then the last day: on each the worker reminds the person (条例 art. 14)."""
    first = book.value(Parameter.REMIND_FIRST, received_on)
    second = book.value(Parameter.REMIND_SECOND, received_on)
    days = [d for d in reminder_days(received_on, first, second) if day <= d < final_on]
    return min([*days, final_on])


@dataclass(slots=True)
class StepRow:
    """A step among the lines."""

    template: ClassVar[str] = "workbench/step_row.html"
    of_many: ClassVar[bool] = False
    person: Person
    head: StepHead
    risk_level: LevelShown
    day: date

    @property
    def person_url(self) -> str:
        return url_or_none("cases:case", self.person.public_id) or ""

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def act(self) -> str:
        return _("Record")

    @property
    def place(self) -> str:
        units = (self.person.town, self.person.village)
        return " · ".join(unit.name for unit in units if unit)

    @property
    def title(self) -> str:
        return str(STEPS[self.head.step].title)

    @property
    def why(self) -> str:
        return str(STEPS[self.head.step].line) % {"day": day_text(self.head.final_on)}

    @property
    def tag(self) -> Tag:
        left = (self.head.final_on - self.day).days
        if self.head.state == WAITING:
            return Tag("inf", _("Waiting for others"))
        if left < 0:
            return Tag("late", late_words(-left))
        if self.head.step == END_CONTROL:
            return Tag("done", _("complete"))
        return Tag("soon", left_words(left) if left else _("Today"))

    @property
    def url(self) -> str:
        return url_or_none(f"cases:{self.head.step}", self.head.row_id) or ""

    @property
    def permission(self) -> str:
        return STEPS[self.head.step].permission.value


def load_steps(
    heads: Sequence[StepHead],
    persons: dict[int, Person],
    risk_levels: dict[int, LevelShown],
    day: date,
) -> list[StepRow]:
    """Whole lines in the order of their heads."""
    return [
        StepRow(persons[head.person_id], head, risk_levels.get(head.person_id, LevelShown()), day)
        for head in heads
    ]


def _away(scope: Scope) -> Any:
    """Whoever is away is awaited on the last day announced."""
    rows = (
        scope.of(Leave)
        .filter(returned_on=None, withdrawn_at=None, case__closed_on=None)
        .filter(Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=scope.day))
        .filter(starts_on__lte=scope.day)
    )
    return shaped(rows, text(RETURN), F("until_on"))


def _sent(scope: Scope) -> Any:
    """What the police have waits for them."""
    rows = scope.of(PoliceReport).unanswered().filter(case__closed_on=None)
    return shaped(rows, text(REPLY), F("reported_on"))


def _head(row: Any, _user: User, day: date) -> StepHead:
    state = WAITING if row.line_kind == REPLY else state_of(row.line_on, None, day)
    return StepHead(
        row.line_kind, row.public_id, row.person_pk, row.village_pk, row.sorted_as, row.line_on,
        state, row.line_on,
    )  # fmt: skip


PARTS: Final = (
    WaitingRows(kinds=(RETURN,), rows=_away, head=_head),
    WaitingRows(kinds=(REPLY,), rows=_sent, head=_head),
)
