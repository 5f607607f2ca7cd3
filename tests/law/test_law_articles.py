"""Every counting rule of the law as a table, the article in the test's name (docs/law.md, 1)."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from apps.law import dates
from apps.law.dates import HOLIDAYS, NEVER, REST_DAYS, WorkingCalendar

D = date
# The National Day of 2024 as the State Council arranged it.
OFF_2024 = frozenset(D(2024, 10, 1) + timedelta(days=n) for n in range(7))
CALENDAR = WorkingCalendar(
    off=OFF_2024 | {D(2024, 5, n) for n in range(1, 6)},
    work=frozenset({D(2024, 9, 29), D(2024, 10, 12), D(2024, 5, 11)}),
    known=frozenset({2024}),
)


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (D(2024, 3, 1), D(2024, 3, 16)),
        (D(2024, 2, 14), D(2024, 2, 29)),
        (D(2023, 2, 14), D(2023, 3, 1)),
        (D(2024, 12, 20), D(2025, 1, 4)),
    ],
)
def test_regulation_14_and_38_the_report_within_15_days_of_receipt(
    received: date, last: date
) -> None:
    assert dates.report_deadline(received) == last
    assert (last - received).days == 15


def test_civil_code_201_the_day_of_receipt_does_not_count() -> None:
    assert dates.period_end(D(2024, 3, 1), 1) == D(2024, 3, 2)
    assert dates.days_late(D(2024, 3, 16), D(2024, 3, 16)) == 0
    assert dates.days_late(D(2024, 3, 16), D(2024, 3, 17)) == 1


@pytest.mark.parametrize(
    ("received", "extends", "last"),
    [
        (D(2024, 9, 16), HOLIDAYS, D(2024, 10, 8)),
        (D(2024, 9, 16), NEVER, D(2024, 10, 1)),
        (D(2024, 4, 17), HOLIDAYS, D(2024, 5, 6)),
        (D(2024, 3, 1), HOLIDAYS, D(2024, 3, 16)),  # a Saturday: moves only where weekends do
        (D(2024, 3, 1), REST_DAYS, D(2024, 3, 18)),
        (D(2024, 9, 14), REST_DAYS, D(2024, 9, 29)),  # a Sunday that is worked
        (D(2024, 9, 27), REST_DAYS, D(2024, 10, 12)),  # a Saturday that is worked
    ],
)
def test_civil_code_203_a_last_day_off_moves_to_the_next_working_day(
    received: date, extends: int, last: date
) -> None:
    assert dates.report_deadline(received, CALENDAR, extends=extends) == last


@pytest.mark.parametrize(
    ("day", "working", "known"),
    [
        (D(2024, 9, 29), True, True),
        (D(2024, 10, 7), False, True),
        (D(2024, 10, 8), True, True),
        (D(2027, 10, 1), False, False),
        (D(2027, 10, 7), True, False),
        (D(2027, 10, 9), False, False),
        (D(2027, 2, 8), True, False),
    ],
)
def test_civil_code_203_an_unknown_year_has_weekends_and_fixed_holidays(
    day: date, *, working: bool, known: bool
) -> None:
    assert (CALENDAR.is_working(day), CALENDAR.knows(day)) == (working, known)


def test_regulation_14_reminders_on_day_10_and_13() -> None:
    assert dates.reminder_days(D(2024, 3, 1)) == (D(2024, 3, 11), D(2024, 3, 14))


def test_zhejiang_37_two_days_are_a_number_of_the_site() -> None:
    assert dates.report_deadline(D(2024, 3, 4), days=2) == D(2024, 3, 6)


@pytest.mark.parametrize(
    ("reported", "months", "end"),
    [
        (D(2024, 3, 1), 36, D(2027, 2, 28)),
        (D(2025, 3, 1), 36, D(2028, 2, 29)),
        (D(2024, 2, 29), 36, D(2027, 2, 28)),
        (D(2024, 2, 28), 36, D(2027, 2, 27)),
        (D(2024, 12, 31), 36, D(2027, 12, 30)),
    ],
)
def test_drug_law_33_three_years_from_the_day_of_reporting(
    reported: date, months: int, end: date
) -> None:
    assert dates.term_end(reported, months) == end


@pytest.mark.parametrize(
    ("months", "end"), [(12, D(2025, 2, 28)), (24, D(2026, 2, 28)), (36, D(2027, 2, 28))]
)
def test_drug_law_48_rehabilitation_lasts_one_to_three_years(months: int, end: date) -> None:
    assert dates.term_end(D(2024, 2, 29), months) == end
    assert dates.term_end(D(2024, 3, 1), months) == end


@pytest.mark.parametrize(
    ("first", "last", "days", "written"),
    [
        (D(2024, 5, 1), D(2024, 5, 2), 2, False),
        (D(2024, 5, 1), D(2024, 5, 3), 3, True),
        (D(2024, 2, 28), D(2024, 3, 1), 3, True),
        (D(2023, 2, 28), D(2023, 3, 1), 2, False),
    ],
)
def test_regulation_19_three_days_include_both_days(
    first: date, last: date, days: int, *, written: bool
) -> None:
    assert dates.days_inclusive(first, last) == days
    assert dates.needs_written_report(first, last) is written


@pytest.mark.parametrize(("count", "reached"), [(0, False), (2, False), (3, True), (4, True)])
def test_regulation_20_three_times_or_more_include_the_third(count: int, *, reached: bool) -> None:
    assert dates.reaches(count) is reached


@pytest.mark.parametrize(("days", "more"), [(29, False), (30, False), (31, True)])
def test_regulation_20_more_than_30_days_is_day_31(days: int, *, more: bool) -> None:
    assert dates.exceeds(days) is more


def test_regulation_20_days_away_are_counted_once() -> None:
    spans = [(D(2024, 5, 1), D(2024, 5, 20)), (D(2024, 5, 11), D(2024, 5, 31))]
    assert dates.days_covered(spans, D(2024, 6, 30)) == 31
    assert dates.days_covered([(D(2024, 5, 1), None)], D(2024, 5, 3)) == 3
    assert dates.days_covered([(D(2024, 5, 1), None)], D(2024, 4, 3)) == 0


def test_regulation_22_15_days_to_report_at_the_new_place() -> None:
    assert dates.transfer_deadline(D(2024, 3, 1)) == D(2024, 3, 16)
    assert dates.transfer_deadline(D(2024, 9, 16), CALENDAR) == D(2024, 10, 8)


@pytest.mark.parametrize(
    ("last", "told_by"), [(D(2027, 2, 28), D(2027, 3, 7)), (D(2028, 2, 29), D(2028, 3, 7))]
)
def test_regulation_23_and_40_the_township_is_told_within_7_days(last: date, told_by: date) -> None:
    assert dates.release_notice_deadline(last) == told_by


@pytest.mark.parametrize(
    ("paper", "ordered", "closed", "end"),
    [
        (None, None, None, D(2027, 2, 28)),
        (D(2027, 2, 27), None, None, D(2027, 2, 27)),
        (D(2027, 3, 30), None, None, D(2027, 2, 28)),
        (None, D(2027, 3, 30), None, D(2027, 3, 30)),
        (D(2027, 2, 27), D(2027, 3, 30), None, D(2027, 3, 30)),
        (None, D(2027, 3, 30), D(2025, 1, 1), D(2025, 1, 1)),
    ],
)
def test_regulation_23_duties_end_at_the_earlier_day_until_an_authority_sets_another(
    paper: date | None, ordered: date | None, closed: date | None, end: date
) -> None:
    assert dates.last_day_of_duties(D(2027, 2, 28), paper, ordered, closed) == end


def test_regulation_24_both_ends_of_a_suspended_term() -> None:
    legal, held = D(2027, 2, 28), [(D(2024, 6, 1), D(2024, 6, 30))]
    assert dates.end_with_suspension(legal, held, D(2025, 1, 1)) == D(2027, 3, 30)
    assert dates.end_with_suspension(legal, [(D(2024, 6, 1), None)], D(2024, 6, 3)) == D(2027, 3, 3)
    assert dates.end_with_suspension(legal, [], D(2025, 1, 1)) == legal


@pytest.mark.parametrize(
    ("started", "uses", "clean"),
    [
        (D(2024, 3, 1), [], D(2027, 3, 1)),
        (D(2024, 2, 29), [], D(2027, 3, 1)),
        (D(2024, 3, 1), [D(2025, 6, 10)], D(2028, 6, 10)),
        (D(2024, 3, 1), [D(2023, 6, 10)], D(2027, 3, 1)),
    ],
)
def test_regulation_7_three_years_without_use_from_the_start_or_the_last_use(
    started: date, uses: list[date], clean: date
) -> None:
    since = dates.abstinent_since(started, uses)
    assert dates.abstinent_on(since) == clean
    assert (
        dates.latest_abstinent_start(clean)
        >= since
        > dates.latest_abstinent_start(clean - timedelta(days=1))
    )


def test_regulation_7_and_23_a_three_year_term_and_three_clean_years_end_together() -> None:
    reported = D(2024, 3, 1)
    assert dates.abstinent_on(reported) == dates.term_end(reported, 36) + timedelta(days=1)


@given(reported=st.dates(D(1990, 1, 1), D(2060, 1, 1)))
def test_drug_law_33_a_term_has_1095_or_1096_days(reported: date) -> None:
    assert dates.days_inclusive(reported, dates.term_end(reported, 36)) in {1095, 1096}


@given(day=st.dates(D(1995, 1, 1), D(2060, 1, 1)))
def test_regulation_7_the_latest_start_is_the_latest(day: date) -> None:
    since = dates.latest_abstinent_start(day)
    assert dates.abstinent_on(since) <= day < dates.abstinent_on(since + timedelta(days=1))
