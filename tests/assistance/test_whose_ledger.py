"""What was paid belongs to the office that paid, and a month is paid once to one person."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.assistance.figures import ASSISTANCE_PERSONS, HOUSEHOLD, PERSON_TIMES, YUAN, by_kind
from apps.assistance.models import Assistance, Budget, Payment
from apps.assistance.services import close_month, reverse_payment, set_budget
from apps.core.money import MOST_FEN
from apps.core.refusals import Refused
from apps.persons.figures import Period
from apps.persons.services.moving import move_person
from apps.reports.breakdown import break_down
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, WENCHENG, area
from tests.factories.assistance import approved, gone, helped, paid

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
LATER = "2024-07-10T12:00:00+08:00"
FIGURES = (YUAN, PERSON_TIMES, HOUSEHOLD, ASSISTANCE_PERSONS)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.fixture
def moved(boss: User, clock: Any) -> Payment:
    """Paid by Qionghai in June; since July the person belongs to Wenchang."""
    row = paid(approved(by=boss), 50_000, by=boss, household=2)
    clock.move_to(LATER)
    move_person(person=row.person, area=area(WENCHENG), by=User.objects.system())
    row.refresh_from_db()
    return row


def told(code: str, first: date = date(2024, 1, 1)) -> list[int | None]:
    period = Period(area(code), first, date(2024, 12, 31), date(2024, 12, 31))
    return [figure.measure(period).numerator for figure in FIGURES]


def test_figures_of_help_stay_with_the_office_that_paid(moved: Payment) -> None:
    assert told(QIONGHAI) == [50_000, 1, 2, 1]
    assert told(area().code) == [50_000, 1, 2, 1]
    assert told(WENCHANG) == [0, 0, 0, 0]
    period = Period(area("46"), date(2024, 1, 1), date(2024, 12, 31), date(2024, 12, 31))
    broken = break_down(period)
    found = {
        unit.area.code: unit.figures["assistance_persons"].numerator
        for unit in broken.units
        if unit.area and unit.figures["assistance_persons"].numerator
    }
    assert found == {QIONGHAI: 1}


def test_a_reversal_is_recorded_by_who_oversees_the_payment_s_office(
    moved: Payment, boss: User
) -> None:
    other = UserFactory(county_supervisor=True, area=area(WENCHANG))
    facts = {
        "payment": moved,
        "client_uuid": uuid4(),
        "on": date(2024, 7, 10),
        "reason": "发错了人",
    }
    with pytest.raises(Refused, match="outside your area"):
        reverse_payment(**facts, by=other)
    back = reverse_payment(**facts, by=boss)
    assert back.office == moved.office
    assert told(QIONGHAI) == [0, 0, 0, 0]
    assert told(WENCHANG) == [0, 0, 0, 0]
    whole = Period(area(QIONGHAI), date(2024, 7, 1), date(2024, 7, 31), date(2024, 7, 31))
    assert by_kind(whole)[0]["fen"] == -50_000


def test_what_is_dated_back_stands_with_the_unit_of_the_day(moved: Payment, boss: User) -> None:
    one = moved.assistance
    one.refresh_from_db()
    other = UserFactory(county_supervisor=True, area=area(WENCHANG))
    with pytest.raises(Refused, match="was responsible"):
        paid(one, 7_700, by=other, paid_on=NOW)
    facts = {
        "assistance": one, "person": one.person, "programme": one.programme, "paid_on": NOW,
        "month_first": NOW, "month_last": NOW, "how": "bank", "receipt": "none", "times": 1,
        "recorded_by": other, **place_ids(one),
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="unit_of_the_day"), transaction.atomic():
        Payment(**facts, office=area(WENCHENG), amount_fen=1).save()
    assert paid(one, 100, by=boss, paid_on=NOW).office == area()
    assert paid(one, 200, by=other, paid_on=date(2024, 7, 10)).office == area(WENCHENG)
    assert (told(QIONGHAI)[0], told(WENCHANG)[0]) == (50_100, 200)
    close_month(area=area(QIONGHAI), month=NOW, by=boss)
    with pytest.raises(Refused, match="month is closed"):
        paid(one, 1, by=boss, paid_on=NOW)


def test_a_month_is_paid_once_across_two_helps_of_a_person(boss: User) -> None:
    one = approved("living", by=boss)
    paid(one, by=boss)
    gone(one, "ended", by=boss)
    again = approved("living", person=one.person, by=boss)
    with pytest.raises(Refused, match="paid already"):
        paid(again, by=boss)
    member = {"person": one.person, "by": boss, "beneficiary": "member"}
    mother = approved("living", **member, member_words="母亲")
    paid(mother, by=boss)
    gone(mother, "ended", by=boss)
    paid(approved("living", **member, member_words="女儿"), by=boss)
    with pytest.raises(Refused, match="paid already"):
        paid(approved("living", **member, member_words="母亲"), by=boss)


def test_a_first_budget_waits_for_the_row_of_no_help(boss: User) -> None:
    """It would wait for a payment that waits for the budget."""
    one = approved(by=boss)
    paid(one, by=boss)

    def place() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ctid FROM assistance_assistance WHERE id = %s", [one.pk])
            return cursor.fetchone()

    before = place()
    set_budget(programme=one.programme, area=area(QIONGHAI), year=2024, amount_fen=20_000, by=boss)
    assert Budget.objects.with_spent().get().spent == 10_000
    assert place() == before


def test_no_amount_is_above_a_hundred_million_yuan(boss: User) -> None:
    one: Assistance = helped("charity", by=boss)
    with pytest.raises((IntegrityError, Refused), match=r"above_nothing|100 million"):
        paid(one, MOST_FEN + 1, by=boss)
    with pytest.raises((IntegrityError, Refused), match=r"above_nothing|100 million"):
        set_budget(programme=one.programme, area=area(QIONGHAI), year=2024,
                   amount_fen=MOST_FEN + 1, by=boss)  # fmt: skip
