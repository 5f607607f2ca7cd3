"""A treatment stands beside the tests of its days; figures; two files that become one."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.contacts.given import given_on, medicines_of
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.clocks import clocks_of
from apps.drugtests.dossier_page import page_of
from apps.drugtests.models import DrugTest
from apps.persons.figures import Period
from apps.treatment.figures import ATTENDANCE, IN_TREATMENT
from apps.treatment.models import Attendance, Treatment
from apps.treatment.services import end_treatment, withdraw_entry
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.campaigns import listed, opened
from tests.factories.cases import CaseFactory
from tests.factories.drugtests import sampled
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into
from tests.factories.treatment import attended, treated

pytestmark = pytest.mark.django_db


def told(test: DrugTest) -> str:
    return " ".join(page_of(DrugTest.objects.get(pk=test.pk), today()).cautions)


def test_the_page_of_a_test_says_what_was_given_on_its_day(by: User) -> None:
    person = CaseFactory().person
    row = treated(person, by=by, since=date(2024, 6, 1))
    before = sampled(person, date(2024, 5, 31), by=by)
    within = sampled(person, date(2024, 8, 1), by=by, result="positive")
    assert "maintenance treatment" not in told(before)
    words = told(within)
    assert "In maintenance treatment with Methadone since 1 Jun" in words
    assert "a screening that finds it, or opiates, is to be read with this" in words
    assert "a strip for methadone is positive by it" in words, "whether it was declared or not"
    end_treatment(treatment=row, by=by, on=date(2024, 8, 1), reason="finished")
    assert "maintenance treatment" not in told(within), "on the day of the end it runs no more"


def test_another_medicine_is_said_in_its_words_and_is_no_methadone(by: User) -> None:
    person = CaseFactory().person
    row = treated(person, by=by, medicine="other", medicine_words="纳曲酮植入剂")
    test = sampled(person, today(), by=by)
    assert "with 纳曲酮植入剂 since" in told(test)
    assert "methadone" not in told(test)
    withdraw_entry(row=row, by=by, reason="记在别人名下了")
    assert medicines_of(person.pk) == []


def test_grid_and_sample_day_of_a_campaign_say_what_is_given(by: User) -> None:
    boss = UserFactory(town_supervisor=True)
    found = opened(by=boss, first=today(), last=today() + timedelta(days=10))
    persons = [CaseFactory().person for _n in range(3)]
    targets = [listed(found, person, by=boss) for person in persons]
    treated(persons[0], by=by, since=date(2024, 6, 1))
    gone = treated(persons[1], by=by, since=date(2024, 6, 1))
    end_treatment(treatment=gone, by=by, on=date(2024, 9, 1), reason="finished")
    client = signed_in(boss)
    url = reverse("campaigns:grid", args=[found.public_id])
    text = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert text.count("In maintenance treatment with Methadone since") == 1
    keys = {f"r{one.pk}-client_uuid": str(uuid4()) for one in targets}
    for day, told in (("2024-08-30", 2), ("2024-09-02", 1), ("2024-05-31", 0), ("2124", 1)):
        answer = client.post(url, keys | {"day": day}, secure=True, HTTP_ACCEPT_LANGUAGE="en")
        assert answer.status_code == 422, "the head says no more than the day"
        text = answer.content.decode()
        assert text.count("In maintenance treatment") == told, "of the day of the samples"
    url = reverse("campaigns:campaign-day", args=[found.public_id])
    for target, told in ((targets[0], 1), (targets[1], 0)):
        page = client.get(f"{url}?target={target.public_id}", secure=True,
                          HTTP_ACCEPT_LANGUAGE="en").content.decode()  # fmt: skip
        assert page.count("In maintenance treatment with Methadone since") == told


def test_the_clocks_draw_the_treatment_beside_the_samples(by: User) -> None:
    case = CaseFactory()
    row = treated(case.person, by=by, since=date(2024, 3, 1))
    sampled(case.person, date(2024, 8, 1), by=by)

    def drawn() -> list[tuple[date, date, str]]:
        found = clocks_of(DrugTest.objects.all(), [case], today(), medicines_of(case.person.pk))
        assert found is not None
        return [(bar.first, bar.last, bar.words) for lane in found.lanes for bar in lane.bars
                if bar.kind == "treatment"]  # fmt: skip

    [(first, last, words)] = drawn()
    assert (first, last) == (date(2024, 3, 1), today())
    assert words.startswith("Maintenance treatment with Methadone from 1 Mar")
    end_treatment(treatment=row, by=by, on=date(2024, 8, 1), reason="finished")
    [(first, last, _words)] = drawn()
    assert last == date(2024, 7, 31)
    assert [one.name for one in given_on(case.person.pk, date(2024, 7, 31))] == ["Methadone"]
    assert given_on(case.person.pk, date(2024, 8, 1)) == []


def _period(first: date, last: date) -> Period:
    return Period(area(QIONGHAI), first, last, last)


def test_persons_in_treatment_are_counted_on_the_day(by: User) -> None:
    row = treated(PersonFactory(), by=by, since=date(2024, 3, 1))
    treated(PersonFactory(), by=by, since=date(2024, 5, 1))
    wrong = treated(PersonFactory(), by=by, since=date(2024, 3, 1))
    withdraw_entry(row=wrong, by=by, reason="记在别人名下了")
    end_treatment(treatment=row, by=by, on=date(2024, 6, 1), reason="finished")

    def number(day: date) -> int:
        return IN_TREATMENT.measure(_period(day, day)).numerator

    days = (date(2024, 2, 29), date(2024, 3, 1), date(2024, 5, 31), date(2024, 6, 1))
    assert [number(day) for day in days] == [0, 1, 2, 1]


def test_attendance_is_pooled_over_all_days(by: User) -> None:
    """29 of 31 and 1 of 2 are 30 of 33, and no mean of two rates."""
    row = treated(PersonFactory(), by=by, since=date(2024, 3, 1))
    other = treated(PersonFactory(), by=by, since=date(2024, 8, 30))
    attended(row, by=by, attended=29, expected=31)
    attended(other, by=by, attended=1, expected=2)
    attended(row, by=by, month=date(2024, 7, 1), attended=0, expected=31)
    august = ATTENDANCE.measure(_period(date(2024, 8, 1), date(2024, 8, 31)))
    assert (august.numerator, august.denominator, august.text) == (30, 33, "90.9 %")
    both = ATTENDANCE.measure(_period(date(2024, 7, 15), date(2024, 8, 31)))
    assert (both.numerator, both.denominator) == (30, 64)
    assert ATTENDANCE.rows(_period(date(2024, 8, 1), date(2024, 8, 31))).count() == 2
    nothing = ATTENDANCE.measure(_period(date(2024, 4, 1), date(2024, 4, 30)))
    assert (nothing.denominator, nothing.value) == (0, None)


def test_two_files_with_a_treatment_each_are_settled_first(by: User) -> None:
    boss: Any = UserFactory(records_admin=True)
    kept, merged = PersonFactory(), PersonFactory()
    treated(kept, by=by, since=date(2024, 3, 1))
    row = treated(merged, by=by, since=date(2024, 5, 1))
    attended(row, by=by)
    with pytest.raises(
        Refused, match=r"in treatment on some of these days.*nobody is treated in two"
    ):
        merged_into(kept, merged, boss)
    withdraw_entry(row=row, by=by, reason="两份档案是同一个人")
    merged_into(kept, merged, boss)
    assert Treatment.objects.filter(person=kept).count() == 2
    assert Attendance.objects.get().person == kept


def test_treatments_of_two_files_that_come_one_after_the_other_stand_in_one(by: User) -> None:
    boss: Any = UserFactory(records_admin=True)
    kept, merged = PersonFactory(), PersonFactory()
    first = treated(kept, by=by, since=date(2024, 3, 1))
    end_treatment(treatment=first, by=by, on=date(2024, 5, 1), reason="elsewhere")
    treated(merged, by=by, since=date(2024, 5, 1))
    merged_into(kept, merged, boss)
    assert Treatment.objects.running_on(today()).get().person == kept
