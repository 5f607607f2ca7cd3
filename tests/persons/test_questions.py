"""What is asked of rows about persons: of each question a row that is in and one that is out."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.models import User
from apps.cases.models import Case
from apps.core.days import today
from apps.persons.models import Assignment, FormerUnit, Merge, Person
from apps.persons.services import mark_life_status, undo_merge
from apps.persons.services.moving import move_person, personal_models
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, PersonFactory, merged_into

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 10)
ONE = timedelta(days=1)


@pytest.fixture
def records() -> User:
    found: User = UserFactory(records_admin=True, area=area(QIONGHAI))
    return found


def at(day: date) -> Any:
    return time_machine.travel(f"{day}T10:00:00+08:00", tick=False)


@pytest.mark.parametrize(
    ("last", "day", "current", "not_over"),
    [
        (None, -1, False, True),
        (None, 0, True, True),
        (None, 99, True, True),
        (5, -1, False, True),
        (5, 0, True, True),
        (5, 5, True, True),
        (5, 6, False, False),
    ],
)
def test_an_assignment_runs_from_its_first_to_its_last_day(
    *, last: int | None, day: int, current: bool, not_over: bool
) -> None:
    row = AssignmentFactory(worker=UserFactory(), on=DAY)
    Assignment.objects.filter(pk=row.pk).update(
        ends_on=None if last is None else DAY + timedelta(days=last)
    )
    asked = DAY + timedelta(days=day)
    assert Assignment.objects.current_on(asked).exists() == current
    assert Assignment.objects.not_over_on(asked).exists() == not_over


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(-5, -1, False), (-5, 0, True), (5, 9, True), (6, 9, False), (6, None, False), (5, None, True),
     (-5, None, True)],
)  # fmt: skip
def test_days_that_overlap_share_one(*, first: int, last: int | None, found: bool) -> None:
    row = AssignmentFactory(worker=UserFactory(), on=DAY)
    Assignment.objects.filter(pk=row.pk).update(ends_on=DAY + timedelta(days=5))
    until = None if last is None else DAY + timedelta(days=last)
    rows = Assignment.objects.overlapping(DAY + timedelta(days=first), until)
    assert rows.exists() == found


def test_a_cover_is_not_responsible_and_looks_after_the_person_too() -> None:
    own, other, cover = UserFactory(), UserFactory(), UserFactory()
    row = AssignmentFactory(worker=own, on=DAY)
    beside = AssignmentFactory(person=row.person, worker=cover, on=DAY, kind="cover")
    ended = AssignmentFactory(worker=other, on=DAY)
    Assignment.objects.filter(pk=ended.pk).update(ends_on=today() - ONE)
    assert set(Assignment.objects.responsible()) == {row, ended}
    assert set(Assignment.objects.exclude(kind="responsible")) == {beside}
    for user, persons in ((own, [row.person]), (cover, [row.person]), (other, [])):
        assert list(Person.objects.in_caseload_of(user)) == persons
        assert list(Person.objects.visible_to(user)) == persons


@pytest.fixture
def moved() -> dict[str, Any]:
    """One came from 万泉镇 to 嘉积镇 on DAY, another was always there; both with an order."""
    by = User.objects.system()
    with at(DAY - 30 * ONE):
        came = CaseFactory(person=PersonFactory(area=area(WANQUAN)))
        stayed = CaseFactory(person=PersonFactory(area=area(JIAJI)), not_reported=True)
    with at(DAY):
        move_person(person=came.person, area=area(JIAJI), by=by)
    return {"came": Case.objects.get(pk=came.pk), "stayed": Case.objects.get(pk=stayed.pk)}


@pytest.mark.parametrize(("day", "there"), [(DAY - 40 * ONE, WANQUAN), (DAY - ONE, WANQUAN),
                                            (DAY, JIAJI), (DAY + ONE, JIAJI)])  # fmt: skip
def test_figures_of_past_days_stay_with_the_unit_of_then(
    moved: dict[str, Any], day: date, there: str
) -> None:
    """Of orders and of persons; that somebody else stayed changes nothing."""
    came, stayed = moved["came"], moved["stayed"]
    since = [came.person_id, stayed.person_id]
    for model, one, other in ((Case, came, stayed), (Person, came.person, stayed.person)):
        for code in (JIAJI, WANQUAN):
            rows = set(model.objects.in_area_on(area(code), day, since))
            assert (one in rows) == (code == there)
            assert (other in rows) == (code == JIAJI)
            # Whom nobody is known to have moved is where the row is today.
            assert set(model.objects.in_area_on(area(code), day, [])) == (
                {one, other} if code == JIAJI else set()
            )
        column = model.objects.unit_on("town_id", day, since)
        towns = dict(model.objects.annotate(then=column).values_list("pk", "then"))
        assert towns == {one.pk: area(there).pk, other.pk: area(JIAJI).pk}
        plain = model.objects.unit_on("town_id", day, [])
        assert set(model.objects.annotate(then=plain).values_list("then", flat=True)) == {
            area(JIAJI).pk
        }


@pytest.mark.parametrize(("day", "known"), [(DAY - 2 * ONE, True), (DAY - ONE, True), (DAY, False)])
def test_who_moved_since_a_day_is_known_with_the_file_of_today(
    *, moved: dict[str, Any], day: date, known: bool, records: User
) -> None:
    came, kept = moved["came"].person, moved["stayed"].person
    assert FormerUnit.objects.moved_since(day) == ([came.pk] if known else [])
    merged_into(kept, came, records)
    both = sorted([came.pk, kept.pk])
    assert FormerUnit.objects.moved_since(day) == (both if known else [])


def test_a_row_that_came_with_a_merge_was_where_its_own_person_was(
    moved: dict[str, Any], records: User
) -> None:
    came, stayed = moved["came"], moved["stayed"]
    kept, merged = came.person, stayed.person
    merge = merged_into(kept, merged, records)
    since, day = FormerUnit.objects.moved_since(DAY - ONE), DAY - ONE
    assert {case.person_id for case in Case.objects.all()} == {kept.pk}
    for code, rows in ((JIAJI, {stayed}), (WANQUAN, {came})):
        assert set(Case.objects.in_area_on(area(code), day, since)) == rows
    # The merge of somebody else says nothing about these.
    undo_merge(merge=merge, by=records, reason="两个人")
    again = merged_into(merged, kept, records)
    for code, rows in ((JIAJI, {stayed}), (WANQUAN, {came})):
        assert set(Case.objects.in_area_on(area(code), day, [kept.pk, merged.pk])) == rows
    assert Merge.objects.standing().get() == again


@pytest.mark.parametrize("status", ["deceased", "abroad", "clean", "follow_up"])
def test_on_the_register_until_the_day_before_death_or_leaving_the_country(status: str) -> None:
    with at(DAY - 9 * ONE):
        person = PersonFactory()
    with at(DAY + 9 * ONE):
        mark_life_status(person=person, by=User.objects.system(), status=status, since=DAY)
    counted = [Person.objects.on_register_on(DAY + n * ONE).exists() for n in (-10, -9, -1, 0, 1)]
    stays = status in ("clean", "follow_up")
    assert counted == [False, True, True, stays, stays]
    # Of whom nobody knows since when, it holds for all days.
    Person.objects.update(life_status_since=None)
    assert Person.objects.on_register_on(DAY - ONE).exists() == stays


def test_whoever_was_brought_in_was_known_before_the_file() -> None:
    with at(DAY):
        brought, opened = PersonFactory(brought_in_on=DAY), PersonFactory()
    assert set(Person.objects.on_register_on(DAY - ONE)) == {brought}
    assert set(Person.objects.on_register_on(DAY)) == {brought, opened}


def test_a_file_counts_and_is_read_as_itself_until_it_is_merged(records: User) -> None:
    with at(DAY - ONE):
        kept, merged, other = (
            PersonFactory(),
            PersonFactory(),
            PersonFactory(area=area("469005100")),
        )
    with at(DAY):
        merged_into(kept, merged, records)
    for day, rows in ((DAY - ONE, {kept, merged, other}), (DAY, {kept, other})):
        assert set(Person.every.on_register_on(day)) == rows
    assert set(Person.objects.all()) == {kept, other}
    assert set(Person.every.visible_to(records)) == {kept}
    assert set(Person.every.named_to(records)) == {kept, merged}


def test_undone_merges_are_read_by_who_sees_both_and_stand_no_more(records: User) -> None:
    boss = UserFactory(town_supervisor=True, area=area(JIAJI))
    kept, merged = PersonFactory(area=area(JIAJI)), PersonFactory(area=area(JIAJI))
    merge = merged_into(kept, merged, records)
    assert [set(Merge.objects.visible_to(user)) for user in (records, boss)] == [{merge}] * 2
    assert set(Merge.objects.standing()) == {merge}
    undo_merge(merge=merge, by=records, reason="两个人")
    merged.refresh_from_db()
    move_person(person=merged, area=area(WANQUAN), by=records)
    assert [set(Merge.objects.visible_to(user)) for user in (records, boss)] == [{merge}, set()]
    assert not Merge.objects.standing().exists()


def test_each_model_about_a_person_moves_by_the_column_that_names_the_person() -> None:
    personal_models.cache_clear()
    found = personal_models()
    assert len(found) > 10
    for model, name in found.items():
        assert model._meta.get_field(name).related_model is Person, model
    assert {"Case", "Contact"} <= {model.__name__ for model in found}
    assert "CaseEvent" not in {model.__name__ for model in found}
