"""The default plans of tests and summaries: how many windows, and from which day."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine

from apps.cases.models import Case
from apps.cases.services import report_leave, set_risk_level
from apps.schedule.models import DueItem, PlanRule
from apps.schedule.rules import ONE_DAY
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import plan

pytestmark = pytest.mark.django_db
# The day of reporting, and the last days of the first windows of each year of the term.
REPORTS = [
    date(2021, 3, 1), date(2021, 3, 15), date(2021, 1, 31), date(2021, 8, 31), date(2020, 2, 29),
    date(2021, 12, 31),
]  # fmt: skip
YEAR = timedelta(days=365)


@pytest.fixture(autouse=True)
def _later() -> Any:
    """When every term of the table is over: all of its windows are laid out."""
    with time_machine.travel("2025-06-03T10:00:00+08:00", tick=False):
        yield


def order(reported: date, measure: str = "SQJD", months: int = 36) -> Case:
    made: Case = CaseFactory(
        measure=measure, term_months=months, decided_on=reported, received_on=reported,
        reported_on=reported, agreement_on=reported,
    )  # fmt: skip
    return made


def windows(case: Case, kind: str = "test") -> list[DueItem]:
    return list(DueItem.objects.filter(case=case, kind=kind).order_by("opens_on"))


@pytest.mark.parametrize("reported", REPORTS)
@pytest.mark.parametrize(
    ("measure", "months", "by_year"),
    [
        ("SQJD", 36, [12, 6, 4]),
        ("SQKF", 36, [6, 4, 2]),
        ("SQKF", 24, [6, 6]),
        ("SQKF", 12, [6]),
    ],
)
def test_so_many_tests_in_each_year_of_the_term(
    reported: date, measure: str, months: int, by_year: list[int]
) -> None:
    case = order(reported, measure, months)
    found = windows(case)
    assert [sum(w.year_of_term == n + 1 for w in found) for n in range(len(by_year))] == by_year
    assert len(found) == sum(by_year)
    assert found[0].opens_on == reported
    assert all(b.opens_on == a.due_on + ONE_DAY for a, b in pairwise(found))
    assert found[-1].due_on == case.duties_end_on


@pytest.mark.parametrize(
    ("reported", "number", "opens_on", "due_on"),
    [
        (date(2021, 3, 15), 1, date(2021, 3, 15), date(2021, 4, 14)),
        (date(2021, 3, 15), 12, date(2022, 2, 15), date(2022, 3, 14)),
        (date(2021, 3, 15), 13, date(2022, 3, 15), date(2022, 5, 14)),
        (date(2021, 3, 15), 19, date(2023, 3, 15), date(2023, 6, 14)),
        (date(2021, 3, 15), 22, date(2023, 12, 15), date(2024, 3, 14)),
        (date(2021, 1, 31), 1, date(2021, 1, 31), date(2021, 2, 28)),
        (date(2021, 1, 31), 2, date(2021, 3, 1), date(2021, 3, 30)),
        (date(2021, 1, 31), 3, date(2021, 3, 31), date(2021, 4, 30)),
        (date(2021, 1, 31), 12, date(2021, 12, 31), date(2022, 1, 30)),
        (date(2020, 2, 29), 1, date(2020, 2, 29), date(2020, 3, 28)),
        (date(2020, 2, 29), 12, date(2021, 1, 29), date(2021, 2, 28)),
        (date(2020, 2, 29), 13, date(2021, 3, 1), date(2021, 4, 30)),
    ],
)
def test_a_month_ends_the_day_before_the_same_day(
    reported: date, number: int, opens_on: date, due_on: date
) -> None:
    window = windows(order(reported))[number - 1]
    assert (window.opens_on, window.due_on) == (opens_on, due_on)


def at_levels(case: Case, *levels: tuple[date, str, date]) -> Case:
    """From one day to another on a risk level that was assessed."""
    for day, risk_level, last in levels:
        set_risk_level(
            person=case.person, risk_level=risk_level, source="assessed",
            by=UserFactory(town_supervisor=True), on=day, valid_until=last, reason="评估意见",
        )  # fmt: skip
    return case


def test_hair_is_asked_for_every_six_months_and_less_often_as_a_person_does_well() -> None:
    year = [date(2021, 9, 14), date(2022, 3, 14)]
    assert [w.due_on for w in windows(order(date(2021, 3, 15), "SQKF", 12), "hair")] == year
    low = at_levels(order(date(2021, 3, 15)), (date(2021, 3, 15), "low", date(2024, 3, 14)))
    assert [w.due_on for w in windows(low, "hair")] == [
        date(2022, 3, 14), date(2023, 3, 14), date(2024, 3, 14),
    ]  # fmt: skip


def test_a_high_level_that_lapses_and_comes_back_does_not_begin_the_six_months_of_hair_anew() -> (
    None
):
    first, last = date(2021, 3, 15), date(2021, 6, 14)
    case = at_levels(order(first), (first, "high", last), (date(2021, 6, 20), "high", first + YEAR))
    assert windows(case, "hair")[0].due_on == date(2021, 9, 14)


def test_the_high_risk_level_is_tested_monthly_and_by_the_plan_again_when_it_lapses() -> None:
    half = (date(2022, 3, 15), "high", date(2022, 9, 14))
    second = [w for w in windows(at_levels(order(date(2021, 3, 15)), half)) if w.year_of_term == 2]
    assert len(second) == 6 + 3
    middle = (date(2021, 4, 28), "high", date(2021, 7, 27))
    assert windows(at_levels(order(date(2021, 3, 15)), middle))[1].due_on == date(2021, 5, 14)
    whole = (date(2021, 3, 15), "high", date(2022, 3, 14))
    assert len(windows(at_levels(order(date(2021, 3, 15)), whole))) == 22


def test_a_summary_is_asked_for_every_six_months() -> None:
    found = windows(order(date(2021, 3, 15)), "summary")
    assert [w.due_on for w in found] == [
        date(2021, 9, 14), date(2022, 3, 14), date(2022, 9, 14), date(2023, 3, 14),
        date(2023, 9, 14), date(2024, 3, 14),
    ]  # fmt: skip


def test_an_office_sets_its_own_number_for_a_measure_a_year_and_a_length() -> None:
    plan("15d", kind="test", measure="SQJD", year_of_term=1)
    plan("4m", kind="test", measure="SQKF", year_of_term=2, term_years=2)
    strict, two = windows(order(date(2021, 3, 1))), windows(order(date(2021, 3, 1), "SQKF", 24))
    assert sum(w.year_of_term == 1 for w in strict) == 24
    assert sum(w.year_of_term == 2 for w in two) == 3
    three = windows(order(date(2021, 3, 1), "SQKF", 36))
    assert sum(w.year_of_term == 2 for w in three) == 4


def test_a_window_that_ends_on_a_leave_asks_for_nothing() -> None:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        case = order(date(2024, 3, 1))
        report_leave(
            case=case, by=UserFactory(), destination="三亚", starts_on=date(2024, 4, 25),
            until_on=date(2024, 5, 5), reported_in_writing_on=date(2024, 4, 24),
        )  # fmt: skip
        asked = (
            DueItem.objects.filter(kind="test")
            .effective()
            .due_between(date(2024, 3, 1), date(2024, 5, 31))
        )
        assert [w.due_on for w in asked.order_by("due_on")] == [
            date(2024, 3, 31), date(2024, 5, 31),
        ]  # fmt: skip


def test_every_default_rule_is_open_to_change() -> None:
    rules = PlanRule.objects.filter(kind="test", risk_level="", area=None)
    found = {(r.measure, r.year_of_term, r.term_years): r.every_count for r in rules.order_by("pk")}
    assert found == {
        ("SQJD", 1, None): 1, ("SQJD", 2, None): 2, ("SQJD", None, None): 3,
        ("SQKF", 1, None): 2, ("SQKF", 2, None): 3, ("SQKF", 2, 2): 2, ("SQKF", None, None): 6,
    }  # fmt: skip
