"""Pages of drug tests: recorded from Today, seen in scope, a positive with no consequence."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.cases.models import Case
from apps.drugtests.models import DrugTest
from tests.factories.accounts import UserFactory
from tests.factories.drugtests import not_sampled, sampled

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def _signed_in(client: Client, worker: User) -> None:
    client.force_login(worker)


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"drugtests:{name}", args=args), secure=True, headers=EN)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_line_of_today_leads_to_the_form_and_a_test_closes_it(
    client: Client, worker: User, case: Case
) -> None:
    url = reverse("drugtests:create", args=[case.person.public_id])
    assert url in client.get("/today/", secure=True).content.decode()
    assert "Two collectors" in text(client, "create", case.person.public_id)
    data = {
        "client_uuid": str(uuid4()), "occurred_at": "2024-06-03T10:00", "why": "regular",
        "sample": "urine", "kind": "screening", "place": "office", "collector": "王建国",
        "collector_sex": "1", "second_collector": "林志强", "second_sex": "1",
        "medicine": "none", "result": "", "next": "/today/?tab=late",
    }  # fmt: skip
    for _twice in range(2):
        answer = client.post(url, data, secure=True)
        assert (answer.status_code, answer["Location"]) == (302, "/today/?tab=late")
    assert DrugTest.objects.get().recorded_by == worker
    assert url not in client.get("/today/", secure=True).content.decode()
    refused = client.post(
        url, data | {"client_uuid": str(uuid4()), "second_collector": ""}, secure=True
    )
    assert refused.status_code == 422


def test_a_second_test_of_the_day_is_asked_about_and_the_form_keeps_its_words(
    client: Client, worker: User, case: Case
) -> None:
    sampled(case.person, NOW, by=worker)
    url = reverse("drugtests:create", args=[case.person.public_id])
    assert "another one on the same day" not in text(client, "create", case.person.public_id)
    data = {
        "client_uuid": str(uuid4()), "occurred_at": "2024-06-03T11:00", "why": "regular",
        "sample": "hair", "kind": "laboratory", "place": "office", "collector": "王建国",
        "collector_sex": "1", "second_collector": "林志强", "second_sex": "1",
        "medicine": "none", "result": "", "note": "头发3厘米",
    }  # fmt: skip
    asked = client.post(url, data, secure=True, headers=EN)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "This was another one on the same day" in page
    assert worker.name in page
    assert "头发3厘米" in page
    assert DrugTest.objects.count() == 1
    assert client.post(url, data | {"another": "on"}, secure=True).status_code == 302
    assert DrugTest.objects.count() == 2
    same = data | {"client_uuid": str(uuid4()), "another": "on", "note": "复检"}
    for _twice in range(2):
        assert client.post(url, same, secure=True).status_code == 302
    kept = DrugTest.objects.latest("pk")
    assert (DrugTest.objects.count(), kept.number_of_day) == (3, 2)
    assert "number 2 of the day" in text(client, "detail", kept.public_id)


def test_not_taken_is_one_page_and_a_refusal_shows_the_way_to_a_breach(
    client: Client, case: Case
) -> None:
    url = reverse("drugtests:not-taken", args=[case.person.public_id])
    assert client.get(url, secure=True).status_code == 200
    data = {
        "client_uuid": str(uuid4()), "sample": "urine", "occurred_at": "2024-06-03T10:00",
        "reason_not": "refused", "next_on": "2024-06-08", "kind": "screening", "why": "regular",
    }  # fmt: skip
    told = client.post(url, data, secure=True, headers=EN)
    assert told.status_code == 422
    assert "Say in a few words what happened." in told.content.decode()
    data["note"] = "说今天不方便"
    assert client.post(url, data, secure=True).status_code == 302
    page = text(client, "detail", DrugTest.objects.get().public_id)
    assert "Nothing follows from this entry by itself" in page
    assert reverse("breaches:record", args=[case.person.public_id]) in page
    ill = not_sampled(case.person, date(2024, 5, 3), "hospital")
    assert "/breaches/new/" not in text(client, "detail", ill.public_id).split("facts")[-1]


def test_a_positive_is_to_be_confirmed_and_stands_in_no_list_and_no_export(
    client: Client, case: Case
) -> None:
    test = sampled(case.person, NOW, result="positive")
    page = text(client, "detail", test.public_id)
    assert "Positive, to be confirmed" in page
    assert "A management screening is no finding" in page
    assert "Positive" in text(client, "person", case.person.public_id)
    assert "Positive" not in text(client, "list")
    assert case.person.name in text(client, "list")


def test_correct_and_withdraw(client: Client, case: Case) -> None:
    test = sampled(case.person, NOW)
    url = reverse("drugtests:correct", args=[test.public_id])
    assert client.get(url, secure=True).status_code == 200
    data = {
        "version": 1, "reason_why": "结果已出", "occurred_at": "2024-06-03T10:00",
        "why": "regular", "sample": "urine", "kind": "screening", "place": "office",
        "collector": "周晓岚", "collector_sex": "2", "second_collector": "符丽", "second_sex": "2",
        "medicine": "none", "result": "negative",
    }  # fmt: skip
    assert client.post(url, data, secure=True).status_code == 302
    assert DrugTest.objects.get().result == "negative"
    url = reverse("drugtests:withdraw", args=[test.public_id])
    assert client.post(url, {"reason": "记错了人"}, secure=True).status_code == 302
    assert "记错了人" in text(client, "detail", test.public_id)


def test_a_stranger_finds_nothing(client: Client, case: Case) -> None:
    test = sampled(case.person, NOW)
    client.force_login(UserFactory())
    for name, row in (("detail", test.public_id), ("person", case.person.public_id)):
        url = reverse(f"drugtests:{name}", args=[row])
        assert client.get(url, secure=True).status_code == 404
