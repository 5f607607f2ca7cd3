"""Numbers that another unit keeps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.persons.models import OutsideLookup, Person
from apps.persons.services import look_up_outside, lookups_left, mark_lookup_seen
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


def outside() -> Person:
    return PersonFactory(area=area(WENCHENG))


def test_a_lookup_stands_in_the_scope_of_the_persons_unit() -> None:
    worker, person = UserFactory(), outside()
    look_up_outside(by=worker, person=person)
    theirs = UserFactory(town_supervisor=True, area=area(WENCHENG))
    assert OutsideLookup.objects.visible_to(theirs).count() == 1
    assert OutsideLookup.objects.visible_to(UserFactory(town_supervisor=True)).count() == 0


def test_the_eleventh_lookup_of_a_day_is_refused() -> None:
    worker, person = UserFactory(), outside()
    for left in range(10, 0, -1):
        assert lookups_left(worker) == left
        look_up_outside(by=worker, person=person)
    with pytest.raises(Refused, match="今天已查询十个在其他单位建档的号码，请明天再查。"):
        look_up_outside(by=worker, person=person)
    look_up_outside(by=UserFactory(), person=person)


def test_the_count_begins_anew_at_midnight_in_shanghai() -> None:
    worker, person = UserFactory(), outside()
    with time_machine.travel(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), tick=False):
        for _ in range(10):
            look_up_outside(by=worker, person=person)
        assert lookups_left(worker) == 0
    with time_machine.travel(datetime(2026, 3, 1, 16, 0, 0, tzinfo=UTC), tick=False):
        assert lookups_left(worker) == 10


def test_seen_is_noted_once() -> None:
    lookup = look_up_outside(by=UserFactory(), person=outside())
    first = UserFactory()
    mark_lookup_seen(lookup=lookup, by=first)
    assert mark_lookup_seen(lookup=lookup, by=UserFactory()).seen_by == first


@pytest.mark.django_db(transaction=True)
def test_twelve_at_once_are_ten() -> None:
    worker, person = UserFactory(), outside()

    def act(_number: int) -> bool:
        try:
            look_up_outside(by=User.objects.get(pk=worker.pk), person=person)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(act, range(12))) == 10
    assert OutsideLookup.objects.count() == 10
