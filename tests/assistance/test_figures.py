"""Persons and person-times, months and years, and the province's figures of 2020 and 2021."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import translation

from apps.areas.models import place_ids
from apps.assistance.figures import (
    ASSISTANCE_PERSONS,
    HOUSEHOLD,
    PERSON_TIMES,
    YUAN,
    by_kind,
    payments,
)
from apps.assistance.models import Payment
from apps.assistance.services import reverse_payment
from apps.core.money import fen_of, yuan
from apps.needs.figures import NEEDS_MET
from apps.needs.services import close_need, record_need
from apps.persons.figures import Period
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.assistance import approved, helped, paid
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2021-06-03T10:00:00+08:00", tick=False), translation.override("en"):
        yield


def period(first: date, last: date, **facts: Any) -> Period:
    return Period(area(QIONGHAI), first, last, last, **facts)


def told(asked: Period) -> dict[str, tuple[int, int, int]]:
    return {row["kind"]: (row["times"], row["household"], row["fen"]) for row in by_kind(asked)}


def spread(total: int, count: int) -> list[int]:
    """A whole number in as many parts."""
    whole, rest = divmod(total, count)
    return [whole + 1] * rest + [whole] * (count - rest)


def many(code: str, day: date, times: int, household: int, fen: int) -> None:
    """As many payments to one help as the province counted, with its members and its money."""
    help_ = approved(code, found_on=date(2020, 1, 1))
    by = UserFactory()
    Payment.objects.bulk_create(
        Payment(
            client_uuid=uuid4(), assistance=help_, person=help_.person, office=help_.county,
            programme=help_.programme, paid_on=day, month_first=day, month_last=day, times=1,
            household=members, amount_fen=amount, how="bank", receipt="none", recorded_by=by,
            **place_ids(help_),
        )
        for members, amount in zip(spread(household, times), spread(fen, times), strict=True)
    )  # fmt: skip


def test_the_province_s_figures_subtract_to_the_fen() -> None:
    """Domain report, 8.7: of January to May 2021, and of all from January 2020."""
    new, old = date(2021, 3, 15), date(2020, 7, 15)
    many("relief", new, 34, 147, 17_93_00_00)
    many("relief", old, 182, 374, 62_96_00_00)
    many("charity", new, 923, 4006, 175_11_00_00)
    many("charity", old, 3256, 8610, 425_34_00_00)
    whole = told(period(date(2020, 1, 1), date(2021, 5, 31)))
    this = told(period(date(2021, 1, 1), date(2021, 5, 31)))
    last = told(period(date(2020, 1, 1), date(2020, 12, 31)))
    assert this == {"charity": (923, 4006, 175_11_00_00), "relief": (34, 147, 17_93_00_00)}
    assert whole == {"charity": (4179, 12616, 600_45_00_00), "relief": (216, 521, 80_89_00_00)}
    assert last == {"charity": (3256, 8610, 425_34_00_00), "relief": (182, 374, 62_96_00_00)}
    for kind, row in whole.items():
        assert tuple(a - b for a, b in zip(row, this[kind], strict=True)) == last[kind]
    sums = {kind: times + household for kind, (times, household, _fen) in whole.items()}
    assert sums == {"charity": 16_795, "relief": 737}
    assert 923 + 4006 == 4929
    asked = period(date(2020, 1, 1), date(2021, 5, 31))
    assert PERSON_TIMES.measure(asked).numerator == 4179 + 216
    assert ASSISTANCE_PERSONS.measure(asked).numerator == 4
    assert YUAN.measure(asked).text == "6,813,400.00"


def test_a_reversal_counts_on_its_own_day_and_the_month_before_stays() -> None:
    boss = UserFactory(county_supervisor=True)
    one = approved(found_on=date(2021, 5, 1))
    row = paid(one, 5_000, paid_on=date(2021, 5, 7), household=2)
    may, june = ((date(2021, 5, 1), date(2021, 5, 31)), (date(2021, 6, 1), date(2021, 6, 30)))
    before = told(period(*may))
    reverse_payment(payment=row, by=boss, client_uuid=uuid4(), on=date(2021, 6, 2), reason="错发")
    assert told(period(*may)) == before == {"relief": (1, 2, 5_000)}
    assert told(period(*june)) == {"relief": (-1, -2, -5_000)}
    assert told(period(may[0], june[1])) == {"relief": (0, 0, 0)}
    assert ASSISTANCE_PERSONS.measure(period(may[0], june[1])).numerator == 0


def test_help_for_a_member_is_of_the_household_and_of_no_person() -> None:
    who = {"beneficiary": "member", "member_words": "女儿"}
    one = approved("schooling", found_on=date(2021, 5, 1), **who)
    paid(one, 70_000, paid_on=date(2021, 5, 2))
    asked = period(date(2021, 5, 1), date(2021, 5, 31))
    assert told(asked) == {"schooling": (0, 1, 70_000)}
    assert ASSISTANCE_PERSONS.measure(asked).numerator == 0
    assert HOUSEHOLD.measure(asked).numerator == 1


def test_unknown_amounts_are_counted_and_never_nothing() -> None:
    one = approved("living", found_on=date(2021, 5, 1))
    paid(one, None, paid_on=date(2021, 5, 2))
    asked = period(date(2021, 5, 1), date(2021, 5, 31))
    [row] = by_kind(asked)
    assert (row["persons"], row["unknown"], row["fen"]) == (1, 1, 0)
    assert not YUAN.rows(asked).exists()


def test_restricted_help_is_medical_aid_for_who_may_know_and_nothing_for_others() -> None:
    one = helped("hiv", found_on=date(2021, 5, 1))
    paid(one, None, how="service", paid_on=date(2021, 5, 2))
    days = (date(2021, 5, 1), date(2021, 5, 31))
    assert told(period(*days)) == {}
    assert told(period(*days, knows_sealed=True)) == {"medical": (1, 0, 0)}
    assert ASSISTANCE_PERSONS.measure(period(*days)).numerator == 0
    assert {row.kind for row in payments(period(*days, knows_sealed=True))} == {"medical"}


def test_needs_met_are_of_those_said_in_the_period() -> None:
    by, person = UserFactory(), PersonFactory()
    said = {"person": person, "by": by, "urgency": "normal", "said_by": "person"}
    rows = [
        record_need(**said, kind=kind, said_on=date(2021, 5, 3))
        for kind in ("work", "living", "medical", "papers")
    ]
    ends = (("met", ""), ("not_possible", "单位没有岗位"), ("mistake", ""))
    for row, (outcome, note) in zip(rows, ends, strict=False):
        close_need(need=row, by=by, outcome=outcome, on=date(2021, 5, 4), note=note)
    found = NEEDS_MET.measure(period(date(2021, 5, 1), date(2021, 5, 31)))
    assert (found.numerator, found.denominator, found.text) == (1, 3, "33.3 %")


@pytest.mark.parametrize(
    ("text", "fen"),
    [("51060", 5_106_000), ("9,040元", 904_000), ("0.01", 1), ("1200.5", 120_050), ("-5", -500)],
)
def test_yuan_are_read_to_the_fen(text: str, fen: int) -> None:
    assert fen_of(text) == fen
    assert yuan(5_106_000) == "51,060.00"


@pytest.mark.parametrize("text", ["约三千", "1.005", "NaN", "", "1e999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(text)}$"):
        fen_of(text)
