"""The days of a period."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given, strategies as st

from apps.periodic.codes import REGULAR, Every
from apps.periodic.rules import is_whole, period_around, period_before, period_text

DAYS = st.dates(date(2008, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("every", "day", "first", "last"),
    [
        ("week", "2024-03-03", "2024-02-26", "2024-03-03"),
        ("half_month", "2024-02-15", "2024-02-01", "2024-02-15"),
        ("half_month", "2024-02-16", "2024-02-16", "2024-02-29"),
        ("month", "2024-02-29", "2024-02-01", "2024-02-29"),
        ("month", "2023-02-10", "2023-02-01", "2023-02-28"),
        ("quarter", "2024-12-31", "2024-10-01", "2024-12-31"),
        ("year", "2024-07-01", "2024-01-01", "2024-12-31"),
    ],
)
def test_the_period_in_which_a_day_lies(every, day, first, last):
    found = period_around(every, date.fromisoformat(day))
    assert [one.isoformat() for one in found] == [first, last]


@given(st.sampled_from(REGULAR), DAYS)
def test_periods_follow_each_other_without_a_gap(every, day):
    first, last = period_around(every, day)
    assert first <= day <= last
    assert period_around(every, first) == period_around(every, last) == (first, last)
    assert period_before(every, day)[1] == first - timedelta(days=1)
    assert is_whole(every, first, last)
    assert not is_whole(every, first, last + timedelta(days=1))


def test_any_days_are_whole():
    assert is_whole(Every.ANY, date(2024, 1, 1), date(2024, 5, 31))


@pytest.mark.parametrize(
    ("every", "day", "chinese", "english"),
    [
        ("year", date(2024, 5, 1), "2024年", "2024"),
        ("quarter", date(2024, 5, 1), "2024年第二季度", "Q2 2024"),
        ("month", date(2024, 5, 1), "2024年5月", "May 2024"),
        ("half_month", date(2024, 5, 20), "2024年5月下半月", "16 May 2024 to 31 May 2024"),
    ],
)
def test_a_period_in_words(every, day, chinese, english):
    days = period_around(every, day)
    with translation.override("zh-hans"):
        assert period_text(every, *days) == chinese
    with translation.override("en"):
        assert period_text(every, *days) == english
