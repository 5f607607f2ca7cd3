"""Work of one's own will, looks whether it lasts, places of a base, courses and certificates."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.core.days import today
from apps.core.refusals import Refused
from apps.employment.figures import CERTIFICATES_RATE, EMPLOYED_RATE
from apps.employment.models import Base, Enrolment, Placement
from apps.employment.rules import birthdays
from apps.employment.services import (
    change_base,
    end_placement,
    record_certificate,
    record_examination,
    record_hours,
    withdraw_entry,
)
from apps.persons.figures import Period
from apps.persons.models import Person
from tests.checkins.test_at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.cases import CaseFactory
from tests.factories.employment import base_of, course_of, enrolled, looked, placed
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


def test_nobody_is_placed_without_having_said_yes(by: User) -> None:
    with pytest.raises(Refused, match="want to") as refusal:
        placed(PersonFactory(), by=by, voluntary="no")
    assert refusal.value.field == "voluntary"
    assert "42" in str(refusal.value.article)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_on": date(2024, 9, 6)}, "starts_on"),
        ({"consent_on": date(2024, 9, 5), "starts_on": date(2024, 9, 4)}, "consent_on"),
    ],
)
def test_what_a_placement_cannot_say_is_refused_at_its_field(
    by: User, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        placed(PersonFactory(), by=by, **facts)
    assert refusal.value.field == field


def test_one_placement_of_a_kind_and_day_stands_once(by: User) -> None:
    person = PersonFactory()
    first = placed(person, by=by)
    with pytest.raises(Refused, match="on file"):
        placed(person, by=by)
    withdraw_entry(row=first, by=by, reason="记在别人名下了")
    placed(person, by=by)


def test_the_database_wants_consent_first_and_an_end_that_fits(by: User) -> None:
    person, base = PersonFactory(), base_of()
    fixed = {
        "person": person, "kind": "company", "starts_on": date(2024, 5, 1), "source": "page",
        "consent_how": "said", "consent_on": date(2024, 5, 1), "recorded_at": timezone.now(),
        "recorded_by": by, **place_ids(person),
    }  # fmt: skip
    for facts in (
        {"consent_how": ""}, {"consent_on": None}, {"consent_on": date(2024, 5, 2)},
        {"consent_how": "ledger", "consent_on": None}, {"ended_on": date(2024, 5, 3)},
        {"ended_on": date(2024, 4, 30), "end_reason": "health"}, {"end_reason": "health"},
        {"base": base}, {"withdrawn_at": timezone.now()},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Placement.objects.create(**fixed | facts)


def test_a_base_takes_no_more_than_it_has_places(by: User) -> None:
    base = base_of(1)
    with pytest.raises(Refused, match="workshop or farm"):
        placed(PersonFactory(), by=by, base=base)
    first = placed(PersonFactory(), by=by, kind="site", base=base)
    with pytest.raises(Refused, match="taken: 1"):
        placed(PersonFactory(), by=by, kind="site", base=base)
    end_placement(placement=first, by=by, on=today(), reason="health")
    second = placed(PersonFactory(), by=by, kind="site", base=base)
    with pytest.raises(Refused, match="there today: 1"):
        change_base(base=base, by=by, name=base.name, places=0, active=True)
    for change in (
        lambda: Base.objects.update(places=0),
        lambda: Placement.objects.filter(pk=first.pk).update(ended_on=None, end_reason=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    change_base(base=base, by=by, name=base.name, places=1, active=False)
    withdraw_entry(row=second, by=by, reason="记在别人名下了")
    with pytest.raises(Refused, match="takes nobody"):
        placed(PersonFactory(), by=by, kind="site", base=base)


def test_a_look_is_of_a_day_of_work_and_once_a_day(by: User) -> None:
    row = placed(PersonFactory(), by=by, days=40)
    looked(row, by=by, still="unknown", words="没有找到人")
    with pytest.raises(Refused, match="already"):
        looked(row, by=by)
    for day in (row.starts_on - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Refused, match="did not work"):
            looked(row, by=by, day=day)
    end_placement(placement=row, by=by, on=today() - timedelta(days=9), reason="unknown")
    with pytest.raises(Refused, match="did not work"):
        looked(row, by=by)


def test_a_placement_ends_once_on_a_day_of_it_and_for_a_reason(by: User) -> None:
    row = placed(PersonFactory(), by=by)
    for facts in (
        {"on": today() + timedelta(days=1), "reason": "health"},
        {"on": row.starts_on - timedelta(days=1), "reason": "health"},
        {"on": today(), "reason": "other"},
    ):
        with pytest.raises(Refused, match=r"Enter a day from|reason in words"):
            end_placement(placement=row, by=by, **facts)
    end_placement(placement=row, by=by, on=today(), reason="other", words="老板搬去三亚了")
    with pytest.raises(Refused, match="already"):
        end_placement(placement=row, by=by, on=today(), reason="health")
    withdraw_entry(row=row, by=by, reason="记在别人名下了")
    for act in (lambda: withdraw_entry(row=row, by=by, reason="又一次"), lambda: looked(row)):
        with pytest.raises(Refused, match="withdrawn"):
            act()


def test_a_certificate_follows_a_passed_examination(by: User) -> None:
    course = course_of()
    row = enrolled(course, PersonFactory(), by=by)
    with pytest.raises(Refused, match="already"):
        enrolled(course, row.person, by=by)
    record_hours(enrolment=row, by=by, attended=30, total=40)
    for total, number in ((20, "attended"),):
        with pytest.raises(Refused) as refusal:
            record_hours(enrolment=row, by=by, attended=30, total=total)
        assert refusal.value.field == number
    with pytest.raises(Refused, match="passed"):
        record_certificate(enrolment=row, by=by, number="QH-1", on=today())
    for on in (course.first - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Refused, match="first day of the course"):
            record_examination(enrolment=row, by=by, result="passed", on=on)
    record_examination(enrolment=row, by=by, result="failed", on=course.first)
    with pytest.raises(Refused, match="correcting"):
        record_examination(enrolment=row, by=by, result="passed", on=course.first)
    day = course.first + timedelta(days=1)
    record_examination(enrolment=row, by=by, result="passed", on=day)
    with pytest.raises(Refused, match="from the examination"):
        record_certificate(enrolment=row, by=by, number="Q", on=course.first)
    stored = record_certificate(enrolment=row, by=by, number=" QH-1 ", on=today())
    assert (stored.certificate_number, stored.hours) == ("QH-1", "30/40")
    with pytest.raises(Refused, match="correcting"):
        record_examination(enrolment=row, by=by, result="failed", on=today())


def test_the_database_wants_a_day_and_no_certificate_without_passing(by: User) -> None:
    enrolled(course_of(), PersonFactory(), by=by)
    day = today()
    for facts in (
        {"examination": "passed"}, {"examination": "passed", "counted_on": day},
        {"certificate_number": "1"}, {"counted_on": day},
        {"examination": "failed", "counted_on": day, "examined_on": day,
         "certificate_number": "1", "certificate_on": day},
        {"hours_attended": 3}, {"hours_attended": 3, "hours_total": 2},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Enrolment.objects.update(**facts)


def test_a_course_takes_no_more_than_it_has_places(by: User) -> None:
    course = course_of(places=1)
    enrolled(course, PersonFactory(), by=by)
    with pytest.raises(Refused, match="taken: 1"):
        enrolled(course, PersonFactory(), by=by)
    with pytest.raises(Refused, match="future"):
        enrolled(course_of(title="厨师"), PersonFactory(), by=by, enrolled_on=date(2024, 9, 6))


def period() -> Period:
    return Period(area(), date(2024, 9, 1), date(2024, 9, 30), today())


def test_with_work_are_of_those_who_can_those_placed_or_said_to_work(by: User) -> None:
    facts: tuple[dict[str, Any], ...] = (
        {"employment": "employed"}, {"employment": "unemployed"}, {"employment": "unable"},
        {"employment": "retired"}, {}, {"employment": "registered"},
    )  # fmt: skip
    people = [PersonFactory(**one) for one in facts]
    people.append(PersonFactory(document_number=resident_number(7, born_on=date(1960, 1, 1))))
    for person in people:
        CaseFactory(person=person)
    placed(people[4], by=by)
    gone = placed(people[5], by=by)
    end_placement(placement=gone, by=by, on=today() - timedelta(days=1), reason="contract")
    figure = EMPLOYED_RATE.measure(period())
    assert (figure.numerator, figure.denominator, figure.text) == (2, 4, "50.0 %")


def test_certificates_are_of_examinations_of_the_period(by: User) -> None:
    course = course_of()
    for n, (result, on) in enumerate(
        (("passed", date(2024, 9, 2)), ("failed", date(2024, 9, 2)), ("taken", date(2024, 9, 3)),
         ("passed", date(2024, 8, 30)))
    ):  # fmt: skip
        row = enrolled(course, PersonFactory(), by=by)
        record_examination(enrolment=row, by=by, result=result, on=on)
        if result == "passed":
            record_certificate(enrolment=row, by=by, number=f"QH-{n}", on=date(2024, 9, 4))
    enrolled(course, PersonFactory(), by=by)
    figure = CERTIFICATES_RATE.measure(period())
    assert (figure.numerator, figure.denominator, figure.text) == (1, 3, "33.3 %")
    assert Enrolment.objects.counted()[course.pk] == {"whole": 5, "examined": 4, "certified": 2}


def test_ages_and_money_are_exact() -> None:
    assert birthdays(date(2024, 2, 29)) == (date(1964, 2, 29), date(2008, 2, 29))
    assert birthdays(date(2028, 2, 29))[0] == date(1968, 2, 29)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_of_a_base_goes_to_one_of_two_at_once() -> None:
    base, persons, by = base_of(1), [PersonFactory() for _n in range(3)], UserFactory()

    def take(person: Person) -> str:
        try:
            placed(person, by=by, kind="site", base=base)
        except Refused as refusal:
            return str(refusal)
        return "placed"

    said = at_once(*[lambda one=one: take(one) for one in persons])
    assert sorted(one == "placed" for one in said) == [False, False, True]
    assert Placement.objects.running().count() == 1
