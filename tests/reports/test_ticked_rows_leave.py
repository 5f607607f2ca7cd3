"""What is ticked leaves, and nothing else: every list with ticks and an export of its own."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.cases.services import close_case
from apps.employment.services import record_examination
from apps.needs.services import record_need
from apps.reports.lists import PAGES
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.assistance import approved, looked, paid
from tests.factories.care import care_list_of, cared_for
from tests.factories.cases import CaseFactory
from tests.factories.counselling import counselled
from tests.factories.drugtests import not_sampled, sampled
from tests.factories.employment import course_of, enrolled
from tests.factories.followups import looked_in_on, noted, round_of
from tests.factories.persons import AssignmentFactory, PersonFactory
from tests.factories.schedule import at, seen
from tests.toy_letters.services import record_letter

pytestmark = pytest.mark.django_db
# Long enough for a visit to be due.
SPRING = "?from=2024-03-01&to=2024-06-30&as_at=2024-06-30"
LISTS = [f"reports:{code}" for code, page in PAGES.items() if page.export_permission]
LISTS += ["persons:list"]


@pytest.fixture
def client(client: Client) -> Client:
    """Two persons whose worker's account was closed, two without a worker: each list has some."""
    boss: User = UserFactory(county_supervisor=True)
    client.force_login(boss)
    gone: User = UserFactory()
    visits = round_of(by=boss, first=date(2024, 3, 1), last=date(2024, 3, 28))
    care = care_list_of(by=boss, first=date(2024, 3, 1), last=date(2024, 12, 31))
    course = course_of(by=boss, first=date(2024, 3, 1), area=area("469002"))
    for number in range(4):
        case = CaseFactory(person=PersonFactory(area=area(JIAJI), brought_in_on=date(2024, 3, 1)))
        if number % 2:
            AssignmentFactory(person=case.person, worker=gone)
        seen(case, date(2024, 3, 5))
        record_need(
            urgency="normal",
            said_by="person",
            person=case.person,
            by=boss,
            kind="work",
            said_on=date(2024, 3, 9),
        )
        sampled(case.person, date(2024, 3, 6), by=boss)
        not_sampled(case.person, date(2024, 3, 7), "refused", by=boss, next_on=date(2024, 3, 20))
        given = approved(person=case.person, by=boss, found_on=date(2024, 3, 9))
        paid(given, by=boss, paid_on=date(2024, 3, 10), household=1)
        looked(given, by=boss, looked_on=date(2024, 4, 15))
        place = enrolled(course, case.person, by=boss)
        record_examination(enrolment=place, by=boss, result="passed", on=date(2024, 3, 20))
        noted(looked_in_on(visits, case.person, by=boss), by=boss,
              occurred_at=at(date(2024, 3, 9), "10:00"))  # fmt: skip
        counselled(case.person, by=boss, at=at(date(2024, 3, 9), "11:00"))
        with time_machine.travel(at(date(2024, 3, 9), "12:00"), tick=False):
            cared_for(care, case.person, by=boss)
        record_letter(person=case.person, by=boss, received_on=date(2024, 3, 9))
    for _ in range(2):
        over = CaseFactory(person=PersonFactory(area=area(JIAJI), brought_in_on=date(2024, 3, 1)))
        close_case(case=over, by=boss, reason="revoked", on=date(2024, 3, 2))
        CaseFactory(decided_on=date(2024, 4, 1), received_on=date(2024, 4, 2), not_reported=True)
        first = date(2020, 1, 6)
        old = CaseFactory(
            decided_on=first, received_on=first, reported_on=first, agreement_on=first,
            person=PersonFactory(area=area(JIAJI), brought_in_on=date(2024, 3, 1)),
        )  # fmt: skip
        close_case(case=old, by=boss, reason="released", on=date(2024, 3, 4))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    return client


def send(client: Client, name: str, row: str, purpose: str = "核对名单") -> Any:
    data = {"row": [row], "purpose": purpose, "format": "csv", "whole": "1"}
    address = reverse(name) + ("" if name == "persons:list" else SPRING)
    return client.post(address, data, headers={"accept-language": "en"}, secure=True)


@pytest.mark.parametrize("name", LISTS)
def test_the_ticked_person_leaves_and_nobody_else(client: Client, name: str) -> None:
    address = reverse(name) + ("" if name == "persons:list" else SPRING)
    page = client.get(address, secure=True)
    assert send(client, name, str(uuid4())).status_code == 422
    assert send(client, name, "no uuid").status_code == 422
    assert not AccessLog.objects.filter(action=Action.EXPORT).exists()
    persons = {getattr(row, "person", row) for row in page.context["page"].rows}
    assert len(persons) > 1, "with one person nothing could leave too much"
    ticked = min(persons, key=lambda person: person.pk)
    left = send(client, name, str(ticked.public_id))
    text = b"".join(left.streaming_content).decode("utf-8-sig")
    assert ticked.name in text
    assert not any(person.name in text for person in persons - {ticked})
    assert AccessLog.objects.get(action=Action.EXPORT).person_ids == [ticked.public_id]


@pytest.mark.parametrize("code", ["positive_screened", "positive_confirmed", "disputes_open"])
def test_what_a_test_showed_leaves_in_no_list(client: Client, code: str) -> None:
    assert send(client, f"reports:{code}", str(uuid4())).status_code == 403
    page = client.get(reverse(f"reports:{code}") + SPRING, secure=True)
    assert not page.context["can_export"]


def test_without_a_reason_the_ticks_stay(client: Client) -> None:
    row = client.get(reverse("persons:list"), secure=True).context["page"].rows[0]
    answer = send(client, "persons:list", str(row.public_id), purpose=" ")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'value="{row.public_id}" data-tick' in html
    assert html.count(" checked") == 1
    assert html.count('<details class="menu up" open>') == 1
