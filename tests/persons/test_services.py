"""Opening and changing files."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models.expressions import RawSQL

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.audit.acting import reason_of
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.persons.codes import DocumentKind, LifeStatus
from apps.persons.identity import last4_index
from apps.persons.models import Person
from apps.persons.services import (
    ChangedMeanwhile,
    add_contact,
    change_person,
    find_by_document,
    mark_life_status,
    open_person,
    withdraw_contact_agreement,
)
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import VILLAGE, ContactFactory, PersonFactory, resident_number

pytestmark = pytest.mark.django_db
NUMBER = "469098196910057222"


@pytest.fixture
def worker() -> User:
    return UserFactory()


def test_a_new_file_has_its_place_pinyin_and_indexes(worker: User) -> None:
    person = open_person(
        by=worker,
        area=area(VILLAGE),
        name=" 单 海生 ",
        document_number=" 469098 19691005 7222",
        phone="１００００２０００００",
    )
    person.refresh_from_db()
    assert (person.name, person.name_pinyin) == ("单海生", "shanhaisheng")
    assert person.name_initials == "shs"
    assert (person.county.code, person.town.code, person.village.code) == (
        "469002",
        JIAJI,
        VILLAGE,
    )
    assert (person.document_number, person.phone) == (NUMBER, "10000200000")
    assert (person.sex, person.born_on) == ("2", date(1969, 10, 5))
    assert bytes(person.document_last4_index) == last4_index("7222")
    assert find_by_document(NUMBER) == person


def test_a_number_is_on_file_once(worker: User) -> None:
    PersonFactory(document_number=NUMBER)
    with pytest.raises(Refused, match=r"exists|已"):
        open_person(by=worker, area=area(VILLAGE), name="陈二", document_number=NUMBER)


def test_sex_and_birth_must_agree_with_the_number(worker: User) -> None:
    other_sex: dict[str, Any] = {"sex": "1"}
    other_birth: dict[str, Any] = {"born_on": date(1970, 1, 1)}
    for facts, words in ((other_sex, "性别与证件号码"), (other_birth, "出生日期与证件号码不符")):
        with pytest.raises(Refused, match=words):
            open_person(by=worker, area=area(VILLAGE), name="陈二", document_number=NUMBER, **facts)


def test_a_person_without_papers_has_a_file_too(worker: User) -> None:
    person = open_person(by=worker, area=area(JIAJI), name="陈无", document_kind=DocumentKind.NONE)
    assert (person.document_number, person.document_index, person.village) == ("", None, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "  "},
        {"document_kind": DocumentKind.RESIDENT, "document_number": ""},
        {"document_kind": DocumentKind.NONE, "document_number": NUMBER},
        {"document_kind": DocumentKind.PASSPORT, "document_number": "E1"},
        {"document_number": "469098196910057223"},
        {"phone": "110"},
        {"employment": "juggling"},
    ],
)
def test_what_cannot_be_right_is_refused(worker: User, facts: dict[str, str]) -> None:
    given = {"name": "陈二", "document_kind": DocumentKind.NONE} | facts
    if "document_number" in facts and "document_kind" not in facts:
        given["document_kind"] = DocumentKind.RESIDENT
    with pytest.raises(Refused):
        open_person(by=worker, area=area(VILLAGE), **given)
    assert not Person.objects.exists()


def test_nobody_opens_a_file_in_another_county(worker: User) -> None:
    with pytest.raises(Refused, match="文城镇"):
        open_person(by=worker, area=area(WENCHENG), name="陈二", document_kind="none")


def test_a_file_is_opened_in_the_unit_that_exists_today() -> None:
    old, new = area("469002101"), area(JIAJI)
    merge_areas(area=old, into=new, by=User.objects.system())
    old.refresh_from_db()
    assert PersonFactory(area=old).town == new


def test_a_change_keeps_who_when_and_why(worker: User) -> None:
    person = PersonFactory(call_note="")
    change_person(person=person, by=worker, reason="本人要求", call_note="18:00 后")
    event = Person.pgh_event_model.objects.filter(pgh_obj_id=person.pk).order_by("pk").last()
    assert (event.call_note, reason_of(event.pgh_context.metadata)) == ("18:00 后", "本人要求")
    assert event.pgh_context.metadata["user"] == worker.pk


def test_the_later_of_two_editors_is_told_both_values(worker: User) -> None:
    person = PersonFactory(call_note="")
    change_person(person=person, by=worker, version=1, call_note="早上")
    with pytest.raises(ChangedMeanwhile) as told:
        change_person(
            person=person,
            by=worker,
            version=1,
            call_note="晚上",
            employment="farming",
            on_allowance=True,
        )
    assert told.value.differences[0][1:] == ("早上", "晚上")
    assert len(told.value.differences) == 3
    person.refresh_from_db()
    assert (person.call_note, person.version) == ("早上", 2)


def test_a_new_name_sorts_the_persons_cases_anew(worker: User) -> None:
    case = CaseFactory()
    change_person(person=case.person, by=worker, name="曾一")
    case.refresh_from_db()
    assert case.sort_key.startswith("zeng yi")


def test_a_mended_number_changes_what_follows_from_it(worker: User) -> None:
    person = PersonFactory()
    number = resident_number(77, born_on=date(1990, 5, 6), sex="2")
    changed = change_person(person=person, by=worker, document_number=number, sex="", born_on=None)
    assert (changed.sex, changed.born_on) == ("2", date(1990, 5, 6))


def test_a_number_can_be_taken_out_of_a_file(worker: User) -> None:
    person = PersonFactory()
    changed = change_person(
        person=person, by=worker, document_kind=DocumentKind.NONE, document_number=""
    )
    assert changed.document_index is None


def test_three_years_clean_needs_no_open_order(worker: User) -> None:
    person = PersonFactory()
    marked = mark_life_status(
        person=person, by=worker, status=LifeStatus.ABSTINENT, since=date(2024, 1, 1)
    )
    assert marked.life_status_since == date(2024, 1, 1)
    CaseFactory(person=person, reported_on=today(), agreement_on=today())
    with pytest.raises(Refused, match=r"open order|先"):
        mark_life_status(person=person, by=worker, status=LifeStatus.ABSTINENT)


def test_a_status_does_not_begin_tomorrow(worker: User) -> None:
    with pytest.raises(Refused, match="日期晚于今天。"):
        mark_life_status(
            person=PersonFactory(),
            by=worker,
            status=LifeStatus.ABROAD,
            since=today() + timedelta(days=1),
        )


def test_a_status_that_is_taken_back_has_no_day(worker: User) -> None:
    person = PersonFactory(life_status=LifeStatus.FOLLOW_UP, life_status_since=date(2024, 1, 1))
    assert mark_life_status(person=person, by=worker, status="").life_status_since is None


@pytest.mark.parametrize(
    "facts",
    [
        {"agreed_on": None},
        {"agreed_on": date(2999, 1, 1)},
        {"phone": "110"},
        {"name": " "},
        {"relation": "neighbour"},
    ],
)
def test_no_contact_without_the_persons_agreement(worker: User, facts: dict[str, object]) -> None:
    given = {"name": "陈母", "relation": "parent", "agreed_on": date(2024, 1, 1)} | facts
    with pytest.raises(Refused):
        add_contact(person=PersonFactory(), by=worker, **given)


def test_an_agreement_is_withdrawn_once_and_not_before_it_was_given(worker: User) -> None:
    contact = ContactFactory()
    tomorrow, before = today() + timedelta(days=1), date(2023, 12, 31)
    for day, words in ((tomorrow, "日期晚于今天"), (before, "撤回同意不能早于同意的日期")):
        with pytest.raises(Refused, match=words):
            withdraw_contact_agreement(contact=contact, by=worker, on=day)
    for _tap in range(2):
        assert withdraw_contact_agreement(contact=contact, by=worker, on=today()).withdrawn_on
    with pytest.raises(Refused, match="同意已撤回。"):
        withdraw_contact_agreement(contact=contact, by=worker, on=today() - timedelta(days=1))


def test_the_same_contact_twice_is_one(worker: User) -> None:
    facts = {
        "person": PersonFactory(), "by": worker, "name": "陈母", "relation": "parent",
        "agreed_on": date(2024, 1, 1), "phone": "10012345678",
    }  # fmt: skip
    assert add_contact(**facts) == add_contact(**facts)
    assert add_contact(**facts | {"phone": "10012345679"}) != add_contact(**facts)


def test_a_name_that_stays_writes_nothing_to_the_orders(worker: User) -> None:
    """Whoever edits the file does not wait for who works on an order, nor the other way round."""
    case = CaseFactory()
    written = Case.objects.filter(pk=case.pk).values_list(RawSQL("cases_case.ctid::text", []))
    before = written.get()
    change_person(person=case.person, by=worker, name=case.person.name, call_note="早上")
    assert written.get() == before
    change_person(person=case.person, by=worker, name="曾一")
    assert written.get() != before
