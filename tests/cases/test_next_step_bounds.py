"""What an order awaits next, its last day and why: without the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.cases.codes import CaseState
from apps.cases.models import Case, Leave, PoliceReport, Suspension
from apps.cases.next_steps import (
    Course,
    agreement_due,
    facts_of,
    made_step,
    next_step,
    notice_due,
    who_may,
)
from apps.law.dates import WorkingCalendar
from apps.law.parameters import Rulebook

NOW, ONE, GONE = date(2024, 6, 3), timedelta(days=1), datetime(2024, 6, 3, tzinfo=UTC)
BOOK = Rulebook()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


def course(state: CaseState, calendar: WorkingCalendar | None = None, **facts: Any) -> Course:
    rows = {name: facts.pop(name, ()) for name in ("leaves", "suspensions", "reports")}
    ended = facts.pop("control_ended", False)
    known = {
        "measure": "SQJD", "term_months": 36, "received_on": date(2024, 2, 22),
        "reported_on": date(2024, 3, 1),
    } | facts  # fmt: skip
    more = {} if calendar is None else {"calendar": calendar}
    return Course(Case(**known), state, BOOK, control_ended=ended, **rows, **more)


def told(found: Course) -> tuple[str, date | None, str] | None:
    with translation.override("en"):
        step = next_step(found)
        return (step.act, step.due_on, step.why) if step else None


def test_a_report_is_due_fifteen_days_after_the_receipt() -> None:
    waits = {"reported_on": None, "report_by": date(2024, 3, 8)}
    known = WorkingCalendar(known=frozenset([2024]))
    for state in (CaseState.DECIDED, CaseState.OVERDUE):
        found = told(course(state, known, **waits))
        assert found is not None
        assert found[:2] == ("report", date(2024, 3, 8))
        assert "15 days from the receipt on 22 Feb" in found[2]
        assert "is a day off" not in found[2]
        assert "not in the calendar yet" not in found[2]
    unknown = told(course(CaseState.DECIDED, **waits))
    assert unknown is not None
    assert "Days off of 2024 are not in the calendar yet" in unknown[2]
    moved = told(course(CaseState.DECIDED, known, **waits | {"report_by": date(2024, 3, 11)}))
    assert moved is not None
    assert "8 Mar" in moved[2].split("is a day off")[0]
    nothing = told(course(CaseState.UNKNOWN, **waits | {"received_on": None, "report_by": None}))
    assert nothing == (
        "report", None, "The date of receipt is missing: no deadline can be counted.",
    )  # fmt: skip


def test_an_agreement_is_due_three_days_after_the_report() -> None:
    found = told(course(CaseState.REPORTED))
    assert found is not None
    assert found[:2] == ("agreement", date(2024, 3, 4))
    assert agreement_due(date(2024, 3, 1), BOOK) == date(2024, 3, 4)


@pytest.mark.parametrize("state", [CaseState.ACTIVE, CaseState.ON_LEAVE])
def test_whoever_is_away_comes_back_then_a_plan_is_made(state: CaseState) -> None:
    back = Leave(until_on=NOW - ONE, returned_on=NOW)
    gone = Leave(until_on=NOW - ONE, withdrawn_at=GONE)
    away = Leave(until_on=NOW)
    found = told(course(state, leaves=[back, gone, away], plan_on=NOW))
    assert found == ("return", NOW, "Announced until 3 Jun.")
    assert told(course(state, leaves=[back, gone])) == ("plan", None, "No plan is on file yet.")
    assert told(course(state, leaves=[back, gone], plan_on=NOW)) is None


def test_who_is_held_is_let_go_first() -> None:
    over = Suspension(starts_on=NOW - 9 * ONE, ended_on=NOW)
    gone = Suspension(starts_on=NOW - 8 * ONE, withdrawn_at=GONE)
    held = Suspension(starts_on=NOW - 7 * ONE)
    found = told(course(CaseState.SUSPENDED, suspensions=[over, gone, held]))
    assert found is not None
    assert found[:2] == ("resume", None)
    assert "27 May" in found[2]
    assert told(course(CaseState.SUSPENDED, suspensions=[over, gone])) is None


def test_what_is_with_the_police_is_answered() -> None:
    draft, answered = PoliceReport(), PoliceReport(reported_on=NOW, replied_on=NOW)
    gone = PoliceReport(reported_on=NOW - 2 * ONE, withdrawn_at=GONE)
    sent = PoliceReport(reported_on=NOW - ONE)
    found = told(course(CaseState.POLICE, reports=[draft, answered, gone, sent]))
    assert found is not None
    assert found[:2] == ("reply", None)
    assert "Reported on 2 Jun" in found[2]
    assert told(course(CaseState.POLICE, reports=[draft, answered, gone])) is None


def test_a_notice_of_release_is_due_seven_days_after_the_last_day() -> None:
    found = told(course(CaseState.EXPIRED))
    assert found is not None
    assert found[:2] == ("release", date(2027, 3, 7))
    assert "within 7 days" in found[2]
    assert notice_due(NOW, BOOK) == NOW + 7 * ONE


def test_the_end_of_control_is_proposed_once() -> None:
    found = told(course(CaseState.ABSTINENT))
    assert found == ("end-control", None, "Three years without use are complete.")
    assert told(course(CaseState.ABSTINENT, control_ended=True)) is None
    for state in (CaseState.TERMINATED, CaseState.RELEASED, CaseState.AFTERCARE):
        assert told(course(state)) is None


def test_a_step_is_late_from_the_day_after_its_last_day() -> None:
    step = made_step(course(CaseState.ACTIVE), "agreement")
    assert step is not None
    assert step.due_on is not None
    assert [step.days_late(step.due_on + days * ONE) for days in (-1, 0, 1, 2)] == [0, 0, 1, 2]
    plan = next_step(course(CaseState.ACTIVE))
    assert plan is not None
    assert (plan.days_late(NOW), plan.url_name) == (0, "cases:plan")
    assert step.target != plan.target


def test_the_roles_that_hold_a_permission_may_do_a_step() -> None:
    with translation.override("en"):
        names = [str(name) for name in who_may(made_permission("release"))]
    assert names == ["Town supervisor", "County supervisor", "Records administrator"]


def made_permission(act: str) -> Any:
    step = made_step(course(CaseState.EXPIRED), act)
    assert step is not None
    return step.permission


def test_rows_of_another_order_are_left_out() -> None:
    mine, other = Case(pk=1), Case(pk=2)
    rows = [Leave(case_id=1), Leave(case_id=2), Leave(case_id=1)]
    assert facts_of(rows, mine) == [rows[0], rows[2]]
    assert facts_of(rows, other) == [rows[1]]
