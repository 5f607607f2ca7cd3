"""The counters of 戒毒条例 art. 20 by the table, and equal to the confirmed events by chance."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from apps.breaches.codes import TESTS, BreachKind
from apps.breaches.counting import ConfirmedEvent, Limits, count

START = date(2025, 1, 1)


def refusal(day: int, kind: str = BreachKind.TEST_REFUSED) -> ConfirmedEvent:
    on = START + timedelta(days=day)
    return ConfirmedEvent(kind, on, on)


def away(first: int, days: int) -> ConfirmedEvent:
    on = START + timedelta(days=first)
    return ConfirmedEvent(BreachKind.LEFT, on, on + timedelta(days=days - 1))


TABLE = [
    ("art 20: two tests are not three", [refusal(1), refusal(9)], (2, 0, 0), False),
    ("art 20: 3次以上 includes the third", [refusal(1), refusal(5), refusal(9)], (3, 0, 0), True),
    (
        "art 20: refused and evaded tests share one counter",
        [refusal(1), refusal(5, BreachKind.TEST_EVADED), refusal(9)], (3, 0, 0), True,
    ),
    (
        "art 20: tests and leaves do not share a counter",
        [refusal(1), refusal(5), away(20, 3)], (2, 1, 3), False,
    ),
    ("art 20: the third leave counts", [away(0, 3), away(9, 3), away(20, 3)], (0, 3, 9), True),
    ("art 20: day 30 does not trigger", [away(0, 30)], (0, 1, 30), False),
    ("art 20: day 31 does", [away(0, 31)], (0, 1, 31), True),
    ("art 20: days are counted together", [away(0, 20), away(40, 11)], (0, 2, 31), True),
    ("art 20: days in a row are one leave", [away(0, 5), away(5, 3)], (0, 1, 8), False),
    (
        "art 20: other breaches do not count",
        [ConfirmedEvent(kind, START, START) for kind in (BreachKind.OTHER, BreachKind.MISSED)] * 3,
        (0, 0, 0), False,
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "figures", "reached"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_counters_of_art_20(
    events: list[ConfirmedEvent], figures: tuple[int, int, int], reached: bool
) -> None:
    found = count(events)
    assert (len(found.tests), len(found.leaves), found.days) == figures
    assert found.reach(Limits()) is reached


@given(
    st.lists(
        st.tuples(st.sampled_from(list(BreachKind)), st.integers(0, 200), st.integers(1, 40)).map(
            lambda row: (
                away(row[1], row[2]) if row[0] == BreachKind.LEFT else refusal(row[1], row[0])
            )
        )
    )
)
def test_figures_equal_the_events(events: list[ConfirmedEvent]) -> None:
    found = count(events)
    assert len(found.tests) == sum(event.kind in TESTS for event in events)
    days = {
        event.first + timedelta(days=n)
        for event in events
        if event.kind == BreachKind.LEFT
        for n in range((event.last - event.first).days + 1)
    }
    assert found.days == len(days)
    runs = sum(day - timedelta(days=1) not in days for day in days)
    assert len(found.leaves) == runs
    assert count(reversed(events)) == found


def test_art_20_an_authority_may_set_other_numbers() -> None:
    found = count([refusal(1), refusal(5), away(20, 11)])
    assert not found.reach(Limits())
    assert found.reach(Limits(tests=2))
    assert found.reach(Limits(days=10))
    assert not found.reach(Limits(days=11))
    assert found.reach(Limits(leaves=1))


@pytest.mark.parametrize(
    ("held", "leaves", "days"),
    [
        ([(22, 40)], 1, 22),  # the last nine days in detention
        ([(0, 4)], 1, 26),
        ([(10, 14)], 1, 26),  # in the middle: one leave still
        ([(0, 30)], 0, 0),
        ([(31, 60)], 1, 31),
    ],
)
def test_regulation_24_days_in_detention_are_no_days_of_leaving(
    held: list[tuple[int, int]], leaves: int, days: int
) -> None:
    spans = [(START + timedelta(days=a), START + timedelta(days=b)) for a, b in held]
    found = count([away(0, 31)], spans)
    assert (len(found.leaves), found.days) == (leaves, days)
    assert found.reach(Limits()) == (days == 31)
