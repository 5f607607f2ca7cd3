"""Who sees an absence: both sides, and who assigns in the unit of who is away."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.core.days import today
from apps.covers.models import Cover
from tests.covers.test_covers import Office
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, WENCHANG, area
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db


def day(number: int) -> date:
    return today() + timedelta(days=number)


def sees(user: User, cover: Cover) -> bool:
    return Cover.objects.visible_to(user).filter(pk=cover.pk).exists()


def test_both_sides_and_the_supervisors_of_the_unit_see_a_cover() -> None:
    office = Office()
    cover = office.cover()
    county = UserFactory(county_supervisor=True)
    assert [sees(user, cover) for user in (office.away, office.mate, office.boss, county)] == [
        True
    ] * 4
    strangers = [
        UserFactory(), UserFactory(town_supervisor=True, area=area(WANQUAN)),
        UserFactory(county_supervisor=True, area=area(WENCHANG)), UserFactory(system_admin=True),
        UserFactory(auditor=True), UserFactory(town_supervisor=True, is_active=False),
    ]  # fmt: skip
    assert [sees(user, cover) for user in strangers] == [False] * len(strangers)


def test_who_covers_for_somebody_of_a_unit_above_sees_the_own_cover_alone() -> None:
    office, county, third = Office(), *(UserFactory(county_supervisor=True) for _ in range(2))
    for one in (county, third):
        AssignmentFactory(person=PersonFactory(), worker=one)
    other = office.cover(worker=county, cover=UserFactory(county_supervisor=True))
    own = office.cover(worker=third, cover=office.boss)
    assert county.area == area(QIONGHAI)
    assert [sees(office.boss, cover) for cover in (own, other)] == [True, False]


@pytest.mark.parametrize("until", [4, None])
def test_a_cover_includes_its_first_and_its_last_day(until: int | None) -> None:
    Office().cover(starts_on=day(2), until_on=None if until is None else day(until))
    found = [Cover.objects.covering(day(n)).exists() for n in (1, 2, 4, 5)]
    assert found == [False, True, True, until is None]
    assert Cover.objects.not_over_on(day(4)).exists()
    assert Cover.objects.not_over_on(day(5)).exists() == (until is None)
