"""Of whose work somebody looks whether it lasts, how long, and what a look says of its end."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services import close_case
from apps.core.refusals import Refused
from apps.employment.codes import Source
from apps.employment.figures import EMPLOYED_RATE
from apps.employment.models import Look, Placement
from apps.employment.services import (
    End,
    correct_placement,
    end_placement,
    take_back_end,
    withdraw_entry,
)
from apps.employment.today import _rows
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.schedule.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.cases import CaseFactory
from tests.factories.employment import looked, placed
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
DAY = date(2024, 9, 5)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def case() -> Case:
    made: Case = CaseFactory(decided_on=date(2023, 5, 1), reported_on=date(2023, 5, 3))
    return made


def waits(boss: User, day: date = DAY) -> bool:
    return bool(list(_rows(Scope(boss, day))))


def test_a_look_waits_some_weeks_and_nobody_asks_for_ever(boss: User, case: Case) -> None:
    first = placed(case.person, by=boss, days=200).starts_on

    def on(days: int) -> list[date | None]:
        day = first + timedelta(days=days)
        return list(Placement.objects.to_be_looked_at(day).values_list("look_on", flat=True))

    for days, due in ((29, None), (30, 30), (89, 30), (90, 90), (150, 90), (151, None),
                      (179, None), (180, 180), (240, 180), (241, None), (900, None)):  # fmt: skip
        assert on(days) == ([] if due is None else [first + timedelta(days=due)]), days


def test_nobody_is_asked_about_after_the_term_or_three_years_abstinent(
    boss: User, case: Case
) -> None:
    row = placed(case.person, by=boss, days=40)
    page = signed_in(boss)
    assert waits(boss)
    assert "Nobody has looked since" in shown(page, row)
    Person.objects.filter(pk=case.person_id).update(life_status="clean", life_status_since=DAY)
    assert not waits(boss)
    Person.objects.filter(pk=case.person_id).update(life_status="", life_status_since=None)
    close_case(case=case, by=boss, reason="revoked", on=DAY - timedelta(days=1))
    assert not waits(boss)
    assert "Nobody has looked since" not in shown(page, row)


def shown(page: Any, row: Placement) -> str:
    answer = page.get(
        reverse("employment:placement", args=[row.public_id]),
        secure=True,
        HTTP_ACCEPT_LANGUAGE="en",
    )
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_line_of_a_ledger_asks_nobody(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=40)
    Placement.objects.filter(pk=row.pk).update(source=Source.LEDGER)
    assert not waits(boss)


def test_whoever_is_not_there_any_more_works_there_no_more(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=100)
    left = DAY - timedelta(days=9)
    for wrong, field in (
        ({}, "ended_on"), ({"ended_on": left}, "end_reason"),
        ({"ended_on": DAY, "end_reason": "other"}, "end_words"),
        ({"ended_on": DAY + timedelta(days=1), "end_reason": "health"}, "ended_on"),
        ({"ended_on": row.starts_on - timedelta(days=1), "end_reason": "health"}, "ended_on"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            looked(row, by=boss, still="no", **wrong)
        assert refusal.value.field == field
    with pytest.raises(Refused) as refusal:
        looked(row, by=boss, still="yes", ended_on=left, end_reason="health")
    assert refusal.value.field == "still"
    assert not Look.objects.exists()
    looked(row, by=boss, still="no", ended_on=left, end_reason="contract")
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (left, "contract")
    assert EMPLOYED_RATE.measure(Period(area(), DAY, DAY, DAY)).numerator == 0
    assert not waits(boss)
    # The look lies after the last day, and says nothing else.
    correct_placement(**same(row, boss, end=End(left - timedelta(days=1), "contract")))


def same(row: Placement, by: User, **facts: Any) -> dict[str, Any]:
    names = ("kind", "starts_on", "consent_how", "consent_on", "employer", "version")
    known = {name: getattr(row, name) for name in names}
    return {"placement": row, "by": by, "reason": "登记表抄错了", **known, **facts}


def test_no_end_lies_before_a_day_on_which_somebody_saw_the_person_there(
    boss: User, case: Case
) -> None:
    row = placed(case.person, by=boss, days=100)
    looked(row, by=boss, day=DAY - timedelta(days=4))
    before = DAY - timedelta(days=30)
    with pytest.raises(Refused, match="looked after this day") as refusal:
        end_placement(placement=row, by=boss, on=before, reason="contract")
    assert refusal.value.field == "on"
    with pytest.raises(Refused, match="looked after this day") as refusal:
        looked(row, by=boss, still="no", ended_on=before, end_reason="contract")
    assert refusal.value.field == "ended_on"
    end_placement(placement=row, by=boss, on=DAY - timedelta(days=4), reason="contract")


def test_no_end_lies_after_a_day_on_which_nobody_was_there_any_more(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=100)
    gone = looked(row, by=boss, day=DAY - timedelta(days=30), still="no",
                  ended_on=DAY - timedelta(days=31), end_reason="own_wish")  # fmt: skip
    row.refresh_from_db()
    with pytest.raises(Refused, match="was not there any more") as refusal:
        correct_placement(**same(row, boss, end=End(DAY, "own_wish")))
    assert refusal.value.field == "ended_on"
    correct_placement(**same(row, boss, end=End(gone.day, "own_wish")))
    row.refresh_from_db()
    withdraw_entry(row=gone, by=boss, reason="看错了人")
    correct_placement(**same(row, boss, end=End(DAY, "own_wish")))


def test_whoever_takes_an_end_back_takes_back_the_look_before_another_end(
    boss: User, case: Case
) -> None:
    row = placed(case.person, by=boss, days=100)
    gone = looked(row, by=boss, day=DAY - timedelta(days=30), still="no",
                  ended_on=DAY - timedelta(days=31), end_reason="own_wish")  # fmt: skip
    row.refresh_from_db()
    take_back_end(placement=row, by=boss, reason="没有离岗", version=row.version)
    with pytest.raises(Refused, match="was not there any more") as refusal:
        end_placement(placement=row, by=boss, on=DAY, reason="own_wish")
    assert refusal.value.field == "on"
    withdraw_entry(row=gone, by=boss, reason="看错了人")
    end_placement(placement=row, by=boss, on=DAY, reason="own_wish")


def test_a_look_before_the_end_does_not_say_not_there_any_more(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=100)
    end_placement(placement=row, by=boss, on=DAY, reason="own_wish")
    with pytest.raises(Refused, match="the person was there") as refusal:
        looked(row, by=boss, day=DAY - timedelta(days=30), still="no")
    assert refusal.value.field == "still"
    looked(row, by=boss, day=DAY - timedelta(days=30), still="yes")


def test_who_withdraws_a_look_is_told_that_the_end_it_brought_stays(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=100)
    seen = looked(row, by=boss, day=DAY - timedelta(days=50))
    gone = looked(row, by=boss, still="no", ended_on=DAY, end_reason="own_wish")
    client = signed_in(boss)

    def told(look: Look) -> bool:
        url = reverse("employment:withdraw-look", args=[look.public_id])
        page = client.get(url, secure=True, headers={"Accept-Language": "en"})
        return "The end of the work stays, too" in page.content.decode()

    assert told(gone)
    assert not told(seen)
    row.refresh_from_db()
    take_back_end(placement=row, by=boss, reason="没有离岗", version=row.version)
    assert not told(gone)
