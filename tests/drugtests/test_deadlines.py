"""Three days to object: from which moment, over the ends of months, and over holidays."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.drugtests.chain import StepKind as S
from apps.drugtests.deadlines import answer_due, kept_until, objection_until
from apps.law.dates import ONE_DAY
from apps.law.parameters import Parameter, Rulebook, Setting

pytestmark = pytest.mark.django_db
BOOK = Rulebook()


@dataclass
class Had:
    at: datetime
    result: str = ""
    answer: str = ""


def told(moment: str) -> Any:
    at = datetime.fromisoformat(f"{moment}+08:00")
    return {S.SCREENED: Had(at, "positive"), S.TOLD: Had(at)}


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        ("2024-06-03T00:00", date(2024, 6, 6)),
        ("2024-06-03T23:59", date(2024, 6, 6)),
        ("2024-06-04T00:00", date(2024, 6, 7)),
        ("2024-07-30T10:00", date(2024, 8, 2)),
        ("2024-02-26T10:00", date(2024, 2, 29)),
        ("2023-02-26T10:00", date(2023, 3, 1)),
        ("2024-02-29T10:00", date(2024, 3, 3)),  # a Sunday: weekends alone move nothing
        ("2024-12-30T10:00", date(2025, 1, 2)),
        ("2024-12-29T10:00", date(2025, 1, 2)),  # New Year is off
        ("2024-04-28T10:00", date(2024, 5, 6)),  # 1 to 5 May are off
        ("2024-09-28T10:00", date(2024, 10, 8)),  # 1 to 7 October are off
    ],
)
def test_the_last_day_to_object(moment: str, until: date) -> None:
    assert objection_until("on_site", told(moment), BOOK) == until


def test_a_site_that_moves_nothing_and_one_that_moves_weekends_too() -> None:
    never = Rulebook((Setting(Parameter.EXTENDS, 0, date(2020, 1, 1)),))
    assert objection_until("on_site", told("2024-04-28T10:00"), never) == date(2024, 5, 1)
    weekends = Rulebook((Setting(Parameter.EXTENDS, 2, date(2020, 1, 1)),))
    assert objection_until("on_site", told("2024-02-29T10:00"), weekends) == date(2024, 3, 4)


def test_an_answer_does_not_wait_for_a_holiday() -> None:
    objected = Had(datetime.fromisoformat("2024-04-28T10:00+08:00"))
    assert answer_due(told("2024-04-27T10:00") | {S.OBJECTED: objected}, BOOK) == date(2024, 5, 1)


def test_a_sample_is_kept_for_six_months() -> None:
    assert kept_until(date(2023, 8, 31), BOOK) == date(2024, 2, 29)
    assert kept_until(date(2024, 2, 29), BOOK) - ONE_DAY == date(2024, 8, 28)


def test_what_was_over_long_ago_asks_for_no_calendar() -> None:
    had = told("2024-04-28T10:00")
    with CaptureQueriesContext(connection) as asked:
        assert objection_until("on_site", had, BOOK, date(2024, 9, 1)) == date(2024, 5, 1)
    assert len(asked) == 0
    assert objection_until("on_site", had, BOOK, date(2024, 5, 2)) == date(2024, 5, 6)
