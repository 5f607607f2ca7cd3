"""Of whose work somebody looks whether it lasts, how long, and what a look says of its end."""

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


def test_whoever_takes_an_end_back_takes_back_the_look_that_made_it(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=100)
    gone = looked(row, by=boss, day=DAY - timedelta(days=30), still="no",
                  ended_on=DAY - timedelta(days=31), end_reason="own_wish")  # fmt: skip
    row.refresh_from_db()
    with pytest.raises(Refused, match="was not there any more"):
        take_back_end(placement=row, by=boss, reason="没有离岗", version=row.version)
    withdraw_entry(row=gone, by=boss, reason="看错了人")
    end_placement(placement=row, by=boss, on=DAY, reason="own_wish")


def test_a_look_before_the_end_does_not_say_not_there_any_more(boss: User, case: Case) -> None:
    row = placed(case.person, by=boss, days=100)
    end_placement(placement=row, by=boss, on=DAY, reason="own_wish")
    with pytest.raises(Refused, match="the person was there") as refusal:
        looked(row, by=boss, day=DAY - timedelta(days=30), still="no")
    assert refusal.value.field == "still"
    looked(row, by=boss, day=DAY - timedelta(days=30), still="yes")


def test_who_withdraws_a_look_is_told_that_an_end_it_did_not_make_stays(
    boss: User, case: Case
) -> None:
    row = placed(case.person, by=boss, days=100)
    seen = looked(row, by=boss, day=DAY - timedelta(days=50))
    gone = looked(row, by=boss, still="no", ended_on=DAY, end_reason="own_wish")
    client = signed_in(boss)

    def told(look: Look) -> bool:
        url = reverse("employment:withdraw-look", args=[look.public_id])
        page = client.get(url, secure=True, headers={"Accept-Language": "en"})
        return "The end of the work stays, too" in page.content.decode()

    assert not told(gone)  # it goes with the look that made it
    assert not told(seen)
    Look.objects.filter(pk=gone.pk).update(made_end_on=None)
    assert told(gone)


def test_a_look_that_is_taken_back_takes_the_end_that_it_made(case: Case, boss: User) -> None:
    work = placed(case.person, by=boss)
    gone = looked(
        work, by=boss, still="no", ended_on=DAY - timedelta(days=2), end_reason="own_wish"
    )
    page = signed_in(boss, headers={"accept-language": "en"}).get(
        reverse("employment:withdraw-look", args=[gone.public_id]), secure=True
    )
    assert "goes with it: the work goes on" in page.content.decode()
    work.refresh_from_db()
    with pytest.raises(Refused, match="was not there any more"):
        take_back_end(placement=work, by=boss, reason="还在上班", version=work.version)
    withdraw_entry(row=gone, by=boss, reason="看错了人")
    work.refresh_from_db()
    assert (work.ended_on, work.end_reason, work.end_words) == (None, "", "")
    assert looked(work, by=boss, still="yes").made_end_on is None


def test_an_end_that_was_put_right_since_is_not_the_looks_any_more(case: Case, boss: User) -> None:
    work = placed(case.person, by=boss)
    gone = looked(
        work, by=boss, still="no", ended_on=DAY - timedelta(days=2), end_reason="own_wish"
    )
    Placement.objects.filter(pk=work.pk).update(ended_on=DAY - timedelta(days=3))
    withdraw_entry(row=gone, by=boss, reason="看错了人")
    work.refresh_from_db()
    assert work.ended_on == DAY - timedelta(days=3)


@pytest.mark.parametrize(
    ("still", "day", "ended_on"),
    [
        ("yes", DAY, DAY - timedelta(days=1)),
        ("no", DAY - timedelta(days=2), DAY - timedelta(days=1)),
        ("no", DAY, None),
        ("yes", DAY - timedelta(days=90), None),
    ],
)
def test_the_database_keeps_an_end_and_its_looks_together(
    still: str, day: date, ended_on: date | None, case: Case, boss: User
) -> None:
    work = placed(case.person, by=boss)
    seen = looked(work, by=boss, still="yes", day=DAY - timedelta(days=9))
    if ended_on:
        end_placement(placement=work, by=boss, on=ended_on, reason="own_wish")
    seen.pk, seen._state.adding = None, True
    seen.public_id, seen.client_uuid, seen.day, seen.still = uuid4(), uuid4(), day, still
    with pytest.raises(IntegrityError, match="employment_look_beside_end"), transaction.atomic():
        seen.save()


@pytest.mark.parametrize("ended_on", [DAY - timedelta(days=10), None, DAY + timedelta(days=1)])
def test_past_the_service_no_end_lies_beside_its_looks(
    ended_on: date | None, case: Case, boss: User
) -> None:
    work = placed(case.person, by=boss)
    looked(work, by=boss, still="yes", day=DAY - timedelta(days=9))
    looked(work, by=boss, still="no", ended_on=DAY - timedelta(days=2), end_reason="own_wish")
    facts = {"ended_on": ended_on, "end_reason": "own_wish" if ended_on else ""}
    with pytest.raises(IntegrityError, match="employment_end_beside_looks"), transaction.atomic():
        Placement.objects.filter(pk=work.pk).update(**facts)
