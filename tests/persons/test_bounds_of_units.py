"""Moves, merges and decisions at their bounds: the days of each unit, and of which pair it is."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.persons.access import looks_after
from apps.persons.models import Assignment, FormerUnit, Merge, NotSame, Person
from apps.persons.services import (
    change_person,
    decide_not_same,
    take_back_not_same,
    undo_merge,
)
from apps.persons.services.moving import ensure_inside, move_person, stands_in
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE, AssignmentFactory, PersonFactory, merged_into
from tests.refusing import refused

pytestmark = pytest.mark.django_db
DAY, ONE = date(2025, 5, 10), timedelta(days=1)
SEEN = "Only who sees both files decides about them."


@pytest.fixture
def records() -> User:
    found: User = UserFactory(records_admin=True)
    return found


def moved(person: Person, day: date, code: str) -> None:
    with time_machine.travel(f"{day}T10:00:00+08:00", tick=False):
        move_person(person=person, area=area(code), by=User.objects.system())


def units(person: Person) -> list[tuple[str, date | None, date]]:
    rows = FormerUnit.objects.filter(person=person).order_by("ends_on")
    return list(rows.values_list("town__code", "starts_on", "ends_on"))


def test_each_unit_begins_the_day_after_the_one_before_it() -> None:
    person = PersonFactory(area=area(JIAJI))
    for days, code in ((0, WANQUAN), (5, WENCHENG), (6, JIAJI)):
        moved(person, DAY + days * ONE, code)
    assert units(person) == [
        (JIAJI, None, DAY - ONE),
        (WANQUAN, DAY, DAY + 4 * ONE),
        (WENCHENG, DAY + 5 * ONE, DAY + 5 * ONE),
    ]


def test_a_unit_of_a_few_hours_leaves_no_trace() -> None:
    person = PersonFactory(area=area(JIAJI))
    for code in (WANQUAN, WENCHENG, WENCHENG):
        moved(person, DAY, code)
    assert units(person) == [(JIAJI, None, DAY - ONE)]


@pytest.mark.parametrize(("on", "left"), [(-1, -1), (0, None), (1, None)])
def test_who_does_not_work_there_is_responsible_until_the_day_before(
    on: int, left: int | None
) -> None:
    person, both = PersonFactory(area=area(JIAJI)), UserFactory(county_supervisor=True)
    row = AssignmentFactory(person=person, worker=UserFactory(), on=DAY + on * ONE)
    stays = AssignmentFactory(person=person, worker=both, on=DAY + on * ONE, kind="cover")
    moved(person, DAY, WANQUAN)
    found = dict(Assignment.objects.filter(person=person).values_list("pk", "ends_on"))
    assert found.pop(stays.pk) is None
    assert found == ({} if left is None else {row.pk: DAY + left * ONE})


@pytest.mark.parametrize(
    ("code", "stands"),
    [(QIONGHAI, True), (JIAJI, True), (VILLAGE, True), (WANQUAN, False), ("469002100001", False)],
)
def test_a_row_stands_in_its_units_and_in_no_other(code: str, *, stands: bool) -> None:
    assert stands_in(PersonFactory(), area(code)) == stands


def test_who_acts_brings_nobody_outside_of_the_own_area() -> None:
    boss, system = UserFactory(town_supervisor=True), User.objects.system()
    assert ensure_inside(boss, area(VILLAGE)) == area(VILLAGE)
    assert ensure_inside(system, area(WENCHENG)) == area(WENCHENG)
    with refused("万泉镇 lies outside your area."):
        ensure_inside(boss, area(WANQUAN))


def test_a_merge_is_of_its_own_pair_and_the_later_one_is_undone_first(records: User) -> None:
    kept, others = PersonFactory(), [PersonFactory() for _n in range(3)]
    elsewhere = merged_into(PersonFactory(), PersonFactory(), records)
    merges = [merged_into(kept, other, records) for other in others]
    assert len({merge.pk for merge in (elsewhere, *merges)}) == 4
    newest = others[2].file_number
    with refused(f"File {newest} was merged into this one later. Undo that first."):
        undo_merge(merge=merges[0], by=records, reason="两个人")
    for merge in (*reversed(merges), elsewhere):
        undo_merge(merge=merge, by=records, reason="两个人")
    assert not Merge.objects.standing().exists()
    with refused(f"{records.name} undid this on "):
        undo_merge(merge=merges[0], by=records, reason="两个人")


def test_a_chain_of_merges_is_undone_from_its_end(records: User) -> None:
    last, middle, first = (PersonFactory() for _n in range(3))
    inner = merged_into(middle, first, records)
    outer = merged_into(last, middle, records)
    with refused(f"The file was merged into file {last.file_number} since. Undo that first."):
        undo_merge(merge=inner, by=records, reason="两个人")
    for merge in (outer, inner):
        undo_merge(merge=merge, by=records, reason="两个人")
    assert Person.objects.count() == 3


def test_each_act_on_a_file_is_a_version_of_it(records: User) -> None:
    """Who has the file open in an editor is told that it changed."""
    kept, merged = PersonFactory(), PersonFactory()

    def versions() -> list[int]:
        return [Person.every.get(pk=person.pk).version for person in (kept, merged)]

    merge = merged_into(kept, merged, records)
    assert versions() == [2, 2]
    undo_merge(merge=merge, by=records, reason="两个人")
    assert versions() == [3, 3]
    moved(kept, DAY, WANQUAN)
    assert versions() == [4, 3]


def test_a_row_that_came_over_two_merges_was_where_its_first_person_was(records: User) -> None:
    with time_machine.travel(f"{DAY - 30 * ONE}T10:00:00+08:00", tick=False):
        case = CaseFactory(person=PersonFactory(area=area(WANQUAN)))
        middle, last = PersonFactory(area=area(JIAJI)), PersonFactory(area=area(JIAJI))
    moved(case.person, DAY, JIAJI)
    first = Person.objects.get(pk=case.person_id)
    merged_into(middle, first, records)
    merged_into(last, middle, records)
    since = [first.pk, middle.pk, last.pk]
    for code, days in ((WANQUAN, [-1]), (JIAJI, [0, 1])):
        found = [
            day
            for day in (-1, 0, 1)
            if Case.objects.in_area_on(area(code), DAY + day * ONE, since).exists()
        ]
        assert found == days


def test_after_a_move_of_the_kept_file_nobody_knows_what_goes_back(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    merge = merged_into(kept, merged, records)
    change_person(person=kept, by=records, area=area(WANQUAN))
    with refused("The file has come to another unit since the merge"):
        undo_merge(merge=merge, by=records, reason="两个人")
    change_person(person=kept, by=records, area=area(VILLAGE))
    assert undo_merge(merge=merge, by=records, reason="两个人").merge.undone_at


def test_two_persons_are_decided_pair_by_pair(records: User) -> None:
    one, other, third = (PersonFactory() for _n in range(3))
    with refused("This is one file, not two."):
        decide_not_same(one=one, other=one, by=records, reason="双胞胎")
    first = decide_not_same(one=one, other=other, by=records, reason="双胞胎")
    second = decide_not_same(one=third, other=one, by=records, reason="看过照片")
    assert (first.other, second.other, second.reason) == (other, third, "看过照片")
    assert decide_not_same(one=one, other=third, by=records, reason="双胞胎") == second
    again = UserFactory(records_admin=True)
    for by in (records, again):
        assert take_back_not_same(decision=first, by=by).withdrawn_by == records
    merged_into(one, other, records)
    assert NotSame.objects.filter(withdrawn_at=None).get() == second


@pytest.mark.parametrize(
    "who", [{"town_supervisor": True}, {"system_admin": True}, {"records_admin": True}]
)
def test_who_sees_one_of_two_files_decides_nothing(who: dict[str, Any], records: User) -> None:
    here, there = PersonFactory(area=area(JIAJI)), PersonFactory(area=area(WANQUAN))
    if "records_admin" in who:
        who = who | {"area": area(WENCHENG).county}
    by = UserFactory(**who)
    with refused(SEEN):
        decide_not_same(one=here, other=there, by=by, reason="双胞胎")
    decision = decide_not_same(one=here, other=there, by=records, reason="双胞胎")
    with refused(SEEN):
        take_back_not_same(decision=decision, by=by)


def test_a_worker_looks_after_the_own_persons_alone() -> None:
    worker, other = UserFactory(), PersonFactory()
    own = AssignmentFactory(worker=worker).person
    request: Any = SimpleNamespace(user=worker)
    assert (looks_after(request, own), looks_after(request, other)) == (True, False)
