"""Rules of an order: pure functions of its dates, the article in each docstring.

The counting itself is in apps.law.dates.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from apps.cases.codes import SPAN_STATES, CaseState, ClosureReason, LevelSource, RiskLevel
from apps.law.dates import (
    abstinent_on,
    abstinent_since,
    add_months,
    covers,
    last_day_of_duties,
    report_deadline,
    term_end,
)

if TYPE_CHECKING:
    from apps.cases.models import Case, Leave

__all__ = ["add_months", "covers", "report_deadline", "term_end"]

# For how many months an assessment speaks where no office says otherwise.
LEVEL_MONTHS: Final = {RiskLevel.HIGH: 3, RiskLevel.MEDIUM: 6, RiskLevel.LOW: 12}


def report_by(case: "Case") -> date | None:
    """条例 art. 14: the last day to report, as it was counted when the receipt was recorded.

    No deadline is computed from a date of receipt that is not known.
    """
    return case.report_by or (report_deadline(case.received_on) if case.received_on else None)


def last_day_of_term(case: "Case") -> date | None:
    """条例 arts. 23, 24: the earlier of law and paper, or the end that an authority has set."""
    legal = term_end(case.reported_on, case.term_months) if case.reported_on else None
    return last_day_of_duties(legal, case.paper_end_on, case.end_set_on)


@dataclass(frozen=True)
class DayOfTerm:
    """Day 412 of 1,096: the day of reporting is day 1."""

    day: int
    days: int

    @property
    def left(self) -> int:
        return self.days - self.day


def day_of_term(case: "Case", day: date) -> DayOfTerm | None:
    """Where the term stands on a day; nothing before the report, after the last day, and of an
    order that was closed before it.
    """
    last = last_day_of_term(case)
    if case.closed_on is not None and case.closed_on <= day:
        return None
    if case.reported_on is None or last is None or not case.reported_on <= day <= last:
        return None
    return DayOfTerm((day - case.reported_on).days + 1, (last - case.reported_on).days + 1)


def state_with(
    case: "Case", covered: Collection[str], day: date, last_use_on: date | None = None
) -> CaseState:
    """What dates and records say of a day (条例 arts. 14, 16, 19, 23, 24); nothing is stored.

    `covered`: states of `SPAN_STATES` of which a record covers the day. The same as a question to
    the database: `CaseQuerySet.in_state_on`.
    """
    if case.closed_on is not None and case.closed_on <= day:
        return _after(case, day, last_use_on)
    if case.reported_on is None or case.reported_on > day:
        return CaseState.POLICE if CaseState.POLICE in covered else _before_report(case, day)
    last = last_day_of_term(case)
    if last is not None and last < day:
        return CaseState.EXPIRED
    if case.agreement_on is None or case.agreement_on > day:
        return CaseState.REPORTED
    return next((state for state in SPAN_STATES if state in covered), CaseState.ACTIVE)


def abstinence_day(case: "Case", last_use_on: date | None = None) -> date | None:
    """条例 art. 7: the first day after three years without use since the report."""
    if case.reported_on is None:
        return None
    return abstinent_on(abstinent_since(case.reported_on, [last_use_on] if last_use_on else []))


def _after(case: "Case", day: date, last_use_on: date | None) -> CaseState:
    """条例 art. 7: abstinent for three years after the report; until then support, if wanted."""
    if case.closure_reason != ClosureReason.RELEASED:
        return CaseState.TERMINATED
    abstinent = abstinence_day(case, last_use_on)
    if abstinent is None:
        return CaseState.RELEASED
    return CaseState.ABSTINENT if abstinent <= day else CaseState.AFTERCARE


def leave_last_day(leave: "Leave") -> date:
    """The return ends a leave early; a return after the announced day does not lengthen it."""
    return min(leave.returned_on, leave.until_on) if leave.returned_on else leave.until_on


def _before_report(case: "Case", day: date) -> CaseState:
    deadline = report_by(case)
    if deadline is not None and deadline < day:
        return CaseState.OVERDUE
    if deadline is None and case.decided_on is None:
        return CaseState.UNKNOWN
    return CaseState.DECIDED


def level_valid_until(risk_level: str, from_on: date, months: int | None = None) -> date:
    """The last day on which an assessment speaks (docs/law.md, 3); then somebody assesses anew."""
    return add_months(from_on, LEVEL_MONTHS[RiskLevel(risk_level)] if months is None else months)


def is_stale(source: str, valid_until: date | None, day: date) -> bool:
    """A word of a ledger is nobody's assessment, and an assessment ends."""
    return source == LevelSource.LEDGER or (valid_until is not None and valid_until < day)


def counted_level(risk_level: str, source: str, *, ended: bool = False) -> RiskLevel:
    """PIPL art. 24: a word in a ledger is nobody's decision, so it asks for medium at most.

    Nor does an assessment that has ended keep anybody in high. Without any risk level the duties
    are those of medium.
    """
    if not risk_level:
        return RiskLevel.MEDIUM
    if risk_level == RiskLevel.HIGH and (ended or source == LevelSource.LEDGER):
        return RiskLevel.MEDIUM
    return RiskLevel(risk_level)
