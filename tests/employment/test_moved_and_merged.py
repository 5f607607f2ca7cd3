"""Work and training when a person moves or two files become one and two again: no row is lost, each
is seen where the person is, a place stays taken once, and figures of past days stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.employment.figures import CERTIFICATES_RATE, EMPLOYED_RATE
from apps.employment.models import Base, Course, Enrolment, Look, Placement
from apps.employment.services import (
    change_base,
    record_certificate,
    record_examination,
    withdraw_entry,
)
from apps.needs.figures import NEEDS_MET
from apps.needs.models import Need
from apps.needs.services import close_need, record_need
from apps.persons.figures import Period
from apps.persons.models import Person
from apps.persons.services import change_person, undo_merge
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.employment import base_of, course_of, enrolled, looked, placed
from tests.factories.persons import PersonFactory, merged_into

pytestmark = pytest.mark.django_db
MODELS = (Placement, Look, Enrolment, Need)
FIGURES = (CERTIFICATES_RATE, NEEDS_MET)
# All that counts lies before the move.
BEFORE = (date(2024, 1, 1), date(2024, 9, 4))


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-09-05T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@dataclass
class Office:
    """Two files: each has work at one base, was taught in one course, and had a need met."""

    kept: Person
    merged: Person
    base: Base
    course: Course
    records: User

    def rows(self, person: Person) -> dict[str, set[int]]:
        return {
            model.__name__: set(
                model._base_manager.filter(person=person).values_list("pk", flat=True)
            )
            for model in MODELS
        }

    def counts(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "places": Base.objects.with_running().get(pk=self.base.pk).running,  # type: ignore[attr-defined]
            "course": Enrolment.objects.counted(),
        }
        for code in (QIONGHAI, JIAJI, WANQUAN, WENCHANG):
            period = Period(area(code), *BEFORE, BEFORE[1])
            for one in FIGURES:
                told = one.measure(period)
                found[f"{code} {one.code}"] = (told.numerator, told.denominator)
        return found


def _worked(person: Person, base: Base, course: Course, by: User) -> None:
    row = placed(person, by=by, kind="site", base=base)
    looked(row, by=by, day=date(2024, 9, 1))
    taught = enrolled(course, person, by=by)
    record_examination(enrolment=taught, by=by, result="passed", on=date(2024, 9, 2))
    record_certificate(enrolment=taught, by=by, number=f"QH-{person.pk}", on=date(2024, 9, 3))
    need = record_need(
        person=person, by=by, kind="work", said_on=date(2024, 8, 1), urgency="normal",
        said_by="person",
    )  # fmt: skip
    close_need(need=need, by=by, outcome="met", on=date(2024, 8, 20), note="")


@pytest.fixture
def office() -> Office:
    by = UserFactory()
    made = Office(
        PersonFactory(), PersonFactory(), base_of(2), course_of(),
        UserFactory(records_admin=True, area=area(QIONGHAI)),
    )  # fmt: skip
    for person in (made.kept, made.merged):
        _worked(person, made.base, made.course, by)
    return made


def test_both_files_rows_stand_in_one_and_go_back(office: Office) -> None:
    before, ours, theirs = office.counts(), office.rows(office.kept), office.rows(office.merged)
    assert all(theirs.values())
    assert before["places"] == 2
    merge = merged_into(office.kept, office.merged, office.records)
    assert office.rows(office.kept) == {name: ours[name] | theirs[name] for name in ours}
    assert not any(office.rows(office.merged).values())
    # One person in one course: enrolled, examined and certified once. So is a place.
    one = {"whole": 1, "examined": 1, "certified": 1}
    once = {"places": 1, "course": {office.course.pk: one}}
    once |= {f"{code} {CERTIFICATES_RATE.code}": (1, 1) for code in (QIONGHAI, JIAJI)}
    assert office.counts() == before | once
    undo_merge(merge=merge, by=office.records, reason="两个人")
    assert (office.rows(office.kept), office.rows(office.merged)) == (ours, theirs)
    assert office.counts() == before


@pytest.mark.parametrize("code", [WANQUAN, WENCHENG])
@pytest.mark.parametrize("way", ["moved", "corrected"])
def test_work_goes_with_the_person_and_figures_stay(office: Office, code: str, way: str) -> None:
    person, before, theirs = office.merged, office.counts(), office.rows(office.merged)
    system = User.objects.system()
    if way == "moved":
        move_person(person=person, area=area(code), by=system)
    else:
        change_person(person=person, by=system, area=area(code), reason="更正")
    assert office.rows(person) == theirs
    assert office.counts() == before
    old, new = (UserFactory(town_supervisor=True, area=area(one)) for one in (JIAJI, code))
    for model in MODELS:
        rows = model._default_manager.filter(pk__in=theirs[model.__name__])
        assert rows.visible_to(new).count() == rows.count(), model  # type: ignore[attr-defined]
        assert not rows.visible_to(old).exists(), model  # type: ignore[attr-defined]
    move_person(person=person, area=area("469002100200"), by=system)
    assert office.counts() == before


def test_who_works_counts_where_the_order_is_and_once(office: Office, clock: Any) -> None:
    """A figure of persons: two files of one order count as one, before and after the merge."""
    days = {"reported_on": date(2024, 3, 1), "agreement_on": date(2024, 3, 1)}
    case = CaseFactory(person=office.kept, **days)
    told = EMPLOYED_RATE.measure(Period(area(QIONGHAI), *BEFORE, BEFORE[1]))
    assert (told.numerator, told.denominator) == (1, 1)
    merge = merged_into(office.kept, office.merged, office.records)
    told = EMPLOYED_RATE.measure(Period(area(QIONGHAI), *BEFORE, BEFORE[1]))
    assert (told.numerator, told.denominator) == (1, 1)
    undo_merge(merge=merge, by=office.records, reason="两个人")
    clock.move_to("2024-09-10T12:00:00+08:00")
    move_person(person=case.person, area=area(WENCHENG), by=User.objects.system())
    for code, day, found in (
        (QIONGHAI, date(2024, 9, 9), (1, 1)), (WENCHANG, date(2024, 9, 9), (0, 0)),
        (QIONGHAI, date(2024, 9, 10), (0, 0)), (WENCHANG, date(2024, 9, 10), (1, 1)),
    ):  # fmt: skip
        told = EMPLOYED_RATE.measure(Period(area(code), day, day, day))
        assert (told.numerator, told.denominator) == found, (code, day)


def test_nobody_is_enrolled_twice_by_way_of_a_file_that_became_theirs(office: Office) -> None:
    course, by = course_of(title="焊工", places=2), UserFactory()
    kept, gone, third = office.kept, office.merged, PersonFactory()
    theirs = enrolled(course, gone, by=by)
    merged_into(kept, gone, office.records)
    with pytest.raises(Refused, match="enrolled in the course already"):
        enrolled(course, kept, by=by)
    copy = Enrolment(
        course=course, person=kept, number=kept.public_id, examination="not_yet", source="page",
        recorded_at=theirs.recorded_at, recorded_by=by, **place_ids(kept),
    )  # fmt: skip
    with pytest.raises(Refused, match="enrolled in the course already"), transaction.atomic():
        save_or_refuse(copy)
    withdraw_entry(row=Enrolment.objects.get(pk=theirs.pk), by=by, reason="登记错了人")
    enrolled(course, kept, by=by)
    enrolled(course, third, by=by)
    assert Enrolment.objects.counted()[course.pk]["whole"] == 2


def test_two_files_of_one_person_take_one_place_of_a_course(office: Office) -> None:
    course = course_of(title="焊工", places=2)
    for person in (office.kept, office.merged):
        enrolled(course, person)
    merged_into(office.kept, office.merged, office.records)
    enrolled(course, PersonFactory())
    with pytest.raises(Refused, match="All places"):
        enrolled(course, PersonFactory())


def test_an_examination_of_two_files_counts_on_its_first_day_with_any_certificate(
    office: Office,
) -> None:
    course, by = course_of(title="焊工"), UserFactory()
    rows = [enrolled(course, person, by=by) for person in (office.kept, office.merged)]
    for row, day in zip(rows, (date(2024, 8, 20), date(2024, 8, 1)), strict=True):
        record_examination(enrolment=row, by=by, result="passed", on=day)
    record_certificate(enrolment=rows[0], by=by, number="QH-9", on=date(2024, 8, 25))
    merged_into(office.kept, office.merged, office.records)

    def told(first: date, last: date) -> tuple[int, int | None]:
        found = CERTIFICATES_RATE.measure(Period(area(QIONGHAI), first, last, date(2024, 9, 1)))
        return found.numerator, found.denominator

    assert told(date(2024, 8, 1), date(2024, 8, 10)) == (1, 1)
    assert told(date(2024, 8, 11), date(2024, 8, 31)) == (0, 0)


def test_two_files_of_one_person_take_one_place_of_a_base(office: Office) -> None:
    base = office.base
    with pytest.raises(Refused, match="All places"):
        placed(PersonFactory(), kind="site", base=base, employer="")
    merged_into(office.kept, office.merged, office.records)
    assert Base.objects.with_running().get().running == 1
    placed(PersonFactory(), kind="site", base=base, employer="")
    with pytest.raises(Refused, match="All places"):
        placed(PersonFactory(), kind="site", base=base, employer="")
    with pytest.raises(Refused, match="work there today: 2"):
        change_base(base=base, by=UserFactory(town_supervisor=True), name="园", places=1,
                    active=True)  # fmt: skip
    with pytest.raises(IntegrityError, match="keeps_room"), transaction.atomic():
        Base.objects.update(places=1)
    Base.objects.update(places=2)
