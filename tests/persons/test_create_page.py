"""Look first, then open."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.persons.models import OutsideLookup, Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.pages import signed_in
from tests.factories.persons import (
    AssignmentFactory,
    PersonFactory,
    merged_into,
    resident_number,
)

pytestmark = pytest.mark.django_db
URL = "/persons/new/"


@pytest.fixture
def worker() -> User:
    return UserFactory()


def find(client: Client, **asked: str) -> HttpResponse:
    return client.post(URL, {"step": "find", **asked})


def filled(**facts: str) -> dict[str, str]:
    return {
        "step": "open",
        "name": "陈新",
        "document_kind": "resident",
        "document_number": resident_number(400),
        "area": "先锋村",
        "phone": "10012345678",
    } | facts


def test_the_page_asks_before_it_offers_a_form(worker: User) -> None:
    client = signed_in(worker)
    assert b'name="area"' not in client.get(URL).content
    assert find(client).status_code == 422
    assert b'name="area"' in find(client, name="陈海生").content


@pytest.mark.parametrize("asked", ["陈海生", "chenhaisheng", "CHS", "陈海升"])
def test_a_name_its_pinyin_or_initials_find_the_file_that_exists(worker: User, asked: str) -> None:
    person = PersonFactory(name="陈海生")
    AssignmentFactory(person=person, worker=worker)
    answer = find(signed_in(worker), name=asked).content.decode()
    assert str(person.public_id) in answer


def test_a_number_in_scope_leads_to_its_file_and_offers_no_second(worker: User) -> None:
    person = PersonFactory()
    AssignmentFactory(person=person, worker=worker)
    answer = find(signed_in(worker), document_number=person.document_number)
    assert str(person.public_id) in answer.content.decode()
    assert b'name="area"' not in answer.content
    opened = signed_in(worker).post(URL, filled(document_number=person.document_number))
    assert opened.status_code == 409
    text = opened.content.decode()
    assert reverse("workbench:person", args=[person.public_id]) in text
    assert_kept(text, filled(document_number=person.document_number))
    assert Person.objects.count() == 1


def assert_kept(text: str, typed: dict[str, str]) -> None:
    for name in ("name", "document_number", "area", "phone"):
        assert f'value="{typed[name]}"' in text, name


def test_somebody_who_looks_like_a_file_is_asked_about_once(worker: User) -> None:
    person = PersonFactory(name="陈新", document_number=resident_number(401))
    AssignmentFactory(person=person, worker=worker)
    client, typed = signed_in(worker), filled(phone=person.phone)
    asked = client.post(URL, typed)
    assert asked.status_code == 409
    assert str(person.public_id) in asked.content.decode()
    assert_kept(asked.content.decode(), typed)
    assert Person.objects.count() == 1
    client.post(URL, typed | {"seen": str(person.public_id)})
    assert Person.objects.count() == 2


def test_a_number_of_a_merged_file_leads_to_the_file_of_today(worker: User) -> None:
    kept, merged = PersonFactory(), PersonFactory()
    AssignmentFactory(person=kept, worker=worker)
    merged_into(kept, merged, UserFactory(records_admin=True, area=area("469002")))
    answer = signed_in(worker).post(URL, filled(document_number=merged.document_number))
    assert reverse("workbench:person", args=[kept.public_id]) in answer.content.decode()


def test_a_phone_finds_the_file_too(worker: User) -> None:
    person = PersonFactory()
    AssignmentFactory(person=person, worker=worker)
    assert str(person.public_id) in find(signed_in(worker), phone=person.phone).content.decode()


def test_a_wrong_number_is_told_before_anything_is_looked_up(worker: User) -> None:
    assert find(signed_in(worker), document_number="469098196910057223").status_code == 422


def outsider() -> Person:
    return PersonFactory(area=area(WENCHENG), name="林外人")


def test_a_number_kept_elsewhere_is_answered_with_ask_for_a_transfer(worker: User) -> None:
    person = outsider()
    answer = find(signed_in(worker), document_number=person.document_number)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "林外人" not in text
    assert str(person.public_id) not in text
    assert "文昌" not in text
    lookup = OutsideLookup.objects.get()
    assert (lookup.person, lookup.asked_by, lookup.town.code) == (person, worker, WENCHENG)
    logged = AccessLog.objects.get(action=Action.OUTSIDE)
    assert (logged.person_ids, logged.county_code) == ([person.public_id], "469005")


@pytest.mark.parametrize("asked", [{"name": "林外人"}, {"phone": "10099999999"}])
def test_nobody_outside_is_found_by_name_or_phone(worker: User, asked: dict[str, str]) -> None:
    person = PersonFactory(area=area(WENCHENG), name="林外人", phone="10099999999")
    answer = find(signed_in(worker), **asked)
    assert answer.status_code == 200
    assert str(person.public_id) not in answer.content.decode()
    assert not OutsideLookup.objects.exists()


def test_after_ten_answers_every_number_out_of_scope_gets_the_same(worker: User) -> None:
    person, client = outsider(), signed_in(worker)
    for _ in range(10):
        find(client, document_number=person.document_number)
    known = find(client, document_number=person.document_number)
    unknown = find(client, document_number=resident_number(450))
    assert (known.status_code, unknown.status_code) == (409, 409)
    assert _main(known) == _main(unknown)
    assert OutsideLookup.objects.count() == 10


def _main(answer: Any) -> str:
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def test_the_form_asks_again_so_that_a_second_file_is_never_opened(worker: User) -> None:
    person = outsider()
    typed = filled(document_number=person.document_number)
    answer = signed_in(worker).post(URL, typed)
    assert answer.status_code == 409
    assert_kept(answer.content.decode(), typed)
    assert "林外人" not in answer.content.decode()
    assert Person.objects.count() == 1


def test_a_worker_who_opens_a_file_looks_after_the_person(worker: User) -> None:
    area("469002")
    answer = signed_in(worker).post(URL, filled())
    person = Person.objects.visible_to(worker).get()
    assert answer["Location"] == reverse("workbench:person", args=[person.public_id])
    assert person.assignments.get().worker == worker
    assert (person.village.name, person.created_by) == ("先锋村", worker)


def test_a_supervisor_who_opens_a_file_leaves_it_unassigned() -> None:
    signed_in(UserFactory(town_supervisor=True)).post(URL, filled())
    assert not Person.objects.get().assignments.exists()


@pytest.mark.parametrize(
    "facts",
    [
        {"area": "下山村"},
        {"area": "nowhere"},
        {"name": ""},
        {"document_number": ""},
        {"phone": "110"},
        {"sex": "2"},
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(worker: User, facts: dict[str, str]) -> None:
    answer = signed_in(worker).post(URL, filled(**facts))
    assert answer.status_code == 422
    assert not Person.objects.exists()


@pytest.mark.parametrize("typed", ["嘉积镇先锋村", "琼海市 嘉积镇 先锋村", "469002100200"])
def test_a_unit_may_be_typed_with_what_lies_above_it(worker: User, typed: str) -> None:
    signed_in(worker).post(URL, filled(area=typed))
    assert Person.objects.get().village.name == "先锋村"


def test_a_person_without_papers_may_be_opened(worker: User) -> None:
    signed_in(worker).post(URL, filled(document_kind="none", document_number=""))
    assert Person.objects.get().document_index is None
