"""Pages of work and training, and the line in Today."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.core.days import today
from apps.core.fields import uuid7
from apps.employment.models import Base, Course, Enrolment, Look, Placement
from apps.employment.services import end_placement
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, WENCHENG, area
from tests.factories.employment import base_of, course_of, enrolled, looked, placed
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


def sent(client: Client, page: str, *args: Any, **data: Any) -> Any:
    url = reverse(f"employment:{page}", args=args)
    return client.post(url, data, secure=True, HTTP_ACCEPT_LANGUAGE="en")


def seen(client: Client, name: str, *args: Any, query: str = "") -> str:
    url = reverse(f"employment:{name}", args=args) + query
    answer = client.get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 200
    return answer.content.decode()


def test_work_is_recorded_looked_after_and_ended(worker: User) -> None:
    person = running_case(worker, person=PersonFactory(name="陈海生")).person
    client, first = signed_in(worker), (today() - timedelta(days=40)).isoformat()
    facts = {
        "client_uuid": uuid7(), "kind": "company", "starts_on": first, "voluntary": "no",
        "consent_how": "signed", "consent_on": first, "employer": "潭门水产", "wage": "2200.50",
    }  # fmt: skip
    answer = sent(client, "place", person.public_id, **facts)
    assert answer.status_code == 422
    assert "潭门水产" in answer.content.decode()
    assert (
        sent(client, "place", person.public_id, **facts | {"voluntary": "yes"}).status_code == 302
    )
    row = Placement.objects.get()
    assert row.wage_fen == 220050
    text = seen(client, "placement", row.public_id)
    assert "2,200.50" in text
    assert "Nobody has looked since" in text
    sent(client, "look", row.public_id, client_uuid=uuid7(), day=today().isoformat(), still="yes",
         words="老板说干得不错")  # fmt: skip
    text = seen(client, "placement", row.public_id)
    assert "老板说干得不错" in text
    assert "Nobody has looked since" not in text
    sent(client, "end", row.public_id, on=today().isoformat(), reason="contract")
    assert "The contract was over" in seen(client, "person", person.public_id)
    assert "陈海生" in seen(client, "list", query="?state=ended&kind=company")
    assert "陈海生" not in seen(client, "list", query="?state=running")
    chief = signed_in(UserFactory(town_supervisor=True))
    sent(chief, "withdraw-look", Look.objects.get().public_id, reason="记错了人，不是他")
    sent(chief, "withdraw", row.public_id, reason="记错了人，不是他")
    assert "陈海生" in seen(chief, "list", query="?state=withdrawn")


def test_a_course_from_opening_to_certificate(worker: User) -> None:
    chief, client = signed_in(UserFactory(town_supervisor=True)), signed_in(worker)
    person = running_case(worker, person=PersonFactory(name="陈海生")).person
    first = (today() - timedelta(days=9)).isoformat()
    sent(chief, "new-course", client_uuid=uuid7(), area=JIAJI, title="电工", first=first)
    course = Course.objects.get()
    sent(client, "enrol", person.public_id, client_uuid=uuid7(), course=course.pk,
         enrolled_on=first)  # fmt: skip
    row = Enrolment.objects.get()
    sent(client, "hours", row.public_id, attended="30", total="40")
    sent(client, "examination", row.public_id, result="passed", on=first)
    sent(client, "certificate", row.public_id, number="QH-7", on=first)
    text = seen(client, "enrolment", row.public_id)
    assert "30/40" in text
    assert "QH-7" in text
    assert "1/1 · 100 %" in seen(chief, "courses")
    assert "陈海生" in seen(chief, "course", course.public_id)
    sent(chief, "withdraw-enrolment", row.public_id, reason="记错了人，不是他")
    assert "陈海生" not in seen(chief, "course", course.public_id)


def test_bases_show_places_taken_and_are_changed_by_who_may(worker: User) -> None:
    chief = signed_in(UserFactory(town_supervisor=True))
    sent(chief, "new-base", client_uuid=uuid7(), area=JIAJI, name="康复农场", places="2")
    base = Base.objects.get()
    placed(PersonFactory(), by=worker, kind="site", base=base)
    text = seen(chief, "bases")
    assert "1/2" in text
    assert reverse("employment:base", args=[base.public_id]) in text
    assert reverse("employment:base", args=[base.public_id]) not in seen(signed_in(worker), "bases")
    answer = sent(chief, "base", base.public_id, name="康复农场", places="0", active="on")
    assert answer.status_code == 422
    sent(chief, "base", base.public_id, name="康复农场一分场", places="3")
    assert "Takes nobody at present" in seen(chief, "bases")


def test_a_look_waits_in_today_with_its_reason_until_somebody_looks(worker: User) -> None:
    row = placed(running_case(worker).person, by=worker, days=95)
    looked(row, by=worker, day=today() - timedelta(days=60))
    client, url = signed_in(worker), reverse("employment:placement", args=[row.public_id])

    def page(name: str, *args: Any) -> str:
        answer = client.get(reverse(name, args=args), secure=True, HTTP_ACCEPT_LANGUAGE="en")
        return str(answer.content.decode())

    assert url in page("workbench:today")
    why = page("workbench:line-why", "placement-look", row.public_id)
    assert "90 days after it" in why
    assert "no duty of the person" in why
    assert "art. 18" in why
    looked(row, by=worker)
    assert url not in page("workbench:today")


def test_the_stream_tells_of_work_and_training(worker: User) -> None:
    person = running_case(worker).person
    looked(placed(person, by=worker), by=worker)
    enrolled(course_of(), person, by=worker)
    url = reverse("workbench:person", args=[person.public_id])
    text = signed_in(worker).get(url, secure=True, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    for words in ("Work begins: In a company", "Look after a placement", "Enrolled: 电工"):
        assert words in text


def test_who_is_elsewhere_sees_none_of_it_and_pages_are_logged(worker: User) -> None:
    row = placed(running_case(worker).person, by=worker)
    place = enrolled(course_of(), row.person, by=worker)
    base_of()
    other = signed_in(UserFactory(area=area(WENCHENG)))
    for name, found in (
        ("placement", row), ("enrolment", place), ("person", row.person), ("course", place.course)
    ):  # fmt: skip
        url = reverse(f"employment:{name}", args=[found.public_id])
        assert other.get(url, secure=True).status_code == 404
    AccessLog.objects.all().delete()
    for name, key in (("placement", row.public_id), ("course", place.course.public_id)):
        seen(signed_in(worker), name, key)
    assert [one.fields_seen for one in AccessLog.objects.order_by("pk")] == ["employment"] * 2


def test_work_of_who_has_died_stands_in_a_state_of_the_list(worker: User) -> None:
    row = placed(running_case(worker).person, by=worker)
    Person.every.filter(pk=row.person_id).update(
        life_status="deceased", life_status_since=row.starts_on
    )
    client = signed_in(worker)

    def found(state: str) -> list[Any]:
        answer = client.get(reverse("employment:list"), {"state": state}, secure=True)
        return list(answer.context["page"].rows)

    assert [state for state in ("running", "ended", "died", "withdrawn") if found(state)] == [
        "died"
    ]
    end_placement(placement=row, by=worker, on=row.starts_on, reason="own_wish")
    assert not found("died")
    assert found("ended")
