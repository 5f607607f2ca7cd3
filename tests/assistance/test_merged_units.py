"""A town that became another: months stay closed, budgets bind, letters have a sender."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.areas.services import merge_areas, open_area
from apps.assistance.models import Assistance, Budget, LetterSender, Payment
from apps.assistance.senders import sender_of
from apps.assistance.services import close_month, reverse_payment, set_budget
from apps.assistance.year import lines_of, months_of
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, WENCHENG, area
from tests.factories.assistance import approved, paid, programme
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
GIVEN, NOW = date(2024, 4, 1), date(2024, 6, 3)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def jiaji_becomes_wanquan() -> None:
    merge_areas(area=area(JIAJI), into=area(WANQUAN), by=User.objects.system())


def again(one: Assistance, fen: int = 10_000, **facts: Any) -> Payment:
    row = paid(Assistance.objects.get(pk=one.pk), fen, paid_on=GIVEN, **facts)
    row.refresh_from_db()  # the database says from which budget
    return row


def budget(boss: User, code: str, fen: int) -> Budget:
    return set_budget(
        programme=programme("relief"), area=area(code), year=2024, amount_fen=fen, by=boss
    )


def in_wanquan(boss: User) -> Assistance:
    return approved(by=boss, found_on=GIVEN, person=PersonFactory(area=area(WANQUAN)))


def test_a_closed_month_stays_closed(boss: User) -> None:
    one, other = approved(by=boss, found_on=GIVEN), in_wanquan(boss)
    row = paid(one, by=boss, paid_on=GIVEN)
    close_month(area=area(JIAJI), month=GIVEN, by=boss)
    jiaji_becomes_wanquan()
    for help_ in (one, other):  # one ledger now, and the month of it is closed
        with pytest.raises(Refused, match="month is closed"):
            again(help_, by=boss)
    back = {"payment": Payment.objects.get(pk=row.pk), "by": boss, "reason": "转账退回"}
    with pytest.raises(Refused, match="month is closed"):
        reverse_payment(**back, client_uuid=uuid4(), on=GIVEN)
    reverse_payment(**back, client_uuid=uuid4(), on=NOW)


def test_the_year_of_the_new_unit_shows_it_closed(boss: User) -> None:
    paid(approved(by=boss, found_on=GIVEN), by=boss, paid_on=GIVEN)
    close_month(area=area(JIAJI), month=GIVEN, by=boss)
    jiaji_becomes_wanquan()
    months = months_of(area(WANQUAN), 2024, lines_of(area(WANQUAN), 2024, boss))
    assert [month.first.month for month in months if month.closed] == [4]


def test_a_budget_binds_the_new_unit(boss: User) -> None:
    one = approved(by=boss, found_on=GIVEN)
    held = budget(boss, JIAJI, 15_000)
    jiaji_becomes_wanquan()
    assert again(one, by=boss).budget == held
    with pytest.raises(Refused, match="left of the budget"):
        again(one, by=boss)


def test_of_two_budgets_that_came_together_each_is_spent_and_none_overspent(boss: User) -> None:
    one, other = approved(by=boss, found_on=GIVEN), in_wanquan(boss)
    old, own = budget(boss, JIAJI, 10_000), budget(boss, WANQUAN, 10_000)
    jiaji_becomes_wanquan()
    assert [again(help_, by=boss).budget for help_ in (other, one)] == [own, old]
    with pytest.raises(Refused, match="left of the budget"):
        again(other, 1, by=boss)
    line = lines_of(area(WANQUAN), 2024, boss)[0]
    assert [left for _unit, _has, left, _back, _which in line.told_budgets] == ["0.00", "0.00"]


def test_the_budget_of_the_old_unit_is_the_one_that_is_changed(boss: User) -> None:
    held = budget(boss, JIAJI, 10_000)
    jiaji_becomes_wanquan()
    assert budget(boss, WANQUAN, 20_000) == held
    facts = {"programme": programme("relief"), "year": 2024, "amount_fen": 1, "recorded_by": boss}
    with pytest.raises(IntegrityError, match="budget_once_a_unit"), transaction.atomic():
        Budget.objects.create(area=area(WANQUAN), **facts)
    assert Budget.objects.get().amount_fen == 20_000


def test_the_sender_of_the_old_unit_signs_until_the_new_one_has_its_own() -> None:
    LetterSender.objects.create(area=area(JIAJI), name="嘉积镇综治中心")
    LetterSender.objects.create(area=area(JIAJI).parent, name="琼海市综治中心")
    jiaji_becomes_wanquan()
    assert str(sender_of(area(WANQUAN))) == "嘉积镇综治中心"
    LetterSender.objects.create(area=area(WANQUAN), name="万泉镇综治中心")
    assert str(sender_of(area(WANQUAN))) == "万泉镇综治中心"


def test_each_budget_is_put_right_on_its_own_row_by_who_runs_the_heir(boss: User) -> None:
    paid(approved(by=boss, found_on=GIVEN), 6_000, by=boss, paid_on=GIVEN)
    old, own = budget(boss, JIAJI, 10_000), budget(boss, WANQUAN, 10_000)
    jiaji_becomes_wanquan()
    chief = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert budget(chief, JIAJI, 8_000) == old
    assert budget(chief, WANQUAN, 9_000) == own
    told = Budget.objects.order_by("pk").values_list("amount_fen", flat=True)
    assert list(told) == [8_000, 9_000]
    with pytest.raises(Refused, match="More than this was paid"):
        budget(chief, JIAJI, 5_999)
    with pytest.raises(Refused, match="outside your area"):
        budget(UserFactory(town_supervisor=True, area=area(WENCHENG)), JIAJI, 9_000)


def test_a_unit_that_is_no_more_gets_no_budget_and_changes_none_of_the_heir(boss: User) -> None:
    held = budget(boss, WANQUAN, 10_000)
    jiaji_becomes_wanquan()
    with pytest.raises(Refused, match="gets no budget any more"):
        budget(boss, JIAJI, 5_000)
    held.refresh_from_db()
    assert held.amount_fen == 10_000


def test_of_two_budgets_that_came_none_is_guessed(boss: User) -> None:
    third = "469002102"
    open_area(code=third, name="石壁镇", by=User.objects.system())
    for code in (JIAJI, third):
        budget(boss, code, 10_000)
    for code in (JIAJI, third):
        merge_areas(area=area(code), into=area(WANQUAN), by=User.objects.system())
    with pytest.raises(Refused, match="correct each on its own"):
        budget(boss, WANQUAN, 5_000)


def test_the_ledger_leads_to_the_budget_of_the_unit_that_was(boss: User) -> None:
    old, own = budget(boss, JIAJI, 10_000), budget(boss, WANQUAN, 10_000)
    jiaji_becomes_wanquan()
    client = signed_in(boss)
    where, other = (
        reverse("assistance:correct-budget", args=[one.public_id]) for one in (old, own)
    )
    ledger = client.get(reverse("assistance:ledger"), secure=True).content.decode()
    assert where in ledger
    assert other not in ledger
    assert client.get(where, secure=True).status_code == 200
    assert client.post(where, {"amount_fen": "70"}, secure=True).status_code == 302
    told = Budget.objects.order_by("pk").values_list("amount_fen", flat=True)
    assert list(told) == [7_000, 10_000]
    stranger = signed_in(UserFactory(county_supervisor=True, area=area(WENCHENG).parent))
    assert stranger.get(where, secure=True).status_code == 404
