"""What was recorded wrong of work and courses is put right, with a reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.core.days import today
from apps.core.refusals import Refused
from apps.employment.models import Course, Enrolment, Placement
from apps.employment.services import (
    End,
    change_course,
    correct_enrolment,
    correct_placement,
    end_placement,
    record_certificate,
    record_examination,
    record_hours,
    take_back_end,
    withdraw_entry,
)
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.employment import base_of, course_of, enrolled, looked, placed
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db
WHY = "登记表抄错了"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-09-05T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def by() -> User:
    made: User = UserFactory()
    return made


def as_it_is(row: Placement, by: User, **facts: Any) -> dict[str, Any]:
    names = ("kind", "starts_on", "consent_how", "consent_on", "base", "employer", "place_words",
             "wage_fen", "version")  # fmt: skip
    known = {name: getattr(row, name) for name in names}
    end = End(row.ended_on, row.end_reason, row.end_words) if row.ended_on else None
    return {"placement": row, "by": by, "reason": WHY, "end": end, **known, **facts}


def of_course(row: Enrolment, by: User, **facts: Any) -> dict[str, Any]:
    known = {
        "enrolled_on": row.enrolled_on, "words": row.words, "attended": row.hours_attended,
        "total": row.hours_total, "examination": row.examination, "examined_on": row.examined_on,
        "certificate": row.certificate_number, "certificate_on": row.certificate_on,
        "version": row.version,
    }  # fmt: skip
    return {"enrolment": row, "by": by, "reason": WHY, **known, **facts}


def test_the_old_value_stays_in_the_history_with_who_and_why(by: User) -> None:
    row = placed(PersonFactory(), by=by, wage_fen=200_000)
    correct_placement(**as_it_is(row, by, wage_fen=300_000, employer="海口水产"))
    row.refresh_from_db()
    assert (row.wage, row.employer, row.version) == ("3,000.00", "海口水产", 2)
    told = Placement.pgh_event_model.objects.filter(pgh_obj=row).order_by("pgh_id")  # type: ignore[attr-defined]
    assert [one.wage_fen for one in told] == [200_000, 300_000]
    assert reason_of(told.last().pgh_context.metadata) == WHY
    with pytest.raises(Refused, match="Somebody else corrected"):
        correct_placement(**as_it_is(row, by, version=1))
    withdraw_entry(row=row, by=by, reason="记在别人名下了")
    with pytest.raises(Refused, match="withdrawn"):
        correct_placement(**as_it_is(row, by))


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"reason": "。"}, "reason", "Say why"),
        ({"starts_on": date(2024, 9, 6)}, "starts_on", "future"),
        ({"consent_on": date(2024, 9, 1)}, "consent_on", "comes before"),
        ({"consent_on": None}, "consent_on", "want to"),
        ({"consent_how": "ledger"}, "consent_how", "want to"),
        ({"consent_how": ""}, "consent_how", "want to"),
        ({"end": End(date(2024, 9, 1), "health")}, "ended_on", "by itself"),
    ],
)
def test_what_a_placement_cannot_say_it_says_no_more_easily_when_corrected(
    by: User, facts: dict[str, Any], field: str, words: str
) -> None:
    row = placed(PersonFactory(), by=by)
    with pytest.raises(Refused, match=words) as refusal:
        correct_placement(**as_it_is(row, by, **facts))
    assert refusal.value.field == field


def test_a_corrected_placement_is_no_twin_and_fits_its_looks(by: User) -> None:
    person = PersonFactory()
    placed(person, by=by, days=50)
    row = placed(person, by=by, days=40)
    with pytest.raises(Refused, match="on file"):
        correct_placement(
            **as_it_is(row, by, starts_on=today() - timedelta(days=50),
                       consent_on=today() - timedelta(days=50))
        )  # fmt: skip
    looked(row, by=by, day=today() - timedelta(days=10))
    with pytest.raises(Refused, match="looked before this day") as refusal:
        correct_placement(**as_it_is(row, by, starts_on=today() - timedelta(days=9)))
    assert refusal.value.field == "starts_on"
    end_placement(placement=row, by=by, on=today(), reason="health")
    row.refresh_from_db()
    with pytest.raises(Refused, match="looked after this day"):
        correct_placement(**as_it_is(row, by, end=End(today() - timedelta(days=11), "health")))
    with pytest.raises(Refused, match="reason in words"):
        correct_placement(**as_it_is(row, by, end=End(today(), "other")))
    correct_placement(**as_it_is(row, by, end=End(today() - timedelta(days=10), "health")))


def test_an_end_taken_back_needs_a_place_at_the_base(by: User) -> None:
    base = base_of(1)
    row = placed(PersonFactory(), by=by, kind="site", base=base)
    with pytest.raises(Refused, match="has not ended"):
        take_back_end(placement=row, by=by, reason=WHY, version=1)
    correct_placement(**as_it_is(row, by, employer="园区一厂"))
    end_placement(placement=row, by=by, on=today(), reason="health")
    row.refresh_from_db()
    assert row.version == 3
    second = placed(PersonFactory(), by=by, kind="site", base=base)
    with pytest.raises(Refused, match="taken: 1"):
        take_back_end(placement=row, by=by, reason=WHY, version=3)
    with pytest.raises(Refused, match="workshop or farm only"):
        correct_placement(**as_it_is(second, by, kind="company"))
    withdraw_entry(row=second, by=by, reason="记在别人名下了")
    take_back_end(placement=row, by=by, reason=WHY, version=3)
    row.refresh_from_db()
    assert (row.ended_on, row.end_reason) == (None, "")


def test_hours_examination_and_certificate_are_put_right_with_a_reason(by: User) -> None:
    course = course_of()
    row = enrolled(course, PersonFactory(), by=by)
    record_hours(enrolment=row, by=by, attended=30, total=40)
    with pytest.raises(Refused, match="30/40 hours are on record") as refusal:
        record_hours(enrolment=row, by=by, attended=29, total=40)
    assert refusal.value.field == "attended"
    day = course.first + timedelta(days=20)
    record_examination(enrolment=row, by=by, result="failed", on=day)
    with pytest.raises(Refused, match="correcting the record"):
        record_examination(enrolment=row, by=by, result="passed", on=day)
    record_examination(enrolment=row, by=by, result="passed", on=day + timedelta(days=7))
    stored = record_certificate(enrolment=row, by=by, number="QH-1", on=today())
    again = record_certificate(enrolment=row, by=by, number="QH-1", on=today())
    assert again.version == stored.version, "the same tap again"
    with pytest.raises(Refused, match="correcting the record"):
        record_certificate(enrolment=row, by=by, number="QH-2", on=today())
    row.refresh_from_db()
    facts = of_course(row, by)
    for wrong, field in (
        ({"attended": None}, "attended"), ({"total": None}, "total"),
        ({"attended": 41}, "attended"),
        ({"examination": "failed"}, "certificate"), ({"examined_on": None}, "examined_on"),
        ({"examination": "not_yet"}, "examined_on"), ({"certificate": " "}, "certificate"),
        ({"certificate_on": None}, "certificate_on"), ({"certificate_on": day}, "certificate_on"),
        ({"examined_on": course.first - timedelta(days=1)}, "examined_on"),
        ({"enrolled_on": today() + timedelta(days=1)}, "enrolled_on"), ({"reason": "。"}, "reason"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            correct_enrolment(**facts | wrong)
        assert refusal.value.field == field
    correct_enrolment(
        **facts | {"examination": "not_yet", "examined_on": None, "certificate": "",
                   "certificate_on": None, "attended": None, "total": None}
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.examination, row.counted_on, row.certificate_number, row.hours) == (
        "not_yet", None, "", "",
    )  # fmt: skip
    with pytest.raises(Refused, match="Somebody else corrected"):
        correct_enrolment(**facts)


def test_pages_correct_work_and_courses(by: User) -> None:
    person = running_case(by).person
    row, place = placed(person, by=by), enrolled(course_of(), person, by=by)
    boss = signed_in(UserFactory(town_supervisor=True))
    url = reverse("employment:correct", args=[row.public_id])
    text = boss.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "The ledger says" not in text
    assert "ended_on" not in text
    facts = {
        "version": 1, "kind": "casual", "starts_on": str(row.starts_on), "consent_how": "signed",
        "consent_on": str(row.consent_on), "wage": "1800.50", "reason": WHY,
    }  # fmt: skip
    assert boss.post(url, facts, secure=True).status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.wage_fen) == ("casual", 180_050)
    end_placement(placement=row, by=by, on=today(), reason="health")
    url = reverse("employment:take-back-end", args=[row.public_id])
    assert boss.post(url, {"version": 3, "reason": WHY}, secure=True).status_code == 302
    url = reverse("employment:correct-enrolment", args=[place.public_id])
    facts = {
        "version": 1, "enrolled_on": str(place.enrolled_on), "attended": 5, "total": 40,
        "examination": "passed", "examined_on": str(today()), "certificate": "QH-1",
        "certificate_on": str(today()), "reason": WHY,
    }  # fmt: skip
    assert boss.post(url, facts, secure=True).status_code == 302
    place.refresh_from_db()
    assert (place.hours, place.certificate_number, place.counted_on) == ("5/40", "QH-1", today())


def test_where_somebody_worked_is_put_right_however_full_the_base_is_today(by: User) -> None:
    base = base_of(1)
    row = placed(PersonFactory(), by=by, days=100, kind="site")
    end_placement(placement=row, by=by, on=today() - timedelta(days=60), reason="contract")
    running = placed(PersonFactory(), by=by, kind="site", base=base)
    other = placed(PersonFactory(), by=by, kind="site")
    row.refresh_from_db()
    with pytest.raises(Refused, match="taken: 1"):
        correct_placement(**as_it_is(other, by, base=base))
    with pytest.raises(Refused, match="workshop or farm only"):
        correct_placement(**as_it_is(row, by, kind="company", base=base))
    correct_placement(**as_it_is(row, by, base=base))
    row.refresh_from_db()
    assert (row.base, running.base) == (base, base)


def test_fewer_hours_of_a_course_are_a_correction_too(by: User) -> None:
    row = enrolled(course_of(), PersonFactory(), by=by)
    record_hours(enrolment=row, by=by, attended=30, total=40)
    with pytest.raises(Refused, match="30/40 hours are on record") as refusal:
        record_hours(enrolment=row, by=by, attended=30, total=30)
    assert refusal.value.field == "total"
    assert record_hours(enrolment=row, by=by, attended=30, total=44).hours == "30/44"


def test_nobody_enters_a_course_that_has_ended(by: User) -> None:
    last = today() - timedelta(days=20)
    course = course_of(last=last)
    with pytest.raises(Refused, match="This course ended on") as refusal:
        enrolled(course, PersonFactory(), by=by, enrolled_on=last + timedelta(days=1))
    assert refusal.value.field == "enrolled_on"
    row = enrolled(course, PersonFactory(), by=by, enrolled_on=last)
    with pytest.raises(Refused, match="This course ended on"):
        correct_enrolment(**of_course(row, by, enrolled_on=today()))


def test_nobody_is_examined_before_they_were_enrolled(by: User) -> None:
    came = today() - timedelta(days=10)
    row = enrolled(course_of(), PersonFactory(), by=by, enrolled_on=came)
    with pytest.raises(Refused, match="on that day or later") as refusal:
        record_examination(enrolment=row, by=by, result="passed", on=came - timedelta(days=1))
    assert refusal.value.field == "on"
    row = record_examination(enrolment=row, by=by, result="passed", on=came)
    with pytest.raises(Refused, match="on that day or later") as refusal:
        correct_enrolment(**of_course(row, by, enrolled_on=came + timedelta(days=1)))
    assert refusal.value.field == "enrolled_on"
    with pytest.raises(Refused, match="on that day or later"):
        correct_enrolment(**of_course(row, by, examined_on=came - timedelta(days=1)))
    rows = Enrolment.objects.filter(pk=row.pk)
    with (
        pytest.raises(IntegrityError, match="employment_examined_after_enrolment"),
        transaction.atomic(),
    ):
        rows.update(enrolled_on=today())


def test_a_course_is_put_right_with_a_reason_and_its_history_keeps_it() -> None:
    boss = UserFactory(town_supervisor=True)
    course, day = course_of(by=boss, places=3), today()
    rows = [enrolled(course, PersonFactory(), enrolled_on=day - timedelta(days=n)) for n in (30, 5)]
    record_examination(enrolment=rows[0], by=boss, result="passed", on=day - timedelta(days=9))
    facts: dict[str, Any] = {
        "course": course, "by": boss, "reason": WHY, "title": "焊工", "first": course.first,
        "last": day, "provider": "县技工学校", "places": 2,
    }  # fmt: skip
    for wrong, field in (
        ({"reason": "。"}, "reason"), ({"first": day - timedelta(days=8)}, "first"),
        ({"first": day + timedelta(days=1), "last": None}, "first"),
        ({"last": day - timedelta(days=6)}, "last"), ({"places": 1}, "places"),
    ):  # fmt: skip
        with pytest.raises(Refused) as refusal:
            change_course(**facts | wrong)
        assert refusal.value.field == field
    twin = course_of(by=boss, title="焊工")
    with pytest.raises(Refused, match="is on file"), transaction.atomic():
        change_course(**facts)
    with pytest.raises(PermissionDenied):
        change_course(**facts | {"by": UserFactory(town_supervisor=True, area=area(WANQUAN))})
    facts["title"] = "焊工（中级）"
    change_course(**facts)
    course.refresh_from_db()
    assert (course.title, course.provider, course.places) == ("焊工（中级）", "县技工学校", 2)
    told = Course.pgh_event_model.objects.filter(pgh_obj=course).order_by("-pgh_id")  # type: ignore[attr-defined]
    assert [one.title for one in told] == ["焊工（中级）", "电工"]
    assert reason_of(told[0].pgh_context.metadata) == WHY
    assert twin.title == "焊工"


def test_a_page_corrects_a_course_for_who_runs_it() -> None:
    boss, worker = UserFactory(town_supervisor=True), UserFactory()
    course = course_of(by=boss)
    page = reverse("employment:course", args=[course.public_id])
    url = reverse("employment:change-course", args=[course.public_id])
    assert url in signed_in(boss).get(page, secure=True).content.decode()
    assert url not in signed_in(worker).get(page, secure=True).content.decode()
    data = {"title": "焊工", "first": course.first.isoformat(), "reason": WHY}
    assert signed_in(boss).post(url, data, secure=True).status_code == 302
    course.refresh_from_db()
    assert course.title == "焊工"


def test_work_of_who_has_died_on_a_day_that_nobody_knows_is_put_right(by: User) -> None:
    row = placed(PersonFactory(), by=by)
    Person.every.filter(pk=row.person_id).update(life_status="deceased", life_status_since=None)
    correct_placement(**as_it_is(row, by, employer="海口水产"))
    with pytest.raises(Refused, match="died") as refusal:
        correct_placement(**as_it_is(row, by, version=2, starts_on=row.starts_on
                                     + timedelta(days=1)))  # fmt: skip
    assert refusal.value.field == "starts_on"
