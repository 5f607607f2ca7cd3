"""A paper speaks of a row: one that is withdrawn, of somebody else or of another kind is none."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.cases.models import Case, Suspension
from apps.cases.services import suspend_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.documents import guards
from apps.documents.models import Attachment, IssuedDocument
from apps.documents.services import void_document, withdraw_scan
from apps.documents.subject import Subject
from apps.persons.models import Person
from apps.persons.services import change_person
from apps.visits.services import withdraw
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WANQUAN, area
from tests.factories.assessments import assessed
from tests.factories.documents import issued, scan
from tests.factories.pages import running_case
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def by() -> User:
    found: User = UserFactory(county_supervisor=True)
    return found


@pytest.fixture
def case() -> Case:
    return running_case(days=150)


def day(number: int) -> date:
    return today() + timedelta(days=number)


def refused(guard: Callable[[Subject], None], case: Case, by: User, **more: Any) -> str:
    with translation.override("en"):
        try:
            guard(Subject(case.person, case, by, today(), **more))
        except Refused as refusal:
            return str(refusal)
    return ""


@pytest.mark.parametrize(("kind", "other"), [("talk", "visit"), ("visit", "talk")])
def test_a_talk_or_visit_that_was_held_with_this_person(
    case: Case, by: User, kind: str, other: str
) -> None:
    words = "None is on record: enter it under Visits and interviews first."
    guard = guards.met(kind)
    somebody = met(running_case(), day(-2), kind, by=by).meeting
    tried(case, day(-2), kind, by=by)
    of_the_other_kind = met(case, day(-2), other, by=by).meeting
    assert refused(guard, case, by) == words
    held = met(case, day(-3), kind, by=by).meeting
    assert refused(guard, case, by) == ""
    for row, found in ((held, ""), (somebody, words), (of_the_other_kind, words)):
        assert refused(guard, case, by, record=row.public_id) == found
    withdraw(held, by, "记错", timezone.now())
    assert refused(guard, case, by) == words


def test_an_assessment_of_this_person(case: Case, by: User) -> None:
    assessed(running_case().person, by, day(-3))
    words = "The person was not assessed yet: do it under Assessments first."
    for guard in (guards.assessed, guards.level_in_force):
        assert refused(guard, case, by) == words
    assessed(case.person, by, day(-3))
    for guard in (guards.assessed, guards.level_in_force):
        assert refused(guard, case, by) == ""


def test_a_suspension_of_this_order_that_was_not_withdrawn(case: Case, by: User) -> None:
    words = "No suspension is on file: record it on the page of the order."
    suspend_case(case=running_case(days=150), by=by, starts_on=day(-20), reason="detained")
    assert refused(guards.suspended, case, by) == words
    row = suspend_case(case=case, by=by, starts_on=day(-20), reason="detained")
    assert refused(guards.suspended, case, by) == ""
    Suspension.objects.filter(pk=row.pk).update(withdrawn_at=timezone.now())
    assert refused(guards.suspended, case, by) == words


@pytest.mark.parametrize(
    ("registered", "lives", "words"),
    [
        ({}, {}, "not on file"),
        ({"registration_area": JIAJI}, {"residence_area": JIAJI}, "lives where the household"),
        ({"registration_area": WANQUAN}, {"residence_area": JIAJI}, ""),
        ({"registration_address": "万泉镇1号"}, {"residence_area": JIAJI}, ""),
        ({"registration_area": WANQUAN}, {"residence_address": "嘉积镇1号"}, ""),
        ({"registration_area": WANQUAN}, {}, ""),
    ],
)
def test_a_letter_between_two_places_that_are_known_and_differ(
    case: Case, by: User, registered: dict[str, str], lives: dict[str, str], words: str
) -> None:
    """Where no residence is told, it is the village that is responsible."""
    given = {
        name: area(value) if name.endswith("area") else value
        for name, value in (registered | lives).items()
    }
    change_person(person=case.person, by=by, **given)
    case.person.refresh_from_db()
    found = refused(guards.lives_elsewhere, case, by)
    assert words in found
    assert bool(found) == bool(words)


def test_without_village_and_residence_nobody_knows_where_the_person_lives(by: User) -> None:
    case = running_case(days=150)
    change_person(person=case.person, by=by, registration_area=area(WANQUAN))
    Person.objects.filter(pk=case.person_id).update(village=None)
    case.person.refresh_from_db()
    assert "not on file" in refused(guards.lives_elsewhere, case, by)


def test_papers_and_scans_that_are_valid(case: Case, by: User) -> None:
    void, paper = issued(case, by), issued(case, by)
    void_document(document=void, by=by, reason="写错")
    gone, kept = scan(case, by), scan(case, by)
    withdraw_scan(scan=gone, by=by, reason="放错")
    assert list(IssuedDocument.objects.valid()) == [paper]
    assert list(Attachment.objects.valid()) == [kept]


@pytest.mark.parametrize(("on", "words"), [(-1, ""), (0, ""), (1, "The day lies in the future.")])
def test_a_scan_is_of_today_or_before(case: Case, by: User, on: int, words: str) -> None:
    found = ""
    with translation.override("en"):
        try:
            scan(case, by, dated_on=day(on), description="  决定  书 ")
        except Refused as refusal:
            found = f"{refusal} ({refusal.field})"
    assert found == (f"{words} (dated_on)" if words else "")
    rows = [(row.dated_on, row.description) for row in Attachment.objects.all()]
    assert rows == ([] if words else [(day(on), "决定 书")])
