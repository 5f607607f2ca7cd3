"""A correction keeps what a new record keeps: the campaign that counts it, its ground, its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest
from apps.drugtests.services import correct_test, withdraw_test
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import entered, listed, opened
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
CONSENT = {"ground": "consent", "ground_words": "六月一日本人书面同意"}


def correct(test: DrugTest, by: Any, **changes: Any) -> DrugTest:
    test.refresh_from_db()
    return correct_test(test=test, by=by, reason="抄错了", version=test.version, changes=changes)


@pytest.mark.parametrize("change", [
    {"sample": "saliva"}, {"kind": "on_site"}, {"why": "regular"},
    {"occurred_at": at(date(2024, 4, 1))},
])  # fmt: skip
def test_a_test_of_a_campaign_stays_what_the_campaign_asks(
    case: Any, worker: Any, change: dict[str, Any]
) -> None:
    test = entered(listed(opened(), case.person), outcome="pending", by=worker).test
    with pytest.raises(Refused, match="A campaign counts this test"), transaction.atomic():
        correct(test, worker, **change)
    if "occurred_at" in change:
        change = {"day": date(2024, 4, 1)}
    with pytest.raises(IntegrityError, match="campaign_target_test_fits"), transaction.atomic():
        DrugTest.objects.filter(pk=test.pk).update(**change)


def test_a_test_of_a_campaign_is_put_right_within_it(case: Any, worker: Any, clock: Any) -> None:
    test = entered(listed(opened(), case.person), outcome="pending", by=worker).test
    clock.shift(timedelta(days=2))
    assert correct(test, worker, occurred_at=at(today())).day == today()
    withdraw_test(test=test, by=worker, reason="登记错人")


def test_a_test_on_consent_is_not_corrected_into_a_regular_one(worker: Any) -> None:
    """Nobody is tested out of term: no form of a single test offers the ground."""
    row = listed(opened(), PersonFactory(sex="1"), **CONSENT)
    test = entered(row, by=worker).test
    for changes in (
        {"why": "regular", "occurred_at": at(date(2024, 4, 1))}, {"why": "regular"},
        {"cause_words": ""},
    ):  # fmt: skip
        with pytest.raises(Refused, match="out of term"), transaction.atomic():
            correct(test, worker, **changes)


def test_nothing_is_recorded_of_days_after_a_death(case: Any, worker: Any) -> None:
    Person.objects.filter(pk=case.person_id).update(
        life_status="deceased", life_status_since=date(2024, 5, 10)
    )
    person = Person.objects.get(pk=case.person_id)
    for act in (
        lambda: sampled(person, date(2024, 5, 11), by=worker),
        lambda: not_sampled(person, date(2024, 5, 11), "refused", by=worker, next_on=today()),
    ):
        with pytest.raises(Refused, match="had died"), transaction.atomic():
            act()
    assert sampled(person, date(2024, 5, 10), by=worker).pk


def test_a_correction_to_the_day_of_another_test_asks_whether_it_was_another(
    case: Any, worker: Any
) -> None:
    sampled(case.person, date(2024, 5, 6), by=worker, result="negative")
    other = sampled(case.person, date(2024, 5, 7), by=worker, result="negative")
    moved = {"occurred_at": at(date(2024, 5, 6), "15:00")}
    with pytest.raises(Refused, match="If this was another, say so below"), transaction.atomic():
        correct(other, worker, **moved)
    other.refresh_from_db()
    facts = {"test": other, "by": worker, "reason": "抄错了日期", "version": other.version}
    put_right = correct_test(**facts, changes=moved, another=True)
    assert (put_right.day, put_right.number_of_day) == (date(2024, 5, 6), 2)
    back = correct(other, worker, occurred_at=at(date(2024, 5, 8)))
    assert back.number_of_day == 1


def test_another_kind_of_its_day_is_a_question_only_where_one_stands(
    case: Any, worker: Any
) -> None:
    sampled(case.person, date(2024, 5, 6), by=worker, kind="on_site")
    test = sampled(case.person, date(2024, 5, 6), by=worker)
    with pytest.raises(Refused, match="If this was another"), transaction.atomic():
        correct(test, worker, kind="on_site")
    assert correct(test, worker, sample="saliva").number_of_day == 1
    assert correct(test, worker, note="补记").number_of_day == 1


def test_the_page_of_a_correction_has_the_box(case: Any, worker: Any) -> None:
    boss = UserFactory(town_supervisor=True)
    sampled(case.person, date(2024, 5, 6), by=worker, result="negative")
    other = sampled(case.person, date(2024, 5, 7), by=worker, result="negative")
    url = reverse("drugtests:correct", args=[other.public_id])
    client = signed_in(boss)
    facts = {
        "occurred_at": "2024-05-06T15:00", "why": "regular", "sample": "urine",
        "kind": "screening", "place": "office", "collector": "周晓岚", "collector_sex": "2",
        "second_collector": "符丽", "second_sex": "2", "medicine": "none", "result": "negative",
        "version": other.version, "reason_why": "抄错了日期",
    }  # fmt: skip
    assert client.post(url, facts, secure=True).status_code == 422
    assert client.post(url, facts | {"another": "on"}, secure=True).status_code == 302
