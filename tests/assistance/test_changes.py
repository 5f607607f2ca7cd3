"""What help changed: looks by kind of help and group of persons, counts that are lists, a rate."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.assistance.changed import BETTER
from apps.assistance.codes import Kind
from apps.assistance.groups import of_group
from apps.assistance.models import Look
from apps.cases.codes import Measure
from apps.persons.figures import Period
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, area
from tests.factories.assistance import approved, helped, looked, paid
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
GIVEN, LOOKED = date(2024, 4, 1), date(2024, 5, 2)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(county_supervisor=True)
    return made


def look(boss: User, changed: str, code: str = "relief", **facts: Any) -> Look:
    """At help that was given in April."""
    person = facts.pop("person", None) or PersonFactory()
    # As people are told apart here; the number of the factory says something else.
    Person.every.filter(pk=person.pk).update(**facts)
    help_ = approved(code, person=person, by=boss, found_on=GIVEN)
    paid(help_, by=boss, paid_on=GIVEN)
    return looked(help_, by=boss, looked_on=LOOKED, changed=changed)


def page(user: User, **query: str) -> Any:
    answer = signed_in(user).get(reverse("assistance:changes"), query, secure=True, headers=EN)
    assert answer.status_code == 200
    return answer


def counts(user: User, **query: str) -> dict[str, dict[str, int]]:
    return {
        str(code): {answer: n for answer, _words, n in cells if n}
        for code, _label, cells, _whole in page(user, **query).context["kinds"]
    }


def test_each_count_is_the_list_that_it_opens(boss: User) -> None:
    for changed in ("better", "better", "same", "not_seen"):
        look(boss, changed)
    look(boss, "worse", "medical")
    found = counts(boss)
    assert found == {
        "relief": {"better": 2, "same": 1, "not_seen": 1}, "medical": {"worse": 1},
    }  # fmt: skip
    for kind, answers in found.items():
        for changed, n in answers.items():
            assert len(page(boss, kind=kind, changed=changed).context["page"].rows) == n
    text = page(boss, after="30").content.decode()
    assert "kind=relief" in text
    assert counts(boss, after="90") == {}


def test_what_helped_whom_by_sex_age_and_kind_of_order(boss: User) -> None:
    look(boss, "better", sex="2", born_on=date(1999, 6, 3))  # 25 today
    look(boss, "same", sex="1", born_on=date(1999, 6, 4))  # 24
    look(boss, "same", sex="1", born_on=None)
    look(boss, "worse", person=CaseFactory(measure=Measure.SQKF).person)
    asked = {
        "sex-2": {"better": 1}, "sex-1": {"same": 2, "worse": 1}, "age-25-34": {"better": 1},
        "age-0-24": {"same": 1}, "order-SQKF": {"worse": 1}, "age-60-": None, "order-SQJD": None,
    }  # fmt: skip
    for whom, answers in asked.items():
        found = counts(boss, whom=whom)
        assert found == ({"relief": answers} if answers else {}), whom


def test_an_age_is_counted_on_a_leap_day(boss: User) -> None:
    """Who was born on 28 February 1999 is 25 on the day after, who was born on 1 March is 24."""
    for born, n in ((date(1999, 2, 28), 1), (date(1999, 3, 1), 0)):
        one = look(boss, "same", born_on=born)
        rows = Look.objects.filter(of_group("age-25-34", date(2024, 2, 29), None), pk=one.pk)
        assert rows.count() == n


def test_restricted_help_is_medical_to_who_may_know_and_nowhere_to_others(boss: User) -> None:
    one = helped("hiv", by=boss, found_on=GIVEN)
    paid(one, None, how="service", by=boss, paid_on=GIVEN)
    looked(one, by=boss, looked_on=LOOKED, changed="better")
    assert counts(boss) == {Kind.MEDICAL: {"better": 1}}
    worker = UserFactory()
    AssignmentFactory(person=one.person, worker=worker)
    assert counts(worker) == {}
    unknown = Period(area(QIONGHAI), date(2024, 5, 1), date(2024, 5, 31), date(2024, 5, 31))
    known = replace(unknown, knows_sealed=True)
    assert (BETTER.measure(known).denominator, BETTER.measure(unknown).denominator) == (1, 0)


def test_another_county_sees_none_of_it(boss: User) -> None:
    look(boss, "better")
    assert counts(UserFactory(county_supervisor=True, area=area(WENCHANG))) == {}


def test_the_rate_counts_who_was_reached(boss: User) -> None:
    for changed in ("better", "same", "worse", "not_seen"):
        look(boss, changed)
    period = Period(area(QIONGHAI), date(2024, 5, 1), date(2024, 5, 31), date(2024, 5, 31))
    figure = BETTER.measure(period)
    assert (figure.numerator, figure.denominator) == (1, 3)
    april = Period(area(QIONGHAI), date(2024, 4, 1), date(2024, 4, 30), date(2024, 4, 30))
    assert BETTER.measure(april).denominator == 0
