"""Which pairs are likely duplicates, why, and who is told of them."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.persons.alike import eighteen, likely_pairs, pairs_of
from apps.persons.models import Person
from apps.persons.services import decide_not_same, take_back_not_same
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, area
from tests.factories.persons import AssignmentFactory, PersonFactory, resident_number

pytestmark = pytest.mark.django_db
BORN = date(1980, 2, 3)
OLD = "469098800203001"
NONE = {"document_kind": "none", "document_number": ""}


def born(sequence: int, day: date = BORN) -> dict[str, Any]:
    return {"document_number": resident_number(sequence, born_on=day)}


@pytest.fixture
def records() -> User:
    return UserFactory(records_admin=True, area=area(QIONGHAI))


def told(user: User) -> list[list[str]]:
    with translation.override("en"):
        return [pair.why for pair in likely_pairs(user)]


ALIKE = [
    ({"name": "王小明", **born(11)}, {"name": "王小明", **born(12)}, "same name"),
    ({"name": "阿卜杜·热合曼", **born(11)}, {"name": "阿卜杜热合曼", **born(12)}, "same name"),
    ({"name": "王小明", **born(11)}, {"name": "王晓明", **born(12)}, "sounds the same"),
    ({"name": "王小明", **born(11)}, {"name": "小明王", **born(12)}, "turned round"),
    ({"name": "王小明", **born(11)}, {"name": "王小红", **born(12)}, "one character"),
    ({"name": "王小明", **born(11)}, {"name": "王明小红", **born(12)}, None),
    ({"name": "王小明", "phone": "10012312345"}, {"name": "王小明", "phone": "10012312345"},
     "same phone"),
    ({"name": "王小明", "phone": "10012312345"}, {"name": "李建国", "phone": "10012312345"}, None),
    ({"name": "王小明", **born(11)}, {"name": "王小明", **born(12, date(1981, 2, 3))}, None),
    ({"name": "王小明"}, {"name": "王小明", **NONE}, "one file has no number"),
    ({"name": "王小明"}, {"name": "王小明", **NONE, "born_on": date(1950, 1, 1)}, None),
    ({"name": "王小明", "document_kind": "passport", "document_number": OLD},
     {"name": "李建国", "document_number": eighteen(OLD)}, "old form"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_what_makes_two_files_alike(
    records: User, one: dict[str, Any], other: dict[str, Any], why: str | None
) -> None:
    first, second = PersonFactory(**one), PersonFactory(**other)
    found = told(records)
    assert len(found) == (why is not None)
    assert why is None or any(why in words for words in found[0])
    with translation.override("en"):
        near = [pair.other for pair in pairs_of(records, first)]
    assert near == ([second] if why and "old" not in why else near)


def test_who_sees_one_of_the_two_is_told_nothing(records: User) -> None:
    here = PersonFactory(name="王小明", **born(11))
    there = PersonFactory(name="王小明", area=area(WANQUAN), **born(12))
    AssignmentFactory(person=here, worker=(worker := UserFactory(area=area(JIAJI))))
    for boss in (area(JIAJI), area(WANQUAN)):
        assert told(UserFactory(town_supervisor=True, area=boss)) == []
    assert told(worker) == []
    assert told(UserFactory(records_admin=True, area=area(WENCHANG))) == []
    assert told(UserFactory(auditor=True)) == told(UserFactory(system_admin=True)) == []
    assert len(told(records)) == 1
    assert [pair.other for pair in pairs_of(records, there)] == [here]


def test_two_persons_leave_the_list_until_that_is_taken_back(records: User) -> None:
    one = PersonFactory(name="王小明", **born(11))
    other = PersonFactory(name="王小明", **born(12))
    decision = decide_not_same(one=other, other=one, by=records, reason="双胞胎")
    assert told(records) == []
    assert pairs_of(records, one) == []
    assert decide_not_same(one=one, other=other, by=records, reason="双胞胎") == decision
    take_back_not_same(decision=decision, by=records)
    decision.refresh_from_db()
    assert (decision.decided_by, decision.withdrawn_by) == (records, records)
    assert len(told(records)) == 1


def test_the_list_asks_no_more_for_more_files(
    records: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        PersonFactory(name="王小明", **born(20 + number))
    with django_assert_max_num_queries(8):
        assert len(likely_pairs(records)) == 780
    assert Person.objects.count() == 40
