"""Months of attendance: what a month can say, and how it is put right."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.treatment.models import Attendance
from apps.treatment.rules import days_in, last_month, last_of, months_back
from apps.treatment.services import correct_attendance, end_treatment, withdraw_entry
from tests.factories.persons import PersonFactory
from tests.factories.treatment import attended, treated

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"month": date(2023, 2, 1), "attended": 31, "expected": 31}, "expected", "28 days"),
        ({"month": date(2024, 2, 1), "attended": 30, "expected": 30}, "expected", "29 days"),
        ({"month": date(2024, 8, 9), "attended": 31, "expected": 30}, "attended", "more days"),
        ({"month": date(2024, 9, 1)}, "month", "has not ended"),
        ({"month": date(2024, 10, 1)}, "month", "has not ended"),
        ({"month": date(2022, 12, 1)}, "month", "did not run"),
        ({"month": date(2023, 1, 1), "attended": 12, "expected": 13}, "expected", "12 days"),
    ],
)
def test_what_a_month_cannot_say_is_refused_at_its_field(
    by: User, facts: dict[str, Any], field: str, words: str
) -> None:
    row = treated(PersonFactory(), by=by, since=date(2023, 1, 20))
    with pytest.raises(Refused, match=words) as refusal:
        attended(row, by=by, **facts)
    assert refusal.value.field == field
    assert not Attendance.objects.exists()


def test_a_month_of_29_days_has_29(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2023, 1, 20))
    assert (
        attended(row, by=by, month=date(2024, 2, 29), attended=29, expected=29).fraction == "29/29"
    )
    assert attended(row, by=by, attended=0, expected=31).month == date(2024, 8, 1)


def test_the_last_month_is_over_at_midnight_in_shanghai(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2023, 1, 20))
    facts = {"month": date(2024, 8, 31), "attended": 3, "expected": 31}
    with time_machine.travel("2024-08-31T23:59:59+08:00"), pytest.raises(Refused, match="ended"):
        attended(row, by=by, **facts)
    with time_machine.travel("2024-09-01T00:00:01+08:00"):
        attended(row, by=by, **facts)


def test_the_database_knows_what_a_month_is(by: User) -> None:
    month = attended(treated(PersonFactory(), by=by, since=date(2023, 1, 20)), by=by)
    rows = Attendance.objects.filter(pk=month.pk)
    for wrong in (
        {"month": date(2024, 8, 2)}, {"attended": 29}, {"attended": 0, "expected": 0},
        {"month": date(2023, 2, 1), "expected": 29}, {"expected": 32},
        {"withdrawn_by": by}, {"attended": -1},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
    rows.update(month=date(2024, 2, 1), expected=29)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            **{f.name: getattr(month, f.name) for f in Attendance._meta.concrete_fields
               if f.name not in ("id", "public_id", "client_uuid", "month")},
            month=date(2024, 2, 1),
        )  # fmt: skip


def test_a_month_stands_once_and_the_same_is_the_same(by: User) -> None:
    row = treated(PersonFactory(), by=by)
    first = attended(row, by=by)
    assert attended(row, by=by) == first, "two who enter one list"
    with pytest.raises(Refused, match="correct it there") as refusal:
        attended(row, by=by, attended=23)
    assert refusal.value.field == "month"
    withdraw_entry(row=first, by=by, reason="是上个月的名单")
    assert attended(row, by=by, attended=23) != first


def test_a_month_is_put_right_with_a_reason_and_one_after_the_other(by: User) -> None:
    month = attended(treated(PersonFactory(), by=by), by=by)
    facts = {"attendance": month, "by": by, "version": 1, "attended": 26, "expected": 31}
    with pytest.raises(Refused, match="Say why"):
        correct_attendance(reason="。", **facts)
    with pytest.raises(Refused, match="31 days"):
        correct_attendance(reason="门诊更正了名单", **facts | {"expected": 32})
    correct_attendance(reason="门诊更正了名单", **facts)
    month.refresh_from_db()
    assert (month.fraction, month.version) == ("26/31", 2)
    with pytest.raises(Refused, match="Somebody else corrected"):
        correct_attendance(reason="门诊更正了名单", **facts)
    withdraw_entry(row=month, by=by, reason="记在别人名下了")
    with pytest.raises(Refused, match="withdrawn"):
        correct_attendance(reason="门诊更正了名单", **facts | {"version": 3})


def test_a_treatment_ends_on_no_day_before_what_is_on_record(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 6, 3))
    month = attended(row, by=by, expected=28)
    for day in (date(2024, 7, 31), date(2024, 8, 27)):
        with pytest.raises(Refused, match="Attendance of 2024-08") as refusal:
            end_treatment(treatment=row, by=by, on=day, reason="finished")
        assert refusal.value.field == "on"
    withdraw_entry(row=month, by=by, reason="是上个月的名单")
    end_treatment(treatment=row, by=by, on=date(2024, 8, 27), reason="finished")
    with pytest.raises(Refused, match="27 days"):
        attended(row, by=by)


def test_a_withdrawn_treatment_takes_no_month_and_its_months_count_no_more(by: User) -> None:
    row = treated(PersonFactory(), by=by)
    month = attended(row, by=by)
    withdraw_entry(row=row, by=by, reason="记在别人名下了")
    assert not Attendance.objects.standing().exists()
    with pytest.raises(Refused, match="withdrawn"):
        attended(row, by=by, month=date(2024, 7, 1))
    with pytest.raises(Refused, match="withdrawn"):
        correct_attendance(attendance=month, by=by, reason="门诊更正了名单", version=1, attended=1,
                           expected=2)  # fmt: skip


def test_days_of_a_month_are_counted_with_first_and_last() -> None:
    february = date(2024, 2, 1)
    assert days_in(february, date(2024, 1, 1), None) == 29
    assert days_in(february, date(2024, 2, 29), None) == 1
    assert days_in(february, date(2024, 1, 1), date(2024, 2, 1)) == 1
    assert days_in(february, date(2024, 3, 1), None) == 0
    assert days_in(february, date(2023, 1, 1), date(2024, 1, 31)) == 0
    assert last_of(date(2023, 12, 1)) == date(2023, 12, 31)
    assert last_month(date(2024, 1, 31)) == date(2023, 12, 1)
    assert months_back(date(2024, 1, 31), 2) == [date(2023, 12, 1), date(2023, 11, 1)]
