"""Once a year after release: Today reminds the office before a round ends, and the person owes
nothing.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.cases.services import close_case
from apps.followups.models import FollowUpRound, FollowUpTarget
from apps.followups.services import (
    close_round,
    fill_from_orders,
    fill_from_released,
    note_second_call,
    withdraw_attempt,
)
from apps.followups.today import _released
from apps.persons.models import Person
from apps.schedule.scope import Scope
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
DAY, LAST = date(2024, 6, 3), date(2024, 6, 20)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def found(boss: User) -> FollowUpRound:
    return round_of(by=boss, first=date(2024, 5, 20), last=LAST)


def released(boss: User) -> Person:
    case = CaseFactory()
    close_case(case=case, by=boss, reason="revoked", on=date(2024, 5, 2))
    person: Person = case.person
    return person


def on_list(found: FollowUpRound, boss: User) -> FollowUpTarget:
    """Somebody whose order ended, on the list of the round."""
    person = released(boss)
    fill_from_released(round=found, by=boss)
    return FollowUpTarget.objects.get(round=found, person=person)


def waits(boss: User, day: date = DAY) -> int:
    return len(list(_released(Scope(boss, day))))


def test_who_was_released_is_looked_in_on_before_the_round_ends(
    found: FollowUpRound, boss: User
) -> None:
    on_list(found, boss)
    assert waits(boss)
    FollowUpRound.objects.update(last=date(2024, 7, 30))
    assert not waits(boss), "a round that has just begun reminds nobody"
    assert waits(boss, date(2024, 6, 30))
    assert waits(boss, date(2024, 7, 30))
    assert not waits(boss, date(2024, 7, 31))
    close_round(round=FollowUpRound.objects.get(), by=boss)
    assert not waits(boss, date(2024, 7, 30))


def test_a_try_a_talk_of_the_year_and_a_no_end_it(found: FollowUpRound, boss: User) -> None:
    row = on_list(found, boss)
    tried = noted(row, by=boss, outcome="not_reached", way="")
    assert not waits(boss), "from now on it is a second call, if somebody notes one"
    withdraw_attempt(attempt=tried, by=boss, reason="记错了人")
    assert waits(boss)
    other = round_of(by=boss, title="村里的回访", first=date(2024, 5, 20), last=LAST)
    elsewhere = noted(looked_in_on(other, row.person, by=boss), by=boss)
    assert not waits(boss), "once a year is enough"
    withdraw_attempt(attempt=elsewhere, by=boss, reason="记错了人")
    note_second_call(target=row, by=boss, on=LAST)
    assert not waits(boss), "it comes as a second call"
    FollowUpTarget.objects.update(second_call_on=None)
    noted(row, by=boss, outcome="declined")
    assert not waits(boss)


def test_nobody_is_reminded_of_who_is_under_order_died_or_long_released(
    found: FollowUpRound, boss: User
) -> None:
    CaseFactory()
    assert fill_from_orders(round=found, by=boss)
    assert not waits(boss)
    row = on_list(found, boss)
    FollowUpRound.objects.update(last=date(2027, 6, 3))
    assert waits(boss, date(2027, 5, 5)) == 0, "three years have gone by"
    FollowUpRound.objects.update(last=LAST)
    assert waits(boss)
    Person.objects.filter(pk=row.person_id).update(life_status="deceased")
    assert not waits(boss)


def test_of_two_files_that_became_one_the_line_stands_once(
    found: FollowUpRound, boss: User
) -> None:
    row, other = on_list(found, boss), PersonFactory()
    looked_in_on(found, other, by=boss)
    merged_into(row.person, other, UserFactory(records_admin=True))
    assert waits(boss) == 1


def test_the_line_stands_with_the_worker_of_the_person_and_says_that_nothing_is_owed() -> None:
    worker, other = UserFactory(), UserFactory()
    boss = UserFactory(town_supervisor=True)
    case = running_case(worker)
    case = close_case(case=case, by=boss, reason="revoked", on=DAY - timedelta(days=20))
    found = round_of(by=boss, first=DAY - timedelta(days=10), last=LAST)
    fill_from_released(round=found, by=boss)
    row = FollowUpTarget.objects.get()
    english = {"secure": True, "headers": {"Accept-Language": "en"}}

    def page(user: User) -> str:
        answer = signed_in(user).get(reverse("workbench:today"), {"tab": "month"}, **english)
        return str(answer.content.decode())

    assert reverse("followups:target", args=[row.public_id]) in page(worker)
    assert reverse("followups:target", args=[row.public_id]) not in page(other)
    url = reverse("workbench:line-why", args=["followup-released", row.public_id])
    text = signed_in(worker).get(url, **english).content.decode()
    assert "The person owes nothing" in text
    assert "art. 7" in text
