"""A correction keeps what a new record keeps: the campaign that counts it, its ground, its day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest
from apps.drugtests.services import correct_test, withdraw_test
from apps.persons.models import Person
from tests.factories.campaigns import entered, listed, opened
from tests.factories.drugtests import not_sampled, sampled
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
