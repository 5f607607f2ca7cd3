"""Twice on one day: kept where somebody says that it was another, refused where nobody does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.drugtests.bulk import bring_in_tests
from apps.drugtests.models import Dossier
from apps.drugtests.services import correct_test, withdraw_test
from tests.factories.drugtests import sampled

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)


@pytest.mark.parametrize("result", ["", "positive", "invalid"])
def test_a_second_sample_of_the_same_kind_is_kept_where_somebody_says_it_was_another(
    case: Case, worker: User, result: str
) -> None:
    first = sampled(case.person, NOW, result=result)
    with pytest.raises(Refused, match="recorded one at") as caught:
        sampled(case.person, NOW, another=False)
    assert caught.value.field == "another"
    second, third = (sampled(case.person, NOW) for _ in range(2))
    hair = sampled(case.person, NOW, sample="hair", kind="laboratory")
    numbers = [row.number_of_day for row in (first, second, third, hair)]
    assert numbers == [1, 2, 3, 1]
    withdraw_test(test=second, by=worker, reason="重复录入")
    assert sampled(case.person, NOW).number_of_day == 4


def test_a_correction_to_a_day_with_the_same_number_is_refused(case: Case, worker: User) -> None:
    sampled(case.person, NOW - DAY)
    test = sampled(case.person, NOW)
    changes = {"occurred_at": test.occurred_at - DAY}
    with pytest.raises(Refused, match="recorded one at"):
        correct_test(test=test, by=worker, reason="日期记错", version=1, changes=changes)


def test_the_same_list_brought_in_twice_is_refused(case: Case, worker: User) -> None:
    test = sampled(case.person, NOW)
    test.pk, test.public_id, test.client_uuid = None, uuid4(), uuid4()
    with pytest.raises(IntegrityError, match="drugtest_once_a_day"):
        bring_in_tests([test], by=worker)


def test_a_positive_of_a_list_waits_to_be_told_as_one_of_the_form(case: Case, worker: User) -> None:
    tests = [
        sampled(case.person, NOW - DAY * n, result=result)
        for n, result in enumerate(("positive", "negative"))
    ]
    for test in tests:
        Dossier.objects.filter(test=test).delete()
        test.delete()
        test.pk, test.public_id, test.client_uuid = None, uuid4(), uuid4()
        test._state.adding = True
    bring_in_tests(tests, by=worker)
    [dossier] = Dossier.objects.order_by("pk")
    assert (dossier.test, dossier.waits_for) == (tests[0], "tell")


def test_the_database_keeps_one_row_of_each_number(case: Case) -> None:
    sampled(case.person, NOW)
    second = sampled(case.person, NOW)
    second.pk, second.public_id, second.client_uuid = None, uuid4(), uuid4()
    with pytest.raises(IntegrityError, match="drugtest_once_a_day"):
        second.save(force_insert=True)
