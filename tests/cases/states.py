"""The state of an order counted from its records one by one: what the product must agree with."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from apps.cases.codes import SPAN_STATES, CaseState
from apps.cases.models import Case, Leave, Suspension
from apps.cases.rules import leave_last_day, state_with
from apps.cases.state_spans import covering
from apps.law.dates import covers


class Span(NamedTuple):
    state: str
    first: date
    last: date | None


def state_on(
    case: Case,
    leaves: Iterable[Leave],
    suspensions: Iterable[Suspension],
    day: date,
    *,
    last_use_on: date | None = None,
) -> CaseState:
    held = [Span(CaseState.SUSPENDED, s.starts_on, s.ended_on) for s in suspensions if valid(s)]
    away = [Span(CaseState.ON_LEAVE, s.starts_on, leave_last_day(s)) for s in leaves if valid(s)]
    covered = {span.state for span in (*held, *away) if covers(span.first, span.last, day)}
    return state_with(case, covered, day, last_use_on)


def state_by_sources(case: Case, day: date, last_use_on: date | None) -> CaseState:
    """By asking every source of spans by itself."""
    covered = {s for s in SPAN_STATES if any(rows.exists() for rows in covering(s, day, case.pk))}
    return state_with(case, covered, day, last_use_on)


def valid(row: Leave | Suspension) -> bool:
    return row.withdrawn_at is None
