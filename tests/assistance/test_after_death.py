"""Who has died is paid nothing in silence; what is missed or taken back does not hide the rest."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.models import Assistance, AssistanceStep, MonthClosing, Payment
from apps.assistance.services import ask_for_same_help, close_month, take_back_step
from apps.assistance.today import _rows
from apps.core.refusals import Refused
from apps.needs.services import close_need, record_need, refer_need
from apps.persons.models import Person
from apps.schedule.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, area
from tests.factories.assistance import approved, gone, helped, looked, paid
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db
NOW, DIED = date(2024, 6, 3), date(2024, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def has_died(row: Assistance) -> None:
    died(row.person)


def died(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(life_status="deceased", life_status_since=DIED)
    person.refresh_from_db()


def test_an_allowance_for_months_after_the_death_asks_why(boss: User) -> None:
    one = approved("living", found_on=date(2024, 1, 5), by=boss)
    has_died(one)
    paid(one, by=boss, paid_on=date(2024, 3, 20))
    paid(one, by=boss, paid_on=date(2024, 4, 20), month_first=date(2024, 2, 1))
    with pytest.raises(Refused, match="had died before") as told:
        paid(one, by=boss, paid_on=date(2024, 4, 20))
    assert told.value.field == "words"
    row = paid(one, by=boss, paid_on=date(2024, 4, 20), words="银行已划出，正在追回")
    assert row.month_first == date(2024, 4, 1)


def test_the_page_asks_it_in_words(boss: User) -> None:
    one = approved("relief", found_on=date(2024, 1, 5), by=boss)
    has_died(one)
    facts = {
        "client_uuid": str(uuid4()), "paid_on": "2024-03-20", "how": "bank", "amount_fen": "600",
        "receipt": "signed", "payer": "民政局",
    }  # fmt: skip
    url = reverse("assistance:pay", args=[one.public_id])
    answer = signed_in(boss).post(url, facts, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert "had died before these days" in answer.content.decode()
    assert not Payment.objects.exists()


def test_a_member_of_the_household_is_helped_after_it(boss: User) -> None:
    one = approved("relief", found_on=DIED, by=boss)
    has_died(one)
    own = {"person": one.person, "beneficiary": "member", "member_words": "女儿"}
    paid(approved("relief", by=boss, **own), by=boss)
    with pytest.raises(Refused, match="had died before this day"):
        helped("charity", person=one.person, by=boss)
    with pytest.raises(Refused, match="had died before this day"):
        record_need(
            person=one.person, by=boss, kind="work", urgency="soon", said_by="person",
            said_on=DIED + DAY,
        )  # fmt: skip


def test_a_look_that_was_missed_does_not_silence_the_later_ones(boss: User) -> None:
    one = approved(by=boss, person=CaseFactory().person)
    paid(one, by=boss)
    one.refresh_from_db()
    rows = Assistance.objects
    due = {n for n in range(400) if rows.to_be_looked_at(NOW + n * DAY).exists()}
    assert due == {*range(30, 151), *range(180, 241)}
    for day, after in ((30, 30), (89, 30), (90, 90), (150, 90), (180, 180)):
        [line] = _rows(Scope(boss, NOW + day * DAY)).values_list("line_on", flat=True)
        assert line == NOW + after * DAY
        assert one.look_asked(NOW + day * DAY) == after
    with time_machine.travel("2024-09-03T12:00:00+08:00", tick=False):
        looked(one, 90, by=boss)
        assert not rows.to_be_looked_at(NOW + 92 * DAY).exists()
        assert rows.to_be_looked_at(NOW + 180 * DAY).exists()


def test_a_village_keeps_no_ledger_and_closes_no_month(boss: User) -> None:
    village = PersonFactory().village
    with pytest.raises(Refused, match="A county or a town keeps a ledger") as told:
        close_month(area=village, month=date(2024, 4, 1), by=boss)
    assert told.value.field == "area"
    answer = signed_in(boss).post(
        reverse("assistance:close"), {"area": village.code, "month": "2024-04-15"}, secure=True,
        HTTP_ACCEPT_LANGUAGE="en",
    )  # fmt: skip
    assert "A county or a town keeps a ledger" in answer.content.decode()
    for unit in (village, area("46")):
        with pytest.raises(IntegrityError, match="month_of_a_ledger"), transaction.atomic():
            MonthClosing.objects.create(area=unit, month=date(2024, 4, 1), closed_by=boss)
    for code in (QIONGHAI, JIAJI[:9]):
        close_month(area=area(code), month=date(2024, 4, 1), by=boss)


def test_an_end_is_not_taken_back_beside_a_help_that_runs_meanwhile(boss: User) -> None:
    one = gone(helped(by=boss), "ended", by=boss)
    two = helped(person=one.person, by=boss)
    back: dict[str, Any] = {
        "step": AssistanceStep.objects.get(assistance=one, kind="ended"), "by": boss,
        "reason": "记错了，没有结束",
    }  # fmt: skip
    with pytest.raises(Refused, match="This help runs since"):
        take_back_step(**back)
    gone(two, "ended", by=boss)
    take_back_step(**back)
    one.refresh_from_db()
    assert one.state == "found"


def test_an_application_left_open_for_years_is_no_answer_of_today(boss: User) -> None:
    number, long_ago = resident_number(55), date(2023, 1, 5)
    member = {"beneficiary": "member", "member_words": "妹妹", "by": boss}
    old = gone(helped(found_on=long_ago, **member), "applied", day=long_ago, by=boss)
    new = helped(**member)

    def asked(one: Assistance, day: date) -> bool:
        return ask_for_same_help(
            assistance=one, by=boss, first=day, last=day, number=number
        ).is_given

    with time_machine.travel("2023-01-05T12:00:00+08:00", tick=False):
        asked(old, long_ago)
    assert asked(new, date(2023, 12, 1)) is True
    assert asked(new, NOW) is False


def test_a_need_ends_no_sooner_than_it_was_passed_on(boss: User) -> None:
    need = record_need(
        person=PersonFactory(), by=boss, kind="work", urgency="soon", said_by="person",
        said_on=date(2024, 5, 1),
    )  # fmt: skip
    refer_need(need=need, by=boss, to="人社局", on=date(2024, 6, 1))
    with pytest.raises(Refused, match="It was passed on later") as told:
        close_need(need=need, by=boss, outcome="met", on=date(2024, 5, 5))
    assert told.value.field == "on"
    close_need(need=need, by=boss, outcome="met", on=date(2024, 6, 1))
