import pytest
from django.test import Client
from django.urls import reverse

from apps.audit.models import AccessLog, Action
from apps.audit.services import log_access
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    row: Person = PersonFactory()
    reader = UserFactory(name="符读者", username="reader1", town_supervisor=True)
    log_access(reader, persons=[row], action=Action.REVEAL, purpose="住院核对")
    log_access(reader, persons=[row, PersonFactory()], action=Action.LIST)
    return row


def test_the_tab_says_role_unit_and_why_but_not_who(client: Client, person: Person) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    page = client.get(reverse("persons:access", args=[person.public_id])).content.decode()
    assert "住院核对" in page
    assert "嘉积镇" in page
    assert "符读者" not in page
    assert "reader1" not in page


def test_lists_are_told_when_asked_for(client: Client, person: Person) -> None:
    client.force_login(UserFactory(county_supervisor=True))
    url = reverse("persons:access", args=[person.public_id])
    few = len(client.get(url).context["rows"])
    assert len(client.get(url, {"lists": "1"}).context["rows"]) == few + 2


def test_reading_the_log_is_logged(client: Client, person: Person) -> None:
    boss = UserFactory(county_supervisor=True)
    client.force_login(boss)
    client.get(reverse("persons:access", args=[person.public_id]))
    assert AccessLog.objects.filter(user_id=boss.pk, fields_seen="access_log").exists()


def rows(client: Client, **query: str) -> list[AccessLog]:
    return list(client.get(reverse("audit:log"), query).context["page"].rows)


@pytest.mark.usefixtures("person")
def test_the_auditor_finds_by_day_account_act_and_person(client: Client) -> None:
    client.force_login(UserFactory(auditor=True))
    person = Person.objects.order_by("pk")[0]
    assert len(rows(client)) == 2
    assert len(rows(client, action="reveal")) == 1
    assert len(rows(client, username="reader1")) == 2
    assert rows(client, username="nobody") == []
    assert rows(client, last="2020-01-01") == []
    assert len(rows(client, first="2020-01-01", person=str(person.public_id))) == 2


def test_nobody_else_reads_the_log(client: Client) -> None:
    client.force_login(UserFactory(records_admin=True))
    assert client.get(reverse("audit:log")).status_code == 403
