"""Windows: contiguous from the report, cut ones ask for nothing, months end as terms do."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from apps.schedule.rules import (
    Every,
    Stretch,
    Window,
    first_day_of_year,
    last_day,
    term_end,
    windows,
    year_of_term,
)

DAY = timedelta(days=1)
FAR = date(2100, 1, 1)


def spans(
    start: date, every: str, until: date, horizon: date = FAR, since: date = date.min
) -> list[tuple[date, date]]:
    stretch = Stretch(start, 1, Every.parse(every))
    found = windows([stretch], until, horizon=horizon, since=since)
    return [(window.opens_on, window.due_on) for window in found]


@pytest.mark.parametrize(
    ("text", "every"),
    [("1d", Every(1, "d")), ("2w", Every(2, "w")), ("12m", Every(12, "m"))],
)
def test_every_is_a_number_and_a_unit(text: str, every: Every) -> None:
    assert Every.parse(text) == every
    assert str(every) == text


@pytest.mark.parametrize("text", ["", "d", "0d", "-1d", "1y", "1.5w", "two weeks"])
def test_every_refuses_anything_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Every.parse(text)


@pytest.mark.parametrize(
    ("start", "every", "number", "expected"),
    [
        (date(2024, 3, 1), "1d", 1, date(2024, 3, 1)),
        (date(2024, 3, 1), "1d", 31, date(2024, 3, 31)),
        (date(2024, 3, 1), "1w", 1, date(2024, 3, 7)),
        (date(2024, 3, 1), "2w", 2, date(2024, 3, 28)),
        (date(2024, 3, 1), "1m", 1, date(2024, 3, 31)),
        (date(2024, 3, 15), "1m", 1, date(2024, 4, 14)),
        (date(2024, 3, 15), "3m", 2, date(2024, 9, 14)),
        (date(2024, 1, 31), "1m", 1, date(2024, 2, 29)),
        (date(2024, 1, 31), "1m", 2, date(2024, 3, 30)),
        (date(2024, 1, 31), "1m", 3, date(2024, 4, 30)),
        (date(2023, 1, 31), "1m", 1, date(2023, 2, 28)),
        (date(2024, 1, 30), "1m", 1, date(2024, 2, 29)),
        (date(2024, 1, 29), "1m", 1, date(2024, 2, 28)),
        (date(2024, 2, 29), "12m", 1, date(2025, 2, 28)),
        (date(2024, 2, 29), "12m", 4, date(2028, 2, 28)),
        (date(2024, 12, 31), "2m", 1, date(2025, 2, 28)),
        (date(2024, 3, 1), "12m", 3, date(2027, 2, 28)),
    ],
)
def test_a_window_ends_the_day_before_the_next_begins(
    start: date, every: str, number: int, expected: date
) -> None:
    assert last_day(start, Every.parse(every), number) == expected


@pytest.mark.parametrize(
    ("reported", "day", "year"),
    [
        (date(2024, 3, 1), date(2024, 2, 29), 0),
        (date(2024, 3, 1), date(2024, 3, 1), 1),
        (date(2024, 3, 1), date(2025, 2, 28), 1),
        (date(2024, 3, 1), date(2025, 3, 1), 2),
        (date(2024, 3, 1), date(2027, 2, 28), 3),
        (date(2024, 2, 29), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 3, 1), 2),
        (date(2024, 12, 31), date(2025, 12, 30), 1),
        (date(2024, 12, 31), date(2025, 12, 31), 2),
        (date(2024, 1, 15), date(2026, 1, 14), 2),
    ],
)
def test_year_of_term_changes_on_the_day_of_the_report(
    reported: date, day: date, year: int
) -> None:
    assert year_of_term(reported, day) == year


def test_the_last_window_is_not_given_when_the_term_cuts_it() -> None:
    assert spans(date(2024, 3, 1), "2w", date(2024, 3, 27)) == [
        (date(2024, 3, 1), date(2024, 3, 14))
    ]
    assert spans(date(2024, 3, 1), "2w", date(2024, 3, 28))[-1] == (
        date(2024, 3, 15),
        date(2024, 3, 28),
    )


def test_windows_cover_the_horizon_and_name_the_next_one() -> None:
    found = spans(date(2024, 3, 1), "1w", date(2027, 2, 28), horizon=date(2024, 3, 15))
    assert found[-1] == (date(2024, 3, 22), date(2024, 3, 28))


def test_another_rule_begins_a_new_series_and_the_cut_window_asks_for_nothing() -> None:
    stretches = [
        Stretch(date(2024, 3, 1), 1, Every(2, "w"), "medium"),
        Stretch(date(2024, 3, 20), 2, Every(1, "w"), "high"),
    ]
    found = list(windows(stretches, date(2024, 4, 2), horizon=FAR))
    assert found == [
        Window(date(2024, 3, 1), date(2024, 3, 14), 1, 1, "medium", 1),
        Window(date(2024, 3, 20), date(2024, 3, 26), 1, 2, "high", 1),
        Window(date(2024, 3, 27), date(2024, 4, 2), 2, 2, "high", 1),
    ]


def test_the_same_rule_in_another_year_goes_on_and_names_the_year() -> None:
    stretches = [
        Stretch(date(2024, 3, 1), 1, Every(2, "w"), "medium", 1),
        Stretch(date(2024, 3, 10), 1, Every(2, "w"), "medium", 2),
    ]
    found = list(windows(stretches, date(2024, 3, 28), horizon=FAR))
    assert [(w.number, w.year_of_term) for w in found] == [(1, 1), (2, 2)]


def test_without_a_rule_there_are_no_windows() -> None:
    stretches = [
        Stretch(date(2024, 3, 1), None, None),
        Stretch(date(2024, 3, 10), 1, Every(1, "d")),
        Stretch(date(2024, 3, 12), None, None),
    ]
    found = list(windows(stretches, date(2024, 3, 28), horizon=FAR))
    assert [w.opens_on for w in found] == [date(2024, 3, 10), date(2024, 3, 11)]
    assert list(windows([], date(2024, 3, 28), horizon=FAR)) == []


days = st.dates(date(2008, 6, 1), date(2040, 12, 31))
everies = st.builds(Every, st.integers(1, 12), st.sampled_from(["d", "w", "m"]))


@given(days, everies)
def test_windows_of_one_rule_are_contiguous_and_numbered(start: date, every: Every) -> None:
    until = term_end(start, 36)
    found = list(windows([Stretch(start, 1, every)], until, horizon=FAR))
    assert found[0].opens_on == start
    assert all(b.opens_on == a.due_on + DAY for a, b in pairwise(found))
    assert [w.number for w in found] == list(range(1, len(found) + 1))
    assert all(w.opens_on <= w.due_on <= until for w in found)


@given(days, st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_months_fill_the_term_exactly(start: date, count: int) -> None:
    until = term_end(start, 36)
    found = list(windows([Stretch(start, 1, Every(count, "m"))], until, horizon=FAR))
    assert len(found) == 36 // count
    assert found[-1].due_on == until


@given(days, everies, st.integers(0, 1200))
def test_a_later_beginning_gives_the_tail_of_the_same_windows(
    start: date, every: Every, offset: int
) -> None:
    until, since = term_end(start, 36), start + timedelta(days=offset)
    whole = list(windows([Stretch(start, 1, every)], until, horizon=FAR))
    tail = list(windows([Stretch(start, 1, every)], until, horizon=FAR, since=since))
    assert tail == [w for w in whole if w.due_on >= since]


def test_the_window_that_is_due_on_the_first_day_asked_for_is_given() -> None:
    start, due = date(2024, 3, 1), date(2024, 3, 14)
    first = [
        spans(start, "1w", date(2024, 4, 30), since=since)[0]
        for since in (due - DAY, due, due + DAY)
    ]
    assert [due_on for _opens_on, due_on in first] == [due, due, due + 7 * DAY]


@given(days, st.integers(0, 1095))
def test_a_year_of_term_holds_its_own_first_day(start: date, offset: int) -> None:
    day = start + timedelta(days=offset)
    year = year_of_term(start, day)
    assert first_day_of_year(start, year) <= day < first_day_of_year(start, year + 1)


@given(days, st.lists(st.tuples(st.integers(1, 900), everies), max_size=5))
def test_windows_of_many_rules_never_overlap(start: date, cuts: list[tuple[int, Every]]) -> None:
    turns = sorted(dict(cuts).items())
    stretches = [Stretch(start, 1, Every(2, "w"))] + [
        Stretch(start + timedelta(days=offset), rule, every)
        for rule, (offset, every) in enumerate(turns, 2)
    ]
    found = list(windows(stretches, term_end(start, 36), horizon=FAR))
    assert all(a.due_on < b.opens_on for a, b in pairwise(found))
    for window in found:
        begins = [s for s in stretches if s.starts_on <= window.opens_on]
        assert begins[-1].rule_id == window.rule_id
