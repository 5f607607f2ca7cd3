"""The area switch: a supervisor looks at one unit below, and every page says which."""

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHENG, area
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import VILLAGE, PersonFactory

pytestmark = pytest.mark.django_db
TODAY, PERSONS = "workbench:today", "persons:list"


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def text(user: User, name: str, **params: Any) -> str:
    return str(signed_in(user).get(reverse(name), params).content.decode())


def test_only_whoever_sees_a_whole_area_switches_units(boss: User) -> None:
    assert reverse("accounts:units") in text(boss, PERSONS)
    worker = UserFactory()
    assert reverse("accounts:units") not in text(worker, PERSONS)
    assert signed_in(worker).get(reverse("accounts:units")).status_code == 403


def test_the_page_one_comes_from_is_narrowed_and_keeps_its_filters(boss: User) -> None:
    page = text(boss, "accounts:units", next="/persons/?risk_level=high&page=3")
    assert f'href="/persons/?area={JIAJI}&amp;risk_level=high"' in page
    assert 'href="/persons/?risk_level=high" aria-current="true"' in page
    assert VILLAGE not in page
    chosen = text(boss, "accounts:units", next=f"/persons/?area={JIAJI}")
    assert f'href="/persons/?area={VILLAGE}"' in chosen
    assert f'href="/persons/?area={JIAJI}" aria-current="true"' in chosen
    assert 'href="//elsewhere' not in text(boss, "accounts:units", next="//elsewhere.example/")


def test_lists_today_and_the_next_page_stay_in_the_chosen_unit(boss: User) -> None:
    here = running_case(UserFactory(), days=20).person
    there = running_case(
        UserFactory(area=area(WANQUAN)), days=20, person=PersonFactory(area=area(WANQUAN))
    ).person
    for name in (PERSONS, TODAY):
        page = text(boss, name, area=JIAJI)
        assert here.name in page
        assert there.name not in page
        assert f'href="/needs/?area={JIAJI}"' in page
        assert "琼海市 › 嘉积镇" in page
    assert "tab=late&amp;area=" in text(boss, TODAY, area=JIAJI)
    assert 'value="嘉积镇"' in text(boss, PERSONS, area=JIAJI)
    assert there.name in text(boss, TODAY)


def test_a_unit_that_is_not_below_narrows_nothing_and_shows_nothing(boss: User) -> None:
    assert boss.unit_below(WENCHENG) is None
    assert boss.unit_below(QIONGHAI) is None
    assert boss.unit_below("嘉积镇") == area(JIAJI)
    assert UserFactory().unit_below(VILLAGE) is None
    assert f"/needs/?area={WENCHENG}" not in text(boss, TODAY, area=WENCHENG)
