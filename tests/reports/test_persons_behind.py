"""Days, times and yuan of fewer than five persons leave the county no more than the persons do."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.assistance.figures import YUAN
from apps.assistance.models import Assistance, Payment
from apps.assistance.services import reverse_payment
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from apps.reports.breakdown import break_down
from apps.treatment.models import Treatment
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.assistance import approved, gone, helped, paid
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory
from tests.factories.treatment import attended, treated

pytestmark = pytest.mark.django_db
NOW, MAY = date(2024, 6, 3), date(2024, 5, 1)
OF_ONE = (
    "in_treatment", "treatment_attendance", "assistance_persons", "assistance_person_times",
    "assistance_household",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


def allowance(person: Person, months: int) -> None:
    """Paid in May for as many months, each time with three members of the household."""
    boss, day = UserFactory(county_supervisor=True), date(2024, 1, 1)
    one: Assistance = helped("living", person=person, by=boss, found_on=day)
    gone(one, "applied", "approved", day=date(2024, 1, 2), by=boss)
    for month in range(1, months + 1):
        first = date(2023, month, 1)
        paid(one, by=boss, paid_on=date(2024, 5, 2), month_first=first, household=3)


def in_care(person: Person, days: int) -> None:
    row: Treatment = treated(person, since=date(2024, 1, 1))
    attended(row, month=MAY, attended=days, expected=31)


def cards() -> dict[str, Any]:
    province = signed_in(UserFactory(province_viewer=True, area=area("46")))
    url = f"{reverse('reports:dashboard')}?from=2024-05-01&to=2024-05-31"
    shown: Any = province.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    return {cell.code: cell for cell in shown.context["cards"]}


def test_what_one_person_did_and_received_is_told_to_nobody_outside() -> None:
    person = CaseFactory(decided_on=date(2023, 1, 1), reported_on=date(2023, 1, 3)).person
    allowance(person, 6)
    in_care(person, 13)
    found = cards()
    for code in OF_ONE:
        assert found[code].masked, code
        assert found[code].text in ("not shown", "不显示")
        assert found[code].fraction == ""


def test_the_same_days_and_times_of_five_persons_are_told() -> None:
    for _number in range(5):
        person = PersonFactory()
        allowance(person, 1)
        in_care(person, 2)
    found = cards()
    # Each was missed on some of the days: five stand behind what is not done, too.
    assert [found[code].masked for code in OF_ONE] == [False] * 5
    assert found["treatment_attendance"].fraction == "10/155"


def test_what_one_person_did_not_do_is_told_to_nobody_outside() -> None:
    """Of six in treatment five came every day: the days that are left out are of one."""
    for number in range(6):
        row: Treatment = treated(PersonFactory(), since=date(2024, 1, 1))
        attended(row, month=MAY, attended=31 if number else 20, expected=31)
    found = cards()
    assert found["in_treatment"].text == "6"
    assert found["treatment_attendance"].masked
    assert found["treatment_attendance"].text in ("not shown", "不显示")
    assert found["treatment_attendance"].fraction == ""


def test_what_stands_still_of_few_is_told_to_nobody_outside() -> None:
    for _number in range(2):
        CaseFactory(decided_on=date(2023, 1, 1), reported_on=date(2023, 1, 3))
    province = signed_in(UserFactory(province_viewer=True, area=area("46")))
    url = f"{reverse('reports:dashboard')}?month=2024-05"
    shown: Any = province.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    told = {cell.code: cell for cell in shown.context["standing"]}
    assert {code for code, cell in told.items() if cell.figure.numerator} >= {"no_contact"}
    for code, cell in told.items():
        assert cell.masked == bool(cell.figure.numerator), code


def test_of_every_figure_the_persons_are_counted_and_never_more_than_it_counts() -> None:
    person = CaseFactory(decided_on=date(2023, 1, 1), reported_on=date(2023, 1, 3)).person
    allowance(person, 2)
    period = Period(area("46"), MAY, NOW, NOW)
    plain, told = break_down(period), break_down(period, persons=True)
    for code, figure in told.total.items():
        assert (figure.numerator, figure.denominator) == (
            plain.total[code].numerator, plain.total[code].denominator
        )  # fmt: skip
        assert max(figure.behind[1:]) <= figure.behind[0] <= 1, code
        if figure.denominator is not None:
            done, left = figure.numerator, figure.denominator - figure.numerator
            assert figure.behind[1:] == (min(done, 1), min(left, 1)), code
    assert told.total["assistance_person_times"].behind[:2] == (1, 1)


def given(day: date, number: int = 5) -> list[Payment]:
    """To so many persons, each with two members of the household."""
    boss = UserFactory(county_supervisor=True)
    return [
        paid(approved(by=boss, found_on=day), by=boss, paid_on=day, household=2)
        for _number in range(number)
    ]


def reversed_on(day: date, *rows: Payment) -> None:
    for row in rows:
        by = UserFactory(county_supervisor=True)
        reverse_payment(payment=row, by=by, client_uuid=uuid4(), on=day, reason="转账退回")


def behind(first: date, last: date) -> int:
    found = break_down(Period(area("46"), first, last, last), persons=True)
    return found.total[YUAN.code].behind[0]


def test_who_was_paid_by_mistake_hides_nobody() -> None:
    """Of five payments in May four were reversed in May: the sum is what one person received."""
    kept, *wrong = given(date(2024, 5, 6))
    reversed_on(date(2024, 5, 20), *wrong)
    found = cards()
    sums = ("assistance_persons", "assistance_person_times", "assistance_household")
    assert [found[code].masked for code in sums] == [True] * 3
    assert behind(MAY, date(2024, 5, 31)) == 1
    reversed_on(date(2024, 5, 21), kept)
    assert behind(MAY, date(2024, 5, 31)) == 0


def test_a_reversal_of_a_later_month_is_of_its_person_there() -> None:
    first, *_others = given(date(2024, 4, 8))
    reversed_on(date(2024, 5, 20), first)
    assert behind(date(2024, 4, 1), date(2024, 4, 30)) == 5
    assert behind(MAY, date(2024, 5, 31)) == 1
    assert behind(date(2024, 4, 1), date(2024, 5, 31)) == 4


def test_who_stands_in_two_units_is_one_of_the_whole() -> None:
    """Four persons were paid here, moved, and were paid there: the two units' four are the same."""
    boss = UserFactory(county_supervisor=True)
    four = [PersonFactory() for _number in range(4)]
    days = ((date(2024, 5, 6), "relief", False), (date(2024, 5, 20), "medical", True))
    for day, kind, moves in days:
        with time_machine.travel(f"{day}T12:00:00+08:00", tick=False):
            for person in four:
                if moves:
                    move_person(person=person, area=area(WANQUAN), by=boss)
                one = approved(kind, person=person, by=boss, found_on=day)
                paid(one, by=boss, paid_on=day, household=2)
    found = break_down(Period(area(QIONGHAI), MAY, NOW, NOW), persons=True)
    times = "assistance_person_times"
    assert sorted(unit.figures[times].behind[0] for unit in found.units)[-2:] == [4, 4]
    assert found.total[times].behind[0] == 4
    assert found.total[times].numerator == 8


def test_few_in_each_of_two_units_may_be_enough_together() -> None:
    boss = UserFactory(county_supervisor=True)
    for place in [JIAJI] * 3 + ["469002101200"] * 3:
        one = approved(person=PersonFactory(area=area(place)), by=boss, found_on=MAY)
        paid(one, by=boss, paid_on=MAY)
    found = break_down(Period(area(QIONGHAI), MAY, NOW, NOW), persons=True)
    assert found.total["assistance_persons"].behind == (6, 6, 0)
