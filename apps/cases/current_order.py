"""The one order that pages speak of when a person has had several."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from apps.cases.codes import SPAN_STATES, CaseState
from apps.cases.models import Case
from apps.cases.rules import state_with
from apps.persons.codes import LifeStatus
from apps.persons.models import Person


def current_case(cases: Iterable[Case], day: date) -> Case | None:
    """The one in force; else an open one; else the latest."""
    return max(cases, key=lambda case: _rank(case, day), default=None)


def asks_nothing(person: Person, cases: Iterable[Case], day: date) -> bool:
    """Silence: three years abstinent or dead, or every order is over (条例 arts. 7, 23, 40).
    Somebody without any order may still be looked after by agreement.
    """
    if person.life_status == LifeStatus.DECEASED:
        return True
    orders = list(cases)
    if not orders:
        return person.life_status == LifeStatus.ABSTINENT
    return all(_is_over(case, day) for case in orders)


def _is_over(case: Case, day: date) -> bool:
    ended = case.duties_end_on is not None and case.duties_end_on < day
    return ended or (case.closed_on is not None and case.closed_on <= day)


def _rank(case: Case, day: date) -> tuple[bool, bool, date, int]:
    latest = case.reported_on or case.received_on or case.decided_on or date.min
    ended = case.duties_end_on is not None and case.duties_end_on < day
    return case.is_in_force_on(day), case.closed_on is None and not ended, latest, case.pk


def state_of(case: Any, day: date) -> CaseState:
    """The state of a case that came with `with_absence_on(day)`; no further query."""
    covered = {state for state in SPAN_STATES if getattr(case, state)}
    return state_with(case, covered, day, case.last_use_on)
