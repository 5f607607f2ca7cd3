"""Pages of visits and interviews: one form, one tap, undo, the list and the paper."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.cases.models import Case
from apps.needs.models import Need
from apps.schedule.models import DueItem
from apps.visits.models import Meeting
from tests.factories.accounts import UserFactory
from tests.factories.persons import ContactFactory
from tests.factories.schedule import case_of
from tests.factories.visits import met, tried

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}
HTMX = EN | {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def case(worker: User) -> Case:
    return case_of(worker)


def address(name: str, case: Case, kind: str = "visit") -> str:
    return reverse(f"visits:{name}", args=[case.person.public_id, kind])


def send(client: Client, url: str, **data: Any) -> Any:
    headers = HTMX if data.pop("htmx", False) else EN
    return client.post(url, {"next": "/today/"} | data, secure=True, headers=headers)


def get(client: Client, url: str) -> str:
    response = client.get(url, secure=True, headers=EN)
    assert response.status_code == 200
    return response.content.decode()


FORM = {
    "met_person": "on", "place": "home", "occurred_at": "2024-06-03T11:30",
    "state_words": "情绪稳定，和母亲同住",
}  # fmt: skip


def test_five_fields_are_required_and_no_more(client: Client, case: Case) -> None:
    html = get(client, address("create", case))
    assert html.count(" required") <= 5
    response = send(client, address("create", case), uuid=uuid4(), **FORM)
    meeting = Meeting.objects.get()
    assert response.url == f"/today/?saved={meeting.public_id}"
    assert (meeting.kind, meeting.met_person, meeting.day) == ("visit", True, NOW)
    assert DueItem.objects.filter(case=case, kind="visit", outcome="done").count() == 1


def test_today_shows_what_was_saved_and_its_undo(client: Client, case: Case) -> None:
    raised = {"need_kind": "work", "need_urgency": "urgent", "need_words": "想找份工作"}
    unsaid = send(client, address("create", case), uuid=uuid4(), **FORM, **raised)
    assert unsaid.status_code == 422, "nobody guesses who says so"
    raised["need_said_by"] = "person"
    response = send(client, address("create", case), uuid=uuid4(), **FORM, **raised)
    html = get(client, response.url)
    assert "Home visit" in html
    assert "data-undo-form" in html
    assert "想找份工作" in html
    meeting = Meeting.objects.get()
    undone = send(client, reverse("visits:undo", args=[meeting.public_id]), htmx=True)
    assert "Record visit" in undone.content.decode()
    assert Need.objects.get().outcome == "mistake"


def test_a_talk_asks_how_and_nobody_of_the_family(client: Client, case: Case) -> None:
    html = get(client, address("create", case, "talk"))
    assert 'name="way"' in html
    assert 'name="contact"' not in html
    call = FORM | {"way": "phone", "place": "remote"}
    send(client, address("create", case, "talk"), uuid=uuid4(), **call)
    assert (Meeting.objects.get().kind, Meeting.objects.get().way) == ("talk", "phone")


def test_only_agreed_contacts_of_the_person_are_offered(client: Client, case: Case) -> None:
    mother = ContactFactory(person=case.person, name="陈母", agreed_on=date(2024, 4, 1))
    ContactFactory(name="别家", agreed_on=date(2024, 4, 1))
    html = get(client, address("create", case))
    assert "陈母" in html
    assert "别家" not in html
    late = FORM | {"occurred_at": "2024-03-20T10:00"}
    response = send(client, address("create", case), uuid=uuid4(), contact=mother.public_id, **late)
    assert response.status_code == 422
    assert "had not agreed" in response.content.decode()


def test_not_done_is_one_tap_with_a_next_date(client: Client, case: Case) -> None:
    url = address("attempt", case)
    response = send(client, url, htmx=True, uuid=uuid4(), act="away:in_person")
    assert "Home visit not done: Away" in response.content.decode()
    meeting = Meeting.objects.get()
    assert (meeting.reason, meeting.way, meeting.next_on) == ("away", "in_person", NOW + 3 * DAY)
    assert "Home visit" in get(client, "/today/?tab=hidden")


def test_another_date_goes_through_the_form(client: Client, case: Case) -> None:
    url = address("attempt", case, "talk")
    assert "Next date" in get(client, url)
    wrong = send(client, url, uuid=uuid4(), reason="away", way="phone", next_on="2024-01-01")
    assert wrong.status_code == 422
    send(client, url, uuid=uuid4(), reason="away", way="phone", next_on="2024-06-20")
    assert Meeting.objects.get().next_on == date(2024, 6, 20)


def test_a_refusal_is_no_tap_the_full_form_asks_what_happened(client: Client, case: Case) -> None:
    response = send(client, address("attempt", case), uuid=uuid4(), act="refused:in_person")
    assert "reason=refused" in response.url
    assert not Meeting.objects.exists()
    assert "Next date" in get(client, response.url)
    by_script = {"htmx": True, "uuid": uuid4(), "act": "refused:in_person"}
    assert "reason=refused" in send(client, address("attempt", case), **by_script)["HX-Redirect"]


def test_without_script_undo_leads_back_where_one_was(client: Client, case: Case) -> None:
    send(client, address("create", case), uuid=uuid4(), **FORM)
    meeting = Meeting.objects.get()
    assert send(client, reverse("visits:undo", args=[meeting.public_id])).url == "/today/"
    meeting.refresh_from_db()
    assert meeting.undone


def test_a_kind_that_does_not_exist_is_not_found(client: Client, case: Case) -> None:
    response = client.get(address("create", case, "party"), secure=True)
    assert response.status_code == 404


def test_the_record_is_corrected_and_withdrawn_on_its_pages(client: Client, case: Case) -> None:
    meeting = met(case, NOW).meeting
    page = reverse("visits:detail", args=[meeting.public_id])
    assert "情绪稳定，在家务农" in get(client, page)
    correction = FORM | {"version": 1, "why": "补充", "state_words": "情绪低落"}
    send(client, reverse("visits:correct", args=[meeting.public_id]), **correction)
    assert "情绪低落" in get(client, page)
    send(client, reverse("visits:withdraw", args=[meeting.public_id]), reason="记错了人")
    assert "记错了人" in get(client, page)
    seen = AccessLog.objects.filter(action=Action.VIEW, fields_seen="visit")
    assert seen.count() >= 3


def test_the_list_shows_relations_and_no_names_of_family(client: Client, case: Case) -> None:
    mother = ContactFactory(person=case.person, name="陈母", agreed_on=date(2024, 4, 1))
    met(case, NOW, contact=mother)
    tried(case, NOW, "talk", next_on=NOW)
    html = get(client, reverse("visits:list"))
    assert "Parent" in html
    assert "陈母" not in html
    assert "Not found" in html
    assert "Home visit" not in get(client, reverse("visits:list") + "?kind=talk").split("<tbody")[1]
    assert AccessLog.objects.filter(action=Action.LIST, fields_seen="visits").exists()


def test_the_timeline_and_the_tab_show_it(client: Client, case: Case) -> None:
    meeting = met(case, NOW).meeting
    page = reverse("visits:detail", args=[meeting.public_id])
    assert page in get(client, reverse("workbench:person", args=[case.person.public_id]))
    assert page in get(client, reverse("persons:visits", args=[case.person.public_id]))


def test_the_paper_prints_what_was_recorded(client: Client, case: Case) -> None:
    mother = ContactFactory(person=case.person, name="陈母", agreed_on=date(2024, 4, 1))
    meeting = met(case, NOW, contact=mother, words="情绪稳定").meeting
    url = reverse("documents:prepare", args=[case.person.public_id, "visit"])
    html = get(client, f"{url}?record={meeting.public_id}")
    for words in ("2024年6月3日", f"{case.person.name}、陈母", "情绪稳定", "见到本人"):
        assert words in html
    met(case, NOW, "visit", another=True, words="想学一门手艺")
    newest = get(client, url)
    assert "想学一门手艺" in newest
    assert "情绪稳定" not in newest
