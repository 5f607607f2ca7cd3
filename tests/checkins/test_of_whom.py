"""Two persons on one day: what is on file of the one answers nothing about the other."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.cases import CaseFactory
from tests.factories.schedule import seen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("only_checkins")]
NOW = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


def current(case: Case) -> DueItem:
    return DueItem.objects.get(case=case, opens_on__lte=NOW, due_on__gte=NOW)


def test_a_second_tap_is_answered_with_the_check_in_of_the_same_person(worker: User) -> None:
    other, case = CaseFactory(), CaseFactory()
    seen(other, NOW, "08:00", by=worker, due_item=current(other))
    first = seen(case, NOW, "09:00", by=worker, due_item=current(case))
    again = seen(case, NOW, "09:30", by=worker, due_item=current(case))
    assert again.checkin == first.checkin


def test_the_same_try_at_two_persons_is_two_tries(worker: User) -> None:
    facts = {"outcome": "not_done", "reason": "away", "next_on": NOW + timedelta(days=2)}
    other, case = CaseFactory(), CaseFactory()
    for one in (other, case):
        assert seen(one, NOW, by=worker, due_item=current(one), **facts).created


def test_a_window_is_taken_by_its_own_check_in_alone(worker: User) -> None:
    other, case = CaseFactory(), CaseFactory()
    for one in (other, case):
        assert seen(one, NOW, by=worker, due_item=current(one)).checkin.due_item == current(one)
