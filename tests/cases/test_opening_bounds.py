"""Where an order is opened, what it does to the file, and that two never run at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases import services
from apps.persons.models import FormerUnit
from apps.persons.services import change_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE, PersonFactory
from tests.refusing import answered

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


@pytest.mark.parametrize(
    ("code", "town", "moved"),
    [
        (None, JIAJI, False),
        (VILLAGE, JIAJI, False),
        (JIAJI, JIAJI, False),
        (QIONGHAI, JIAJI, False),
        (WANQUAN, WANQUAN, True),
    ],
)
def test_an_order_is_opened_where_the_person_lives_or_brings_the_person_there(
    boss: User, code: str | None, town: str, *, moved: bool
) -> None:
    person = PersonFactory()
    case = CaseFactory(person=person, by=boss, area=area(code) if code else None)
    person.refresh_from_db()
    assert (case.town.code, person.town.code) == (town, town)
    assert (person.village is None) is moved
    assert FormerUnit.objects.filter(person=person).exists() is moved


@pytest.mark.parametrize(
    ("life", "after"),
    [("follow_up", ""), ("clean", ""), ("deceased", "deceased"), ("", "")],
)
def test_with_a_new_order_nobody_is_followed_up_any_more(boss: User, life: str, after: str) -> None:
    person = PersonFactory()
    if life:
        since = date(2024, 5, 1)
        person = change_person(person=person, by=boss, life_status=life, life_status_since=since)
    CaseFactory(person=person, by=boss, not_reported=True, decision_number=" 9号 ")
    person.refresh_from_db()
    assert (person.life_status, person.cases.get().decision_number) == (after, "9号")
    assert (person.life_status_since is None) is (after == "")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"agreement_on": None}, "Another order is in force on 3 Jun 2024: "),
        ({}, "Another order is in force on 3 Jun 2024: "),
        ({"reported_on": None, "agreement_on": None}, None),
        ({"reported_on": date(2024, 2, 29), "agreement_on": None}, None),
    ],
)
def test_no_term_begins_while_another_order_is_in_force(
    boss: User, facts: dict[str, Any], words: str | None
) -> None:
    first = CaseFactory()
    new = {
        "person": first.person, "by": boss, "decided_on": None, "received_on": None,
        "reported_on": DAY, "agreement_on": DAY,
    } | facts  # fmt: skip
    with answered(words, "reported_on"):
        case = CaseFactory(**new)
        again = services.correct_case(case=case, by=boss, decision_number="9号")
        assert again.decision_number == "9号"
    assert CaseFactory(**new | {"person": PersonFactory()}).pk
