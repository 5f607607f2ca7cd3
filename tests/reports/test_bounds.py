"""Days of the dashboard at their bounds, and what a cell says of a figure."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import translation

from apps.persons.figures import Figure
from apps.reports.forms import MonthForm, PeriodForm
from apps.reports.indicators import INDICATORS
from apps.reports.page import Cell, ReportLine

NOW = date(2024, 6, 15)
FIRST = NOW.replace(day=1)


def days(**asked: str) -> tuple[date, date, date]:
    given = {"from" if name == "first" else name: day for name, day in asked.items()}
    with time_machine.travel("2024-06-15T10:00:00+08:00", tick=False):
        return PeriodForm(given).days()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, (FIRST, NOW, NOW)),
        ({"to": "2024-05-20"}, (date(2024, 5, 1), date(2024, 5, 20), date(2024, 5, 20))),
        ({"first": "2024-05-10"}, (date(2024, 5, 10), NOW, NOW)),
        ({"first": "2024-06-15"}, (NOW, NOW, NOW)),
        ({"first": "2024-06-20"}, (date(2024, 6, 20),) * 3),
        ({"first": "2024-05-10", "to": "2024-05-10"}, (date(2024, 5, 10),) * 3),
        ({"first": "2024-05-10", "to": "2024-05-09"}, (FIRST, NOW, NOW)),
        ({"as_at": "2024-06-30"}, (FIRST, NOW, date(2024, 6, 30))),
        ({"to": "someday"}, (FIRST, NOW, NOW)),
    ],
)
def test_days_that_are_left_out_are_this_month_until_today(
    asked: dict[str, str], found: tuple[date, date, date]
) -> None:
    assert days(**asked) == found


@pytest.mark.parametrize(
    ("asked", "last"),
    [
        ("", date(2024, 5, 31)),
        ("2024-05", date(2024, 5, 31)),
        ("2024-06", date(2024, 5, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2021-06", date(2021, 6, 30)),
        ("2021-05", date(2024, 5, 31)),
        ("never", date(2024, 5, 31)),
    ],
)
def test_whole_months_of_three_years_that_are_over(asked: str, last: date) -> None:
    with time_machine.travel("2024-06-15T10:00:00+08:00", tick=False):
        assert MonthForm({"month": asked}).days() == (last.replace(day=1), last, last)


def cell(code: str, *numbers: int, **facts: Any) -> Cell:
    return Cell(Figure(INDICATORS[code], *numbers), **facts)


@pytest.mark.parametrize(
    ("numbers", "masked", "low"),
    [
        ((899, 1000), False, True),
        ((9, 10), False, False),
        ((10, 10), False, False),
        ((0, 10), False, True),
        ((0, 0), False, False),
        ((0, 10), True, False),
        ((3,), False, False),
    ],
)
def test_a_rate_below_ninety_is_marked(
    numbers: tuple[int, ...], *, masked: bool, low: bool
) -> None:
    assert cell("checkin_rate", *numbers, masked=masked).is_low == low


@pytest.mark.parametrize(
    ("code", "number", "masked", "late"),
    [
        ("overdue", 1, False, True),
        ("overdue", 0, False, False),
        ("overdue", 1, True, False),
        ("persons", 1, False, False),
    ],
)
def test_what_is_overdue_is_marked(code: str, number: int, *, masked: bool, late: bool) -> None:
    assert cell(code, number, masked=masked).is_late == late


def test_a_cell_that_is_not_told_says_so_and_nothing_else() -> None:
    with translation.override("en"):
        told = [
            (one.text, one.fraction, str(one.unit), one.is_rate)
            for one in (
                cell("checkin_rate", 9, 10), cell("checkin_rate", 9, 10, masked=True),
                cell("checkin_rate", 0, 0), cell("persons", 9), cell("persons", 3, masked=True),
            )
        ]  # fmt: skip
    assert told == [
        ("90.0 %", "9/10", "", True),
        ("not shown", "", "", True),
        ("no data", "", "", True),
        ("9", "", "persons", False),
        ("not shown", "", "", False),
    ]


@pytest.mark.parametrize(
    ("cells", "empty"),
    [
        ([], True),
        ([cell("persons", 0), cell("checkin_rate", 0, 0)], True),
        ([cell("persons", 0), cell("checkin_rate", 0, 1)], False),
        ([cell("persons", 1)], False),
        ([cell("persons", 0, masked=True)], False),
    ],
)
def test_a_unit_with_nothing_is_empty_unless_something_is_not_told(
    cells: list[Cell], *, empty: bool
) -> None:
    assert ReportLine("嘉积镇", "", cells).is_empty == empty


def test_the_months_follow_each_other() -> None:
    with time_machine.travel("2024-06-15T10:00:00+08:00", tick=False):
        months = MonthForm({}).months
    assert len(months) == 36
    assert all((day + timedelta(days=1)).day == 1 for day in months)
    assert months == sorted(set(months), reverse=True)
