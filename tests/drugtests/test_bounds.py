"""A correction keeps the rules of the record; a strip that did not work is no test."""

from datetime import date, timedelta

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest
from apps.drugtests.services import correct_test, withdraw_test
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), timedelta(days=1)


def test_a_correction_leads_to_no_day_that_has_not_come(case: Case, worker: User) -> None:
    row = sampled(case.person, NOW, by=worker)
    with pytest.raises(Refused, match="lies in the future"):
        correct_test(
            test=row, by=worker, reason="日期错", version=1, changes={"occurred_at": at(NOW + DAY)}
        )
    row.refresh_from_db()
    assert (row.day, row.version) == (NOW, 1)
    right = correct_test(
        test=row, by=worker, reason="日期错", version=1, changes={"occurred_at": at(NOW - DAY)}
    )
    assert (right.day, right.version) == (NOW - DAY, 2)


def test_taken_is_what_was_sampled_and_worked_and_still_stands(case: Case, worker: User) -> None:
    person = case.person
    kept = sampled(person, date(2024, 3, 5), result="negative", kind="on_site", by=worker)
    sampled(person, date(2024, 3, 20), result="invalid", kind="on_site", by=worker)
    not_sampled(person, date(2024, 4, 10), "hospital", by=worker)
    gone = sampled(person, date(2024, 5, 5), by=worker)
    withdraw_test(test=gone, by=worker, reason="记错")
    assert list(DrugTest.objects.taken()) == [kept]
    assert DrugTest.objects.valid().count() == 3
