"""Date rules, as tables from the law (docs/law.md, 1)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given, strategies as st

from apps.cases import rules
from apps.cases.codes import CaseState, LevelSource, RiskLevel
from apps.cases.models import Case, Leave, Suspension
from apps.law.dates import WorkingCalendar
from tests.cases.states import state_on


def case(**facts: object) -> Case:
    known = {
        "measure": "SQJD",
        "decided_on": date(2024, 2, 20),
        "received_on": date(2024, 2, 22),
        "reported_on": date(2024, 3, 1),
        "agreement_on": date(2024, 3, 5),
        "term_months": 36,
    }
    return Case(**(known | facts))


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (date(2024, 3, 1), date(2024, 3, 16)),
        (date(2024, 2, 14), date(2024, 2, 29)),
        (date(2023, 2, 14), date(2023, 3, 1)),
        (date(2024, 9, 16), date(2024, 10, 4)),
        (date(2023, 12, 17), date(2024, 1, 2)),
        (date(2024, 4, 17), date(2024, 5, 2)),
        (date(2025, 4, 16), date(2025, 5, 5)),
    ],
)
def test_the_day_of_receipt_does_not_count_and_a_holiday_moves_the_end(
    received: date, last: date
) -> None:
    assert rules.report_deadline(received) == last


def test_a_sites_own_holidays_and_days_are_parameters() -> None:
    received = date(2024, 3, 1)
    assert rules.report_deadline(
        received, WorkingCalendar(off=frozenset([date(2024, 3, 16)]))
    ) == date(2024, 3, 18)
    assert rules.report_deadline(received, days=2) == date(2024, 3, 3)


@pytest.mark.parametrize(
    ("reported", "months", "end"),
    [
        (date(2024, 3, 1), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2025, 3, 1), 36, date(2028, 2, 29)),
        (date(2025, 10, 8), 36, date(2028, 10, 7)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 31), 12, date(2025, 12, 30)),
    ],
)
def test_a_term_ends_the_day_before_its_anniversary(reported: date, months: int, end: date) -> None:
    assert rules.term_end(reported, months) == end


@pytest.mark.django_db
@given(reported=st.dates(date(1990, 1, 1), date(2060, 12, 31)), months=st.integers(1, 60))
def test_the_database_computes_the_same_end(reported: date, months: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (m)::date - CASE WHEN extract(day FROM m) = extract(day FROM %s::date)"
            " THEN 1 ELSE 0 END FROM (SELECT %s::date + make_interval(months => %s) AS m) t",
            [reported, reported, months],
        )
        assert cursor.fetchone() == (rules.term_end(reported, months),)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2024, 2, 22), CaseState.DECIDED),
        (date(2024, 2, 29), CaseState.DECIDED),
        (date(2024, 3, 1), CaseState.REPORTED),
        (date(2024, 3, 4), CaseState.REPORTED),
        (date(2024, 3, 5), CaseState.ACTIVE),
        (date(2024, 4, 10), CaseState.ON_LEAVE),
        (date(2024, 4, 14), CaseState.ON_LEAVE),
        (date(2024, 4, 15), CaseState.ACTIVE),
        (date(2024, 6, 1), CaseState.SUSPENDED),
        (date(2024, 6, 30), CaseState.SUSPENDED),
        (date(2024, 7, 1), CaseState.ACTIVE),
        (date(2027, 2, 28), CaseState.ACTIVE),
        (date(2027, 3, 1), CaseState.EXPIRED),
    ],
)
def test_the_state_follows_from_the_records(day: date, state: CaseState) -> None:
    leave = Leave(
        starts_on=date(2024, 4, 10), until_on=date(2024, 4, 20), returned_on=date(2024, 4, 14)
    )
    held = Suspension(starts_on=date(2024, 6, 1), ended_on=date(2024, 6, 30))
    assert state_on(case(), [leave], [held], day) == state


@pytest.mark.parametrize(
    ("facts", "day", "state"),
    [
        ({"reported_on": None}, date(2024, 3, 8), CaseState.DECIDED),
        ({"reported_on": None}, date(2024, 3, 9), CaseState.OVERDUE),
        ({"reported_on": None, "received_on": None}, date(2030, 1, 1), CaseState.DECIDED),
        (
            {"reported_on": None, "received_on": None, "decided_on": None},
            date(2024, 3, 9),
            CaseState.UNKNOWN,
        ),
        ({"closed_on": date(2024, 5, 1)}, date(2024, 4, 30), CaseState.ACTIVE),
        ({"closed_on": date(2024, 5, 1)}, date(2024, 5, 1), CaseState.TERMINATED),
        ({"paper_end_on": date(2026, 1, 1)}, date(2026, 1, 1), CaseState.ACTIVE),
        ({"paper_end_on": date(2026, 1, 1)}, date(2026, 1, 2), CaseState.EXPIRED),
        ({"paper_end_on": date(2030, 1, 1)}, date(2027, 3, 1), CaseState.EXPIRED),
    ],
)
def test_missing_dates_make_no_deadline_and_the_earlier_end_counts(
    facts: dict[str, date | None], day: date, state: CaseState
) -> None:
    assert state_on(case(**facts), [], [], day) == state


def test_what_was_withdrawn_changes_no_state() -> None:
    gone = {"starts_on": date(2024, 4, 1), "withdrawn_at": date(2024, 4, 2)}
    records = [Leave(until_on=date(2024, 5, 1), **gone)], [Suspension(**gone)]
    assert state_on(case(), *records, date(2024, 4, 10)) == CaseState.ACTIVE


def test_a_suspension_without_end_lasts() -> None:
    held = Suspension(starts_on=date(2024, 6, 1))
    assert state_on(case(), [], [held], date(2026, 6, 1)) == CaseState.SUSPENDED


def test_day_412_of_1096_leaves_684() -> None:
    told = rules.day_of_term(case(reported_on=date(2025, 10, 8)), date(2026, 11, 23))
    assert told is not None
    assert (told.day, told.days, told.left) == (412, 1096, 684)


def test_the_day_of_the_report_is_the_first_of_the_term_and_its_end_the_last() -> None:
    days = [date(2024, 3, 1), date(2024, 3, 2), date(2027, 2, 27), date(2027, 2, 28)]
    told = [rules.day_of_term(case(), day) for day in days]
    assert [(found.day, found.left) for found in told if found] == [
        (1, 1094), (2, 1093), (1094, 1), (1095, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2027, 3, 1)])
def test_no_day_of_term_outside_the_term(day: date) -> None:
    assert rules.day_of_term(case(), day) is None


def test_an_order_that_was_closed_early_has_no_days_left() -> None:
    closed = case(closed_on=date(2024, 6, 1))
    assert rules.day_of_term(closed, date(2024, 5, 31)) is not None
    assert rules.day_of_term(closed, date(2024, 6, 1)) is None


def test_no_day_of_term_without_a_report() -> None:
    assert rules.day_of_term(case(reported_on=None), date(2024, 5, 1)) is None
    with_paper = case(reported_on=None, paper_end_on=date(2026, 5, 1))
    assert rules.day_of_term(with_paper, date(2024, 5, 1)) is None
    assert rules.last_day_of_term(case(reported_on=None, paper_end_on=None)) is None


@given(day=st.dates(date(2000, 1, 1), date(2040, 1, 1)), months=st.integers(0, 60))
def test_adding_months_keeps_the_day_or_takes_the_last(day: date, months: int) -> None:
    later = rules.add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("risk_level", "source", "counted"),
    [
        ("", "", RiskLevel.MEDIUM),
        ("high", LevelSource.LEDGER, RiskLevel.MEDIUM),
        ("medium", LevelSource.LEDGER, RiskLevel.MEDIUM),
        ("low", LevelSource.LEDGER, RiskLevel.LOW),
        ("high", LevelSource.ASSESSED, RiskLevel.HIGH),
    ],
)
def test_a_ledgers_word_counts_as_medium_at_most(
    risk_level: str, source: str, counted: RiskLevel
) -> None:
    assert rules.counted_level(risk_level, source) == counted
