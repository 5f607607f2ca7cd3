"""Recording, passing on and closing a need; the list, unmet first."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.acting import reason_of
from apps.needs.models import Need
from apps.needs.services import close_need, record_need, refer_need
from apps.persons.models import Person
from apps.persons.services import mark_life_status
from tests.factories.accounts import UserFactory
from tests.factories.persons import AssignmentFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
DAY = timedelta(days=1)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel("2024-06-03T10:00:00+08:00", tick=False) as moment:
        yield moment


@pytest.fixture
def worker(client: Client) -> User:
    user: User = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def person(worker: User) -> Person:
    found: Person = PersonFactory()
    AssignmentFactory(person=found, worker=worker)
    return found


def need(person: Person, worker: User, **facts: Any) -> Need:
    said = {"kind": "work", "said_on": NOW, "urgency": "normal", "said_by": "person"}
    return record_need(person=person, by=worker, **(said | facts))


def post(client: Client, name: str, key: Any, **data: Any) -> Any:
    return client.post(reverse(f"needs:{name}", args=[key]), data, secure=True, headers=EN)


def test_a_need_is_recorded(client: Client, worker: User, person: Person) -> None:
    url = reverse("needs:create", args=[person.public_id])
    assert person.name in client.get(url, secure=True, headers=EN).content.decode()
    facts = {"kind": "housing", "urgency": "soon", "said_by": "family", "said_on": "2024-06-03"}
    response = post(client, "create", person.public_id, next="/today/", **facts)
    assert response["Location"] == "/today/"
    assert Need.objects.get().said_by == "family"


def test_a_refusal_stands_over_the_form(client: Client, person: Person) -> None:
    facts = {"kind": "housing", "urgency": "soon", "said_by": "family", "said_on": "2024-06-04"}
    response = post(client, "create", person.public_id, **facts)
    assert response.status_code == 422
    assert "future" in response.content.decode()


def test_a_need_is_passed_on_and_closed(client: Client, worker: User, person: Person) -> None:
    one = need(person, worker, words="想学电工")
    page = client.get(reverse("needs:refer", args=[one.public_id]), secure=True, headers=EN)
    assert "想学电工" in page.content.decode()
    post(client, "refer", one.public_id, to="镇社会事务办", on="2024-06-03")
    response = post(client, "close", one.public_id, outcome="met", on="2024-06-03")
    assert response["Location"] == reverse("workbench:person", args=[person.public_id])
    one.refresh_from_db()
    assert (one.referred_to, one.outcome, one.closed_by) == ("镇社会事务办", "met", worker)
    again = post(client, "close", one.public_id, outcome="met", on="2024-06-03")
    assert again["Location"] == response["Location"]
    other = post(client, "close", one.public_id, outcome="declined", on="2024-06-03")
    assert "This need was closed on 3 Jun: Met." in other.content.decode()
    form = client.get(reverse("needs:close", args=[one.public_id]), secure=True, headers=EN)
    assert form.status_code == 409


def test_a_second_office_is_not_written_over_the_first_unseen(
    client: Client, worker: User, person: Person
) -> None:
    """Two tabs, opened before anything was passed on; the later one is shown both."""
    one = need(person, worker)
    first = {"to": "市人社局", "on": "2024-06-03", "instead_of": ""}
    assert post(client, "refer", one.public_id, **first).status_code == 302
    assert post(client, "refer", one.public_id, **first).status_code == 302, "the same tap again"
    late = post(client, "refer", one.public_id, to="市总工会", on="2024-06-03", instead_of="")
    assert late.status_code == 409
    shown = late.content.decode()
    assert "passed on meanwhile" in shown
    assert "市人社局" in shown.split("data-stored")[1].split("data-sent")[0]
    assert "市总工会" in shown.split("data-sent")[1]
    one.refresh_from_db()
    assert one.referred_to == "市人社局"
    assert 'name="instead_of" value="市人社局"' in shown
    seen = {"to": "市总工会", "on": "2024-06-03", "instead_of": "市人社局"}
    assert post(client, "refer", one.public_id, **seen).status_code == 302
    one.refresh_from_db()
    assert one.referred_to == "市总工会"


def test_a_need_that_was_closed_too_early_is_opened_again_with_a_reason(
    client: Client, worker: User, person: Person
) -> None:
    one = need(person, worker)
    close_need(need=one, by=worker, outcome="met", on=NOW, note="已上岗")
    address = reverse("needs:reopen", args=[one.public_id])
    for place in (reverse("needs:list"), reverse("persons:needs", args=[person.public_id])):
        assert address in client.get(place, secure=True, headers=EN).content.decode()
    assert post(client, "reopen", one.public_id, reason="").status_code == 422
    for _tap in range(2):
        assert post(client, "reopen", one.public_id, reason="三天后被辞退").status_code == 302
    assert Need.objects.open_on(NOW).get() == one
    event = Need.pgh_event_model.objects.filter(pgh_obj=one).latest("pgh_id")
    assert reason_of(event.pgh_context.metadata) == "三天后被辞退"


def test_nothing_waits_for_a_person_who_has_died(worker: User, person: Person) -> None:
    need(person, worker)
    mark_life_status(person=person, by=worker, status="deceased", since=NOW)
    assert not Need.objects.open_on(NOW).exists()
    assert Need.objects.open_on(NOW - DAY).count() == 0  # said on the day itself
    assert Need.objects.filter(closed_on=None).count() == 1


def test_the_list_shows_what_is_unmet_first(client: Client, worker: User, person: Person) -> None:
    closed, referred = need(person, worker, kind="legal"), need(person, worker, kind="medical")
    need(person, worker, kind="housing", said_on=NOW - DAY)
    close_need(need=closed, by=worker, outcome="met", on=NOW)
    refer_need(need=referred, by=worker, to="卫生院", on=NOW)
    url = reverse("needs:list")
    page = client.get(url, secure=True, headers=EN).content.decode()
    body = page[page.index("<tbody") :]
    order = [body.index(word) for word in ("Housing", "Medical help", "Legal aid")]
    assert order == sorted(order)
    for state, word in (("open", "Housing"), ("waiting", "Medical help"), ("closed", "Legal aid")):
        found = client.get(url, {"state": state}, secure=True, headers=EN).content.decode()
        assert found[found.index("<tbody") :].count("<tr>") == 1
        assert word in found[found.index("<tbody") :]


def test_the_export_has_words(client: Client, worker: User, person: Person) -> None:
    need(person, worker)
    data = {"format": "csv", "purpose": "季度核对"}
    response = client.post(reverse("needs:list"), data, secure=True, headers=EN)
    exported = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "Normal" in exported
    assert "Open" in exported


def test_a_person_elsewhere_is_not_found(client: Client, worker: User) -> None:
    stranger = PersonFactory()
    assert post(client, "create", stranger.public_id).status_code == 404
    assert post(client, "refer", need(stranger, worker).public_id).status_code == 404


def test_the_same_tap_twice_is_one_need(client: Client, person: Person) -> None:
    url = reverse("needs:create", args=[person.public_id])
    uuid = client.get(url).context["form"]["uuid"].value()
    typed = {"kind": "work", "urgency": "normal", "said_by": "person", "said_on": f"{NOW}"}
    for _tap in range(2):
        assert client.post(url, typed | {"uuid": uuid}).status_code == 302
    assert Need.objects.filter(person=person).count() == 1
    assert f'value="{uuid}"' in client.post(url, {"uuid": uuid}).content.decode()
