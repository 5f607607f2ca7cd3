"""A sample day: a number finds the sample, one step is saved, and the next number is typed."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.campaigns.models import Campaign, CampaignTarget
from apps.core.days import today
from apps.drugtests.models import DrugTest, Step
from apps.drugtests.numbers import sample_number
from tests.drugtests.ways import TO_LABORATORY, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.campaigns import PAIR, entered, listed, opened, site_of
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def campaign(boss: User) -> Campaign:
    return opened(by=boss, first=today() - timedelta(days=9), kind="laboratory")


@pytest.fixture
def row(campaign: Campaign) -> CampaignTarget:
    return listed(campaign, running_case(person=PersonFactory(sex="1", name="陈海生")).person)


@pytest.fixture
def client(boss: User) -> Client:
    return signed_in(boss, headers={"accept-language": "en"}, **{"wsgi.url_scheme": "https"})


def taken(row: CampaignTarget, **facts: Any) -> DrugTest:
    """Yesterday, so that nobody has saved it a moment ago."""
    day = today() - timedelta(days=1)
    return entered(row, day, **{"outcome": "pending"} | facts).test


def page_of(campaign: Campaign) -> str:
    return reverse("campaigns:campaign-day", args=[campaign.public_id])


def found(client: Client, url: str, number: str) -> Any:
    return client.post(url, {"act": "find", "number": number}, follow=True)


def of_step(test: DrugTest, kind: str, **facts: Any) -> dict[str, Any]:
    given = {"act": "step", "sample": str(test.public_id), "kind": kind, "client_uuid": uuid4(),
             "at": f"{today()}T00:00", "by_name": "周晓岚"}  # fmt: skip
    return given | facts


SEALED = {"second_name": "符丽", "a_seal": "A-1", "b_seal": "B-1", "place_words": "采样室"}


def test_a_label_that_was_printed_before_leads_to_the_collection(
    client: Client, campaign: Campaign, row: CampaignTarget
) -> None:
    url = page_of(campaign)
    page = found(client, url, f"{row.number_words}-A").content.decode()
    assert "陈海生" in page
    assert 'name="second_collector"' in page
    facts = {
        "act": "collect", "target": str(row.public_id), "client_uuid": str(uuid4()),
        "occurred_at": f"{today()}T00:00", "medicine": "none", "outcome": "pending", **PAIR,
    }  # fmt: skip
    wrong = client.post(url, facts | {"second_collector": "周晓岚"})
    assert wrong.status_code == 422
    assert "taken by two people" in wrong.content.decode()
    for _again in range(2):
        saved = client.post(url, facts, follow=True).content.decode()
        assert "Saved" in saved
        assert "1 of 1 today" in saved
    assert DrugTest.objects.get().dossier.number == row.number_words
    other = client.post(url, facts | {"client_uuid": str(uuid4()), "medicine": "methadone"})
    assert other.status_code == 409
    assert AccessLog.objects.filter(person_ids__contains=[row.person.public_id]).exists()


def test_one_step_is_saved_undone_and_saved_again(
    client: Client, boss: User, campaign: Campaign, row: CampaignTarget
) -> None:
    test, url = taken(row), page_of(campaign)
    step(test, "notified", by=UserFactory())
    page = found(client, url, test.dossier.number).content.decode()
    assert 'value="sealed"' in page
    saved = client.post(url, of_step(test, "sealed", **SEALED), follow=True)
    page = saved.content.decode()
    assert "Sealed as A and B" in page
    assert "Undo" in page
    sealed = Step.objects.get(kind="sealed")
    assert f'value="{sealed.public_id}"' in page
    client.post(url, {"act": "undo", "done": str(sealed.public_id)}, follow=True)
    sealed.refresh_from_db()
    assert sealed.withdrawn_at is not None
    assert client.post(url, of_step(test, "sealed", **SEALED)).status_code == 302
    late = Step.objects.get(kind="notified")
    refused = client.post(url, {"act": "undo", "done": str(late.public_id)}, follow=True)
    assert "Only the last minutes" in refused.content.decode()


def test_collected_by_mistake_is_undone(
    client: Client, boss: User, campaign: Campaign, row: CampaignTarget
) -> None:
    test = taken(row, by=boss)
    client.post(page_of(campaign), {"act": "undo", "taken": str(test.public_id)})
    test.refresh_from_db()
    assert test.withdrawn_at is not None


def test_a_form_of_a_step_sent_twice_is_one_and_with_other_words_a_conflict(
    client: Client, campaign: Campaign, row: CampaignTarget
) -> None:
    test, url = taken(row), page_of(campaign)
    facts = of_step(test, "sealed", **SEALED)
    for _again in range(2):
        assert client.post(url, facts).status_code == 302
    assert client.post(url, facts | {"a_seal": "A-9"}).status_code == 409
    late = client.post(url, of_step(test, "sealed", **SEALED | {"a_seal": "A-7", "b_seal": "B-7"}))
    assert late.status_code == 422
    assert "A-7" in late.content.decode()  # nothing typed is lost
    assert Step.objects.count() == 1


def test_a_wrong_number_and_one_of_elsewhere_are_answered_in_words(
    client: Client, campaign: Campaign, row: CampaignTarget
) -> None:
    number = row.number_words
    slip = number[:-1] + str((int(number[-1]) + 1) % 10)
    wrong = found(client, page_of(campaign), slip)
    assert wrong.status_code == 422
    assert f'value="{slip}"' in wrong.content.decode()
    far = signed_in(UserFactory(area=area(WENCHENG)), **{"wsgi.url_scheme": "https"})
    day = reverse("campaigns:day")
    hidden, nowhere = found(far, day, number), found(far, day, sample_number(987654))
    assert hidden.status_code == nowhere.status_code == 404
    assert "陈海生" not in hidden.content.decode()
    assert far.get(day, {"target": str(row.public_id)}).status_code == 404
    assert far.get(day, {"sample": "x"}).status_code == 404


def test_a_seal_finds_the_sample_too(client: Client, row: CampaignTarget) -> None:
    test = taken(row)
    step(test, "sealed", a_seal="hn 0071", b_seal="HN0072")
    page = found(client, reverse("campaigns:day"), "ＨＮ0072").content.decode()
    assert test.dossier.number in page


def test_what_somebody_may_not_record_is_said(campaign: Campaign, row: CampaignTarget) -> None:
    worker = UserFactory()
    running = row.person.assignments
    test = taken(row, by=worker)
    walk(test, *TO_LABORATORY, "lab_objected")
    from apps.persons.services import assign_worker

    assign_worker(persons=[row.person], worker=worker, by=worker, on=today())
    assert running.exists()
    client = signed_in(worker, headers={"accept-language": "en"}, **{"wsgi.url_scheme": "https"})
    page = found(client, reverse("campaigns:day"), test.dossier.number).content.decode()
    assert "a supervisor records it" in page
    assert "data-next-step" not in page
    answer = client.post(reverse("campaigns:day"), of_step(test, "lab_answered"))
    assert answer.status_code == 403


def test_a_label_scanned_twice_is_asked_about(
    client: Client, campaign: Campaign, row: CampaignTarget
) -> None:
    test, url = taken(row), page_of(campaign)
    client.post(url, of_step(test, "sealed", **SEALED))
    page = found(client, url, test.dossier.number).content.decode()
    assert "scanned twice" in page
    assert "data-next-step" not in page
    again = client.get(url, {"sample": str(test.public_id), "again": "1"}).content.decode()
    assert "data-next-step" in again
    slip = client.post(url, of_step(test, "stored", place_words=f"{test.dossier.number}-A"))
    assert slip.status_code == 422
    assert "the number of a sample" in slip.content.decode()


def test_what_is_the_same_for_the_next_sample_stands_there(
    client: Client, boss: User, campaign: Campaign, row: CampaignTarget
) -> None:
    site, url = site_of(campaign, by=boss), page_of(campaign)
    page = client.get(url, {"site": str(site.public_id), "target": str(row.public_id)})
    assert 'value="王建国"' in page.content.decode()
    test = taken(row)
    assert client.post(url, of_step(test, "sealed", **SEALED)).status_code == 302
    other = listed(campaign, running_case(person=PersonFactory(sex="1")).person)
    second = taken(other)
    page = client.get(url, {"sample": str(second.public_id)}).content.decode()
    assert 'value="符丽"' in page
    assert "A-1" not in page.split("data-next-step")[1]


def test_taken_today_of_those_of_today(
    client: Client, boss: User, campaign: Campaign, row: CampaignTarget
) -> None:
    other = listed(campaign, running_case(person=PersonFactory(sex="1")).person)
    entered(other, occurred_at=at(today(), "00:00"), outcome="pending")
    assert "1 of 2 today" in client.get(page_of(campaign)).content.decode()
    site_of(campaign, by=boss)  # with sites the day has its own
    assert "1 of 1 today" in client.get(page_of(campaign)).content.decode()
