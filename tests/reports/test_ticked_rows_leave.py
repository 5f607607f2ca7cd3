"""What is ticked leaves, and nothing else: every list with ticks and an export of its own."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.needs.services import record_need
from apps.reports.lists import PAGES
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory
from tests.factories.schedule import seen

pytestmark = pytest.mark.django_db
MARCH = "?from=2024-03-01&to=2024-03-31&as_at=2024-03-31"
LISTS = [f"reports:{code}" for code in PAGES] + ["persons:list"]


@pytest.fixture
def client(client: Client) -> Client:
    boss: User = UserFactory(county_supervisor=True)
    client.force_login(boss)
    for _number in range(2):
        case = CaseFactory(person=PersonFactory(area=area(JIAJI)))
        seen(case, date(2024, 3, 5))
        record_need(
            urgency="normal",
            said_by="person",
            person=case.person,
            by=boss,
            kind="work",
            said_on=date(2024, 3, 9),
        )
    return client


def send(client: Client, name: str, row: str, purpose: str = "核对名单") -> Any:
    data = {"row": [row], "purpose": purpose, "format": "csv"}
    address = reverse(name) + ("" if name == "persons:list" else MARCH)
    return client.post(address, data, headers={"accept-language": "en"}, secure=True)


@pytest.mark.parametrize("name", LISTS)
def test_the_ticked_person_leaves_and_nobody_else(client: Client, name: str) -> None:
    address = reverse(name) + ("" if name == "persons:list" else MARCH)
    page = client.get(address, secure=True)
    assert send(client, name, str(uuid4())).status_code == 422
    assert send(client, name, "no uuid").status_code == 422
    assert not AccessLog.objects.filter(action=Action.EXPORT).exists()
    persons = {getattr(row, "person", row) for row in page.context["page"].rows}
    if not persons:
        pytest.skip("nobody on this list")
    ticked = min(persons, key=lambda person: person.pk)
    left = send(client, name, str(ticked.public_id))
    text = b"".join(left.streaming_content).decode("utf-8-sig")
    assert ticked.name in text
    assert not any(person.name in text for person in persons - {ticked})
    assert AccessLog.objects.get(action=Action.EXPORT).person_ids == [ticked.public_id]


def test_without_a_reason_the_ticks_stay(client: Client) -> None:
    row = client.get(reverse("persons:list"), secure=True).context["page"].rows[0]
    answer = send(client, "persons:list", str(row.public_id), purpose=" ")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'value="{row.public_id}" data-tick' in html
    assert html.count(" checked") == 1
    assert html.count('<details class="menu up" open>') == 1
