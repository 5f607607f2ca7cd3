"""Edit, reveal, call, contacts, assign, look-ups."""

from typing import Any

import pytest
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.persons.forms import PersonForm
from apps.persons.models import Assignment, Contact, Person
from apps.persons.services import change_person, look_up_outside
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, WENCHENG, area
from tests.factories.pages import signed_in
from tests.factories.persons import AssignmentFactory, ContactFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> User:
    return UserFactory()


@pytest.fixture
def boss() -> User:
    return UserFactory(town_supervisor=True)


@pytest.fixture
def person(worker: User) -> Person:
    person = PersonFactory(name="陈海生")
    AssignmentFactory(person=person, worker=worker)
    return person


def url(name: str, person: Person, *more: Any) -> str:
    return reverse(f"persons:{name}", args=[person.public_id, *more])


def as_typed(person: Person, user: User, **changes: str) -> dict[str, str]:
    """The edit form as a browser would send it back."""
    form = PersonForm(user=user, person=person)
    typed = {field.html_name: field.value() for field in form}
    return {k: "" if v is None else str(v) for k, v in typed.items()} | changes


def test_an_edit_is_stored_with_its_reason(worker: User, person: Person) -> None:
    data = as_typed(person, worker, employment="farming", reason="本人告知")
    answer = signed_in(worker).post(url("edit", person), data)
    assert answer["Location"] == reverse("workbench:person", args=[person.public_id])
    person.refresh_from_db()
    assert (person.employment, person.version) == ("farming", 2)
    page = signed_in(worker).get(url("history", person)).content.decode()
    assert "本人告知" in page


def test_the_edit_form_masks_number_and_phone_and_keeps_them(worker: User, person: Person) -> None:
    client = signed_in(worker)
    text = client.get(url("edit", person)).content.decode()
    assert person.document_number not in text
    assert person.phone not in text
    assert person.document_number[-4:] in text
    number, phone = person.document_number, person.phone
    client.post(url("edit", person), as_typed(person, worker, employment="farming"))
    person = Person.objects.get(pk=person.pk)
    assert (person.document_number, person.phone) == (number, phone)
    client.post(url("edit", person), as_typed(person, worker, phone="-"))
    assert Person.objects.get(pk=person.pk).phone == ""
    taken = as_typed(person, worker, document_kind="none", version="3")
    client.post(url("edit", person), taken)
    assert Person.objects.get(pk=person.pk).document_index is None


def test_the_later_editor_sees_both_values_and_keeps_the_own_words(
    worker: User, person: Person
) -> None:
    data = as_typed(person, worker, call_note="晚上打", employment="farming")
    change_person(person=person, by=worker, call_note="早上打")
    answer = signed_in(worker).post(url("edit", person), data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "早上打" in text
    assert 'value="晚上打"' in text
    person.refresh_from_db()
    assert (person.call_note, person.employment) == ("早上打", "")
    again = signed_in(worker).post(url("edit", person), data | {"version": "2"})
    assert again.status_code == 302
    person.refresh_from_db()
    assert person.call_note == "晚上打"


def test_a_mended_number_that_another_unit_keeps_tells_nothing(
    worker: User, person: Person
) -> None:
    other = PersonFactory(area=area(WENCHENG))
    data = as_typed(person, worker, document_number=other.document_number, sex="", born_on="")
    answer = signed_in(worker).post(url("edit", person), data)
    assert answer.status_code == 409
    assert other.name not in answer.content.decode()


def test_a_wrong_field_stores_nothing(worker: User, person: Person) -> None:
    answer = signed_in(worker).post(url("edit", person), as_typed(person, worker, phone="110"))
    assert answer.status_code == 422


def test_a_status_is_set_on_its_page(worker: User, person: Person) -> None:
    client = signed_in(worker)
    assert client.get(url("life-status", person)).status_code == 200
    client.post(url("life-status", person), {"status": "clean", "since": "2024-01-01"})
    person.refresh_from_db()
    assert person.life_status == "clean"
    wrong = client.post(url("life-status", person), {"status": "clean", "since": "2999-01-01"})
    assert wrong.status_code == 422


def test_who_looks_after_a_person_sees_the_number_without_a_reason(
    worker: User, person: Person
) -> None:
    answer = signed_in(worker).post(url("reveal", person))
    assert person.document_number in answer.content.decode()
    logged = AccessLog.objects.get(action=Action.REVEAL)
    assert (logged.person_ids, logged.purpose) == ([person.public_id], "")


def test_everybody_else_says_what_the_number_is_for(boss: User, person: Person) -> None:
    client = signed_in(boss)
    asked = client.post(url("reveal", person))
    assert person.document_number not in asked.content.decode()
    assert client.post(url("reveal", person), {"purpose": "a"}).status_code == 422
    assert not AccessLog.objects.filter(action=Action.REVEAL).exists()
    told = client.post(url("reveal", person), {"purpose": "核对决定书"})
    assert person.document_number in told.content.decode()
    assert AccessLog.objects.get(action=Action.REVEAL).purpose == "核对决定书"


def test_the_number_never_stands_in_a_page_that_was_not_asked_for(
    worker: User, person: Person
) -> None:
    for name in ("reveal", "call", "contacts", "history"):
        assert (
            person.document_number not in signed_in(worker).get(url(name, person)).content.decode()
        )


def test_one_tap_calls_and_is_logged(worker: User, person: Person, settings: Any) -> None:
    settings.ALLOW_CALLS = True
    person.phone = "13800138000"
    person.save()
    answer = signed_in(worker).post(url("call", person))
    assert "tel:13800138000" in answer.content.decode()
    assert AccessLog.objects.get(action=Action.CALL).fields_seen == "phone"


def test_no_call_leaves_a_machine_that_must_not_call(
    worker: User, person: Person, settings: Any
) -> None:
    settings.ALLOW_CALLS = False
    text = signed_in(worker).post(url("call", person)).content.decode()
    assert "tel:" not in text
    assert person.phone in text


def test_a_number_given_out_to_nobody_is_never_dialled(
    worker: User, person: Person, settings: Any
) -> None:
    settings.ALLOW_CALLS = True
    assert person.phone.startswith("100")
    assert "tel:" not in signed_in(worker).post(url("call", person)).content.decode()


def test_the_answer_to_a_tap_is_a_part_of_the_page(worker: User, person: Person) -> None:
    answer = signed_in(worker).post(url("call", person), headers={"HX-Request": "true"})
    assert b"<main" not in answer.content
    assert person.phone in answer.content.decode()


def test_a_supervisor_gives_a_reason_for_a_call(boss: User, person: Person) -> None:
    assert person.phone not in signed_in(boss).post(url("call", person)).content.decode()


def test_a_contact_is_called_while_the_person_agrees(worker: User, person: Person) -> None:
    contact = ContactFactory(person=person)
    client = signed_in(worker)
    call = {"contact": str(contact.public_id)}
    assert contact.phone in client.post(url("call", person), call).content.decode()
    assert AccessLog.objects.get(action=Action.CALL).fields_seen == "contact_phone"
    client.post(url("contact-withdraw", person, contact.public_id), {"on": "2024-05-01"})
    assert client.post(url("call", person), call).status_code == 404


def test_without_a_phone_there_is_nothing_to_call(worker: User) -> None:
    person = PersonFactory(phone="")
    AssignmentFactory(person=person, worker=worker)
    signed_in(worker).post(url("call", person))
    assert not AccessLog.objects.filter(action=Action.CALL).exists()


def test_a_contact_needs_the_day_of_the_agreement(worker: User, person: Person) -> None:
    client, typed = signed_in(worker), {"name": "陈母", "relation": "parent", "agreed_on": ""}
    assert client.post(url("contact-add", person), typed).status_code == 422
    client.post(url("contact-add", person), typed | {"agreed_on": "2024-01-01"})
    assert Contact.objects.get().name == "陈母"
    assert "陈母" in client.get(url("contacts", person)).content.decode()
    late = typed | {"agreed_on": "2999-01-01"}
    assert client.post(url("contact-add", person), late).status_code == 422


def test_an_agreement_does_not_end_before_it_was_given(worker: User, person: Person) -> None:
    contact = ContactFactory(person=person)
    target = url("contact-withdraw", person, contact.public_id)
    assert signed_in(worker).post(target, {"on": "2020-01-01"}).status_code == 422


def test_ticked_persons_are_assigned_on_one_page(boss: User, worker: User) -> None:
    persons = PersonFactory.create_batch(2)
    client, rows = signed_in(boss), [str(p.public_id) for p in persons]
    asked = client.post("/persons/assign/", {"row": rows, "next": "/cases/unassigned/"})
    assert asked.status_code == 200
    typed = {"row": rows, "worker": worker.pk, "on": "2026-01-01", "next": "/cases/unassigned/",
             "kind": "responsible"}  # fmt: skip
    done = client.post("/persons/assign/", typed)
    assert done["Location"] == "/cases/unassigned/"
    assert Assignment.objects.filter(worker=worker).count() == 2


def test_a_worker_of_another_town_is_not_among_the_choices(boss: User) -> None:
    stranger = UserFactory(area=area(WANQUAN))
    rows = [str(PersonFactory().public_id)]
    typed = {"row": rows, "worker": stranger.pk, "on": "2026-01-01", "kind": "cover"}
    assert signed_in(boss).post("/persons/assign/", typed).status_code == 422


def test_a_refused_assignment_says_why(boss: User, worker: User, person: Person) -> None:
    rows, other = [str(person.public_id)], UserFactory()
    typed = {"row": rows, "worker": other.pk, "on": "2020-01-01", "kind": "responsible"}
    answer = signed_in(boss).post("/persons/assign/", typed)
    assert answer.status_code == 422
    assert "2024" in answer.content.decode()


@pytest.mark.parametrize("rows", [["not-a-uuid"], ["00000000-0000-7000-8000-000000000000"]])
def test_who_is_not_in_scope_is_not_there(boss: User, rows: list[str]) -> None:
    assert signed_in(boss).post("/persons/assign/", {"row": rows}).status_code == 404


def test_nobody_ticked_leads_back_and_never_off_the_site(boss: User) -> None:
    answer = signed_in(boss).post("/persons/assign/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/persons/"


def test_questions_from_outside_stand_until_they_are_seen(boss: User, person: Person) -> None:
    stranger = UserFactory(area=area(WENCHENG), name="林外")
    lookup = look_up_outside(by=stranger, person=person)
    client = signed_in(boss)
    assert "林外" in client.get("/persons/lookups/").content.decode()
    client.post("/persons/lookups/seen/", {"row": [str(lookup.public_id)]})
    lookup.refresh_from_db()
    assert lookup.seen_by == boss
    assert client.post("/persons/lookups/seen/", {"row": ["x"]}).status_code == 404


PAGES = ["edit", "life-status", "reveal", "call", "contacts", "contact-add", "history"]


@pytest.mark.parametrize("name", PAGES)
def test_the_same_404_for_elsewhere_and_for_nowhere(name: str, person: Person) -> None:
    stranger = signed_in(UserFactory())
    assert stranger.get(url(name, person)).status_code == 404
    person.public_id = "00000000-0000-7000-8000-000000000000"
    assert stranger.get(url(name, person)).status_code == 404
    assert not AccessLog.objects.exists()


@pytest.mark.parametrize("name", PAGES)
def test_a_role_without_persons_is_refused(name: str, person: Person) -> None:
    assert signed_in(UserFactory(auditor=True)).get(url(name, person)).status_code == 403


def test_a_contact_whose_id_is_no_uuid_is_not_there(worker: User, person: Person) -> None:
    answer = signed_in(worker).post(url("call", person), {"contact": "nonsense"})
    assert answer.status_code == 404
