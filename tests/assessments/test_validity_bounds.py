"""Which number holds for whom, and what a later one leaves alone: without the database."""

from datetime import date

import pytest

from apps.assessments.validity import Number, OrderYears, ValidityBook, ValidityFacts, shortened

D = date
FIRST, LATER = D(2024, 6, 3), D(2024, 7, 1)
ORDER = OrderYears("SQJD", D(2024, 3, 1), D(2024, 3, 4), D(2027, 2, 28))
HERE = ValidityFacts(("46", "469002", "469002100"), (ORDER,))


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (D(2024, 3, 3), ("", None)),
        (D(2024, 3, 4), ("SQJD", 1)),
        (D(2025, 2, 28), ("SQJD", 1)),
        (D(2025, 3, 1), ("SQJD", 2)),
        (D(2027, 2, 28), ("SQJD", 3)),
        (D(2027, 3, 1), ("", None)),
    ],
)
def test_measure_and_year_are_those_of_the_order_in_force(
    day: date, told: tuple[str, int | None]
) -> None:
    assert HERE.on(day) == told


def test_an_order_without_an_end_or_a_report_has_no_year() -> None:
    open_order = ValidityFacts((), (OrderYears("SQKF", None, D(2024, 3, 4), None),))
    assert open_order.on(D(2099, 1, 1)) == ("SQKF", None)
    assert open_order.on(D(2024, 3, 3)) == ("", None)


@pytest.mark.parametrize(
    ("numbers", "months"),
    [
        ([], 6),
        ([Number(1, 5, FIRST)], 5),
        ([Number(1, 5, D(2024, 6, 4))], 6),
        ([Number(1, 5, FIRST), Number(2, 4, FIRST, area_code="469005")], 5),
        ([Number(1, 5, FIRST), Number(2, 4, FIRST, area_code="469002")], 4),
        ([Number(1, 4, FIRST, area_code="469002"), Number(2, 3, FIRST, "SQJD")], 4),
        ([Number(1, 5, FIRST), Number(2, 3, FIRST, "SQJD")], 3),
        ([Number(1, 5, FIRST), Number(2, 3, FIRST, "SQKF")], 5),
        ([Number(1, 3, FIRST, "SQJD"), Number(2, 2, FIRST, "", 1)], 3),
        ([Number(1, 5, FIRST), Number(2, 2, FIRST, "", 1)], 2),
        ([Number(1, 5, FIRST), Number(2, 2, FIRST, "", 2)], 5),
        ([Number(2, 5, D(2024, 1, 1)), Number(1, 4, FIRST)], 4),
    ],
)
def test_the_nearest_number_holds_from_its_day(numbers: list[Number], months: int) -> None:
    assert ValidityBook("medium", tuple(numbers)).months_on(HERE, FIRST) == months


@pytest.mark.parametrize(
    ("later", "until"),
    [
        (Number(2, 1, LATER), D(2024, 6, 30)),
        (Number(2, 2, LATER), D(2024, 7, 5)),
        (Number(2, 9, LATER), D(2024, 11, 5)),
        (Number(2, 1, LATER, area_code="469005"), D(2024, 11, 5)),  # another county
        (Number(2, 1, LATER, "SQKF"), D(2024, 11, 5)),
        (Number(2, 1, D(2024, 6, 3)), D(2024, 11, 5)),  # begins before what is asked
        (Number(2, 1, D(2024, 6, 4)), D(2024, 6, 5)),
    ],
)
def test_a_later_number_shortens_what_it_is_the_number_of(later: Number, until: date) -> None:
    """Assessed on the fifth of May for six months; asked of numbers from the fourth of June on."""
    for known in ((), (Number(1, 3, D(2024, 1, 1)),)):
        book = ValidityBook("medium", (*known, later))
        found = book.end_with_later(HERE, D(2024, 5, 5), D(2024, 11, 5), D(2024, 6, 4))
        assert found == until


@pytest.mark.parametrize(
    ("until", "months", "found"),
    [
        (D(2024, 6, 30), 1, D(2024, 6, 30)),  # has ended by then
        (D(2024, 7, 1), 1, D(2024, 6, 30)),
        (D(2024, 11, 5), 1, D(2024, 6, 30)),
        (D(2024, 11, 5), 2, D(2024, 7, 5)),
        (D(2024, 11, 5), 6, D(2024, 11, 5)),
        (D(2024, 11, 5), 7, D(2024, 11, 5)),
    ],
)
def test_what_speaks_speaks_until_the_day_before_and_never_longer_than_decided(
    until: date, months: int, found: date
) -> None:
    assert shortened(D(2024, 5, 5), until, months, LATER) == found


def test_one_for_the_same_of_the_same_day_gives_way() -> None:
    old, other, place = (
        Number(1, 5, FIRST), Number(2, 5, LATER), Number(3, 5, FIRST, area_code="469002"),
    )  # fmt: skip
    new = Number(4, 2, FIRST)
    book = ValidityBook("medium", (old, other, place)).with_number(new)
    assert book.numbers == (other, place, new)
