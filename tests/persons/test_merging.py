"""Two files become one, and two again: every model that names a person, found by what it is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.cases.listeners import notify_cases_changed
from apps.cases.services import close_case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.needs.services import record_need
from apps.persons.merging.rows import references
from apps.persons.models import Assignment, Merge, Person
from apps.persons.services import (
    ChangedMeanwhile,
    add_contact,
    assign_worker,
    change_person,
    decide_not_same,
    find_by_document,
    merge_persons,
    preview_merge,
    take_back_not_same,
    undo_merge,
    withdraw_contact_agreement,
)
from apps.transfers.services import cancel_transfer
from tests.architecture.visitors import RECORDS, TOWN
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import AssignmentFactory, PersonFactory, merged_into
from tests.transfers.test_every_door import whole_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def records() -> User:
    return UserFactory(records_admin=True, area=area(QIONGHAI))


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True, area=area(JIAJI))


def refused(kept: Person, merged: Person, by: User, words: str) -> None:
    with pytest.raises(Refused, match=words):
        merged_into(kept, merged, by)


def dump() -> dict[str, list[Any]]:
    """Every row of every table that names a person, without the count of saves."""
    found: dict[str, list[Any]] = {}
    for reference in references():
        model = reference.model
        kept = [f.attname for f in model._meta.concrete_fields if f.name != "version"]
        if reference.label == "schedule.DueItem":  # laid out anew by every act
            kept.remove("id")
        rows = model._base_manager.values_list(*kept)
        if reference.label == "notices.Notice":  # the bell tells of the merge and of its undo
            rows = rows.exclude(kind__in=["merged", "merge_undone"])
        told = [tuple(_plain(value) for value in row) for row in rows]
        found[reference.label] = sorted(told, key=repr)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def opened(person: Person) -> tuple[str, str]:
    """Encrypted values are encrypted anew by every save; they are compared as they are read."""
    fresh = Person.every.get(pk=person.pk)
    return fresh.document_number, fresh.phone


def test_every_row_of_the_merged_file_comes_along_and_goes_back_by_undo() -> None:
    world = whole_file()
    by, merged = world.users[RECORDS], world.person
    cancel_transfer(transfer=world.transfer, by=world.users[TOWN] or by, reason="不迁了")
    change_person(person=merged, by=by, name=merged.name)  # the world only wrote the name
    notify_cases_changed([world.case.pk])  # windows as they are laid out, not as the world has them
    kept = PersonFactory(name="欧阳寻宗")
    empty = [r.label for r in references() if not r.of(merged).exists()]
    assert empty == [], "Make a row in tests/architecture/matrix_world.py"
    before, numbers = dump(), (opened(kept), opened(merged))
    row = merged_into(kept, merged, by, document_number="merged", phone="merged")
    left = [r.label for r in references() if r.of(merged).exists()]
    assert left == []
    undo_merge(merge=row, by=by, reason="两个人")
    after = dump()
    for label, rows in before.items():
        assert comparable(label, after[label]) == comparable(label, rows), label
    assert (opened(kept), opened(merged)) == numbers


def comparable(label: str, rows: list[Any]) -> list[Any]:
    if label != "persons.Person":
        return rows
    return sorted([tuple(v for v in row if not isinstance(v, bytes)) for row in rows], key=repr)


def test_two_orders_in_force_are_settled_first(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    days = {"reported_on": date(2024, 3, 1), "agreement_on": date(2024, 3, 1)}
    CaseFactory(person=kept, **days)
    order = CaseFactory(person=merged, **days)
    refused(kept, merged, records, "in force on these days.*Close or correct one")
    type(order).objects.filter(pk=order.pk).update(reported_on=None, agreement_on=None)
    merged_into(kept, merged, records)
    assert kept.cases.count() == 2


def test_two_workers_of_today_are_made_one_first(records: User) -> None:
    one, other = UserFactory(), UserFactory()
    kept, merged = PersonFactory(), PersonFactory()
    AssignmentFactory(person=kept, worker=one)
    AssignmentFactory(person=merged, worker=other, on=date(2024, 2, 1))
    refused(kept, merged, records, "Assign both files to the same worker first")
    assign_worker(persons=[merged], worker=one, by=records, on=today())
    merge = merged_into(kept, merged, records)
    running = Assignment.objects.filter(person=kept).current_on(today()).responsible()
    assert [row.worker for row in running] == [one]
    past = Assignment.objects.get(person=kept, worker=other)
    assert past.kind == "cover"
    undo_merge(merge=merge, by=records, reason="两个人")
    past.refresh_from_db()
    assert (past.kind, past.person) == ("responsible", merged)
    assert merged.assignments.responsible().current_on(today()).count() == 1


def test_nobody_covers_for_herself_after_a_merge(records: User) -> None:
    """Whichever file had the cover, and where both had the same worker."""
    worker, mate = UserFactory(), UserFactory()
    for own, other in (("responsible", "cover"), ("cover", "responsible"), ("responsible",) * 2):
        kept, merged = PersonFactory(), PersonFactory()
        rows = [AssignmentFactory(person=kept, worker=worker, kind=own),
                AssignmentFactory(person=merged, worker=worker, kind=other)]  # fmt: skip
        AssignmentFactory(person=merged, worker=mate, kind="cover")
        merge = merged_into(kept, merged, records)
        left = Assignment.objects.filter(person=kept).order_by("worker", "pk")
        assert [(row.worker, row.kind) for row in left] == [
            (worker, "responsible"), (mate, "cover"),
        ]  # fmt: skip
        undo_merge(merge=merge, by=records, reason="两个人")
        assert [Assignment.objects.get(pk=row.pk).kind for row in rows] == [own, other]
        assert Assignment.objects.get(pk=rows[1].pk).person == merged


def test_two_units_are_made_one_first(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory(area=area("469002101200"))
    refused(kept, merged, records, "two units")
    change_person(person=merged, by=records, area=area("469002100200"))
    merged_into(kept, Person.objects.get(pk=merged.pk), records)


def test_an_open_transfer_is_decided_first() -> None:
    world = whole_file()
    by, kept = world.users[RECORDS], PersonFactory()
    moving = world.transfer
    refused(kept, world.person, by, "A transfer of .* is under way")
    cancel_transfer(transfer=moving, by=by, reason="不迁了")
    merged_into(kept, world.person, by)


def test_who_was_found_to_be_two_is_merged_only_after_that_is_taken_back(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    decision = decide_not_same(one=merged, other=kept, by=records, reason="看过照片")
    refused(kept, merged, records, "these are two persons")
    take_back_not_same(decision=decision, by=records)
    merged_into(kept, merged, records)


def test_a_status_without_an_order_is_not_kept_beside_an_open_order(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    order = CaseFactory(person=kept)
    change_person(person=merged, by=records, life_status="clean")
    with pytest.raises(Refused, match="cannot stand beside it"):
        merged_into(kept, merged, records, life_status="merged")
    undo_merge(
        merge=merged_into(kept, merged, records, life_status="kept"), by=records, reason="两个人"
    )
    close_case(case=order, by=records, reason="revoked", on=date(2024, 5, 2))
    merged_into(kept, merged, records, life_status="merged")
    assert Person.objects.get(pk=kept.pk).life_status == "clean"


def test_who_has_a_file_open_is_told_of_a_merge_and_of_its_undoing(records: User) -> None:
    files = PersonFactory(), PersonFactory()

    def versions() -> list[int]:
        return [Person.every.get(pk=file.pk).version for file in files]

    assert versions() == [1, 1]
    merge = merged_into(*files, records)
    assert versions() == [2, 2]
    undo_merge(merge=merge, by=records, reason="两个人")
    assert versions() == [3, 3]
    for file in files:
        with pytest.raises(ChangedMeanwhile):
            change_person(person=file, by=records, version=2, call_note="晚上")
        change_person(person=file, by=records, version=3, call_note="晚上")


def test_only_records_staff_who_see_both_merge(records: User, boss: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    elsewhere = UserFactory(records_admin=True, area=area(WENCHANG))
    others = [boss, UserFactory(), UserFactory(auditor=True), UserFactory(system_admin=True)]
    for by in [*others, elsewhere, UserFactory(county_supervisor=True, area=area(QIONGHAI))]:
        refused(kept, merged, by, "Only the records administration")
    merge = merged_into(kept, merged, records)
    for by in [*others, elsewhere]:
        with pytest.raises(Refused, match="Only the records administration"):
            undo_merge(merge=merge, by=by, reason="两个人")
    undo_merge(merge=merge, by=records, reason="两个人")


def test_what_differs_is_chosen_and_what_is_not_chosen_is_asked_for(records: User) -> None:
    kept, merged = PersonFactory(sex="1"), PersonFactory(ethnicity="07", phone="")
    change_person(person=kept, by=records, employment="employed", call_note="不打单位")
    change_person(person=merged, by=records, employment="unemployed", call_note="18点以后")
    seen = preview_merge(kept=kept, merged=merged, by=records)
    given = {"kept": kept, "merged": merged, "by": records, "reason": "同一个人"}
    with pytest.raises(Refused, match="Choose what stays"):
        merge_persons(**given, chosen={}, previewed=seen.state)
    chosen = {"name": "merged", "document_number": "kept", "employment": "merged"}
    merge_persons(**given, chosen=chosen, previewed=seen.state)
    stored = Person.objects.get(pk=kept.pk)
    assert (stored.name, stored.employment, stored.ethnicity) == (merged.name, "unemployed", "07")
    assert (stored.document_number, stored.phone) == (kept.document_number, kept.phone)
    assert stored.call_note == "不打单位；18点以后"


def test_what_changed_after_the_preview_is_previewed_again(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    seen = preview_merge(kept=kept, merged=merged, by=records)
    record_need(
        urgency="normal",
        said_by="person",
        person=merged,
        by=records,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    given = {"kept": kept, "merged": merged, "by": records, "reason": "同一个人",
             "chosen": {"name": "kept", "document_number": "kept", "phone": "kept"}}  # fmt: skip
    with pytest.raises(Refused, match="changed after this preview"):
        merge_persons(**given, previewed=seen.state)
    seen = preview_merge(kept=kept, merged=merged, by=records)
    first = merge_persons(**given, previewed=seen.state)
    assert merge_persons(**given, previewed=seen.state) == first  # the same tap again


def test_the_number_of_either_file_leads_to_the_kept_one(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    numbers = [kept.document_number, merged.document_number]
    merge = merged_into(kept, merged, records, document_number="merged")
    assert find_by_document(numbers[1]) == kept
    undo_merge(merge=merge, by=records, reason="两个人")
    assert [find_by_document(number) for number in numbers] == [kept, merged]
    merged_into(kept, merged, records)
    assert [find_by_document(number) for number in numbers] == [kept, kept]
    with pytest.raises(Refused, match="A file for this document number exists"):
        PersonFactory(document_number=numbers[1])


def test_merges_of_merges_are_undone_from_the_last_one_on(records: User) -> None:
    one, two, three = PersonFactory(), PersonFactory(), PersonFactory()
    need = record_need(
        urgency="normal",
        said_by="person",
        person=two,
        by=records,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    first = merged_into(one, two, records)
    second = merged_into(three, one, records)
    assert find_by_document(two.document_number) == three
    with pytest.raises(Refused, match="Undo that first"):
        undo_merge(merge=first, by=records, reason="两个人")
    refused(three, two, records, "was merged on")
    undo_merge(merge=second, by=records, reason="两个人")
    with pytest.raises(Refused, match="undid this on"):
        undo_merge(merge=second, by=records, reason="两个人")
    assert find_by_document(two.document_number) == one
    undo_merge(merge=first, by=records, reason="两个人")
    need.refresh_from_db()
    assert need.person == two


def test_two_merged_into_one_are_undone_from_the_last_one_on(records: User) -> None:
    kept, one, two = PersonFactory(), PersonFactory(), PersonFactory()
    first, second = merged_into(kept, one, records), merged_into(kept, two, records)
    with pytest.raises(Refused, match="merged into this one later"):
        undo_merge(merge=first, by=records, reason="两个人")
    undo_merge(merge=second, by=records, reason="两个人")
    undo_merge(merge=first, by=records, reason="两个人")
    assert Person.objects.filter(pk__in=[kept.pk, one.pk, two.pk]).count() == 3


def test_what_was_added_since_stays_but_for_what_hangs_on_a_row_that_goes(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    order = CaseFactory(person=merged)
    merge = merged_into(kept, merged, records)
    own = record_need(
        urgency="normal",
        said_by="person",
        person=kept,
        by=records,
        kind="work",
        said_on=date(2024, 3, 3),
    )
    hanging = record_need(
        urgency="normal",
        said_by="person",
        person=kept,
        by=records,
        kind="training",
        said_on=date(2024, 3, 3),
    )
    record_need(
        urgency="normal", said_by="person", person=kept, by=records, kind="housing",
        said_on=date(2024, 3, 3),
    )  # fmt: skip
    kept.needs.update(case=None)
    type(hanging).objects.filter(pk=hanging.pk).update(case=order)
    change_person(person=kept, by=records, employment="employed")
    undone = undo_merge(merge=merge, by=records, reason="两个人")
    own.refresh_from_db()
    hanging.refresh_from_db()
    assert (own.person, hanging.person) == (kept, merged)
    assert undone.staying == ["needs 2"]
    assert undone.going == ["needs 1"]
    assert Person.objects.get(pk=kept.pk).employment == "employed"


def test_who_has_moved_since_is_not_taken_apart(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    merge = merged_into(kept, merged, records)
    change_person(person=kept, by=records, area=area("469002101200"))
    with pytest.raises(Refused, match="another unit since the merge"):
        undo_merge(merge=merge, by=records, reason="两个人")
    change_person(person=kept, by=records, area=area("469002100200"))
    undo_merge(merge=merge, by=records, reason="两个人")


def test_an_agreement_that_was_withdrawn_stays_withdrawn(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    facts = {"name": "陈母", "relation": "parent", "phone": "10012345678", "by": records}
    agreed = add_contact(person=kept, agreed_on=date(2024, 1, 1), **facts)
    ended = add_contact(person=merged, agreed_on=date(2024, 1, 1), **facts)
    withdraw_contact_agreement(contact=ended, by=records, on=date(2024, 5, 1))
    merge = merged_into(kept, merged, records)
    agreed.refresh_from_db()
    assert agreed.withdrawn_on == date(2024, 5, 1)
    undo_merge(merge=merge, by=records, reason="两个人")
    agreed.refresh_from_db()
    assert agreed.withdrawn_on is None


def test_the_history_says_who_merged_and_why(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    merged_into(kept, merged, records)
    last = Person.every.get(pk=merged.pk).events.order_by("-pgh_id")[0]
    assert last.merged_into_id == kept.pk
    assert last.pgh_context.metadata["user"] == records.pk
    assert reason_of(last.pgh_context.metadata) == "同一个人"


def test_a_merge_that_was_undone_is_read_by_who_sees_both(records: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    merge = merged_into(kept, merged, records)
    town = UserFactory(records_admin=True, area=area(JIAJI))
    assert list(Merge.objects.visible_to(town)) == [merge]
    undo_merge(merge=merge, by=records, reason="两个人")
    assert list(Merge.objects.visible_to(town)) == [merge]
    change_person(person=merged, by=records, area=area("469002101200"))
    assert not Merge.objects.visible_to(town).exists()
    assert list(Merge.objects.visible_to(records)) == [merge]
