"""Two connections at once: nothing over budget, no row lost, words for whoever comes second."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Assistance, Budget, MonthClosing, Payment
from apps.assistance.services import close_month, reverse_payment, set_budget
from apps.assistance.services.helping import lock_help
from apps.core.refusals import Refused
from apps.persons.services.moving import move_person
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHENG, area
from tests.factories.assistance import approved, helped, paid
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db(transaction=True)
MAY = date(2024, 5, 2)
FEN = 10_000


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def told(act: Callable[[], Any]) -> Callable[[], str]:
    """What came of an act: nothing, or the words of a refusal."""

    def run() -> str:
        with translation.override("en"):
            try:
                act()
            except Refused as refusal:
                return str(refusal)
        return ""

    return run


def of_both(*acts: Callable[[], Any]) -> list[str]:
    return sorted(at_once(*[told(act) for act in acts]))


def test_two_payments_do_not_exceed_a_budget_together(boss: User) -> None:
    helps = [approved(by=boss) for _n in range(4)]
    set_budget(programme=helps[0].programme, area=area(QIONGHAI), year=2024,
               amount_fen=2 * FEN + 1, by=boss)  # fmt: skip
    words = of_both(*[lambda one=one: paid(one, FEN, by=boss) for one in helps])
    assert words[:2] == ["", ""]
    assert all("More than what is left" in one for one in words[2:])
    budget = Budget.objects.with_spent().get()
    assert (budget.spent, budget.left) == (2 * FEN, 1)


def test_a_first_budget_and_a_payment_stand_one_after_the_other(boss: User) -> None:
    """Either the payment is over what there is, or the budget is less than what was paid."""
    one = approved(by=boss)
    facts = {"programme": one.programme, "area": area(QIONGHAI), "year": 2024, "by": boss}
    words = of_both(
        lambda: paid(one, FEN, by=boss), lambda: set_budget(**facts, amount_fen=FEN - 1)
    )
    assert words[0] == ""
    assert "More than" in words[1]
    assert (Payment.objects.count(), Budget.objects.count()) in ((1, 0), (0, 1))


def test_two_budgets_of_a_unit_and_year_are_one(boss: User) -> None:
    one = approved(by=boss)
    facts = {"programme": one.programme, "area": area(QIONGHAI), "year": 2024, "by": boss}
    words = of_both(
        *[lambda fen=fen: set_budget(**facts, amount_fen=fen) for fen in (FEN, FEN + 1)]
    )
    assert words[0] == ""
    assert words[1] in ("", "This unit has a budget for the programme and year.")
    assert Budget.objects.get().amount_fen in (FEN, FEN + 1)


def test_a_payment_beside_the_closing_of_its_month(boss: User) -> None:
    """It is in the month that was closed, or it is told that the month is."""
    helps = [approved(by=boss, found_on=MAY) for _n in range(4)]
    close = lambda: close_month(area=area(QIONGHAI), month=MAY, by=boss)  # noqa: E731
    words = of_both(close, *[lambda one=one: paid(one, FEN, by=boss, paid_on=MAY) for one in helps])
    late = [one for one in words if one]
    assert all("This month is closed" in one for one in late)
    assert MonthClosing.objects.count() == 1
    assert Payment.objects.sums()["fen"] == FEN * (len(helps) - len(late))
    assert told(lambda: paid(helps[0], 1, by=boss, paid_on=MAY))() != ""


def test_a_reversal_beside_the_closing_of_its_month(boss: User) -> None:
    one = approved(by=boss, found_on=MAY)
    rows = [paid(one, FEN, by=boss, paid_on=MAY) for _n in range(3)]
    close = lambda: close_month(area=area(QIONGHAI), month=MAY, by=boss)  # noqa: E731
    words = of_both(close, *[
        lambda row=row: reverse_payment(
            payment=row, by=boss, client_uuid=uuid4(), on=MAY, reason="重复登记"
        )
        for row in rows
    ])  # fmt: skip
    late = [one for one in words if one]
    assert all("This month is closed" in one for one in late)
    assert Payment.objects.sums()["fen"] == FEN * len(late)


def test_two_reversals_of_a_payment_are_one(boss: User) -> None:
    row = paid(approved(by=boss), FEN, by=boss)
    words = of_both(*[
        lambda: reverse_payment(payment=row, by=boss, client_uuid=uuid4(), on=row.paid_on,
                                reason="重复登记")
    ] * 2)  # fmt: skip
    assert words == ["", "A reversal takes back one payment, whole and once."]
    assert Payment.objects.sums()["fen"] == 0


def test_the_same_help_found_twice_is_one(boss: User) -> None:
    person = PersonFactory()
    words = of_both(*[lambda: helped("living", person=person, by=boss)] * 2)
    assert words[0] == ""
    assert "runs since" in words[1]
    assert Assistance.objects.count() == 1


def test_a_month_is_paid_once_by_two_helps_of_one_member(boss: User) -> None:
    """Two files had it, each its own; since they are one, so is the month."""
    kept, merged = PersonFactory(), PersonFactory()
    member = {"beneficiary": "member", "member_words": "女儿", "by": boss}
    helps = [approved("living", person=one, **member) for one in (kept, merged)]
    merged_into(kept, merged, UserFactory(records_admin=True, area=area(QIONGHAI)))
    words = of_both(*[lambda one=one: paid(one, FEN, by=boss) for one in helps])
    assert words[0] == ""
    assert words[1:] == ["One of these months was paid already: reverse that first."]
    assert Payment.objects.count() == 1


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_payment_beside_a_move_waits_in_no_ring(boss: User) -> None:
    """The row is in the ledger of the office, and stands where the person is."""
    one = approved(by=boss)

    def move() -> None:
        try:
            move_person(person=one.person, area=area(WENCHENG), by=User.objects.system())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as hands:
        with transaction.atomic():
            lock_help(one)
            moving, until = hands.submit(move), monotonic() + 10
            while not somebody_waits() and monotonic() < until:
                sleep(0.02)
            row = paid(one, FEN, by=boss)
        moving.result(20)
    row.refresh_from_db()
    assert (row.office, row.town) == (area(), area(WENCHENG))
