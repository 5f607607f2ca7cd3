"""A sample day holds what the page of the test holds: who may, which bottle, which label."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.campaigns.day import Found, find, standing_of
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services.day import undo_sample
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.models import Dossier, DrugTest, Step
from tests.drugtests.ways import TO_LABORATORY, laboratory, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import PAIR, entered, listed, opened, site_of
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
HTTPS = {"wsgi.url_scheme": "https"}
YESTERDAY = timedelta(days=1)


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def client(boss: User) -> Client:
    return signed_in(boss, headers={"accept-language": "en"}, **HTTPS)


def row_of(campaign: Campaign, *workers: User) -> CampaignTarget:
    return listed(campaign, running_case(*workers, person=PersonFactory(sex="1")).person)


def campaign_of(kind: str, boss: User, **facts: Any) -> Campaign:
    return opened(by=boss, first=today() - timedelta(days=9), kind=kind, **facts)


def url_of(row: CampaignTarget) -> str:
    return reverse("campaigns:campaign-day", args=[row.campaign.public_id])


def just_taken(row: CampaignTarget, boss: User, outcome: str = "pending") -> DrugTest:
    return entered(row, by=boss, outcome=outcome, occurred_at=at(today(), "00:00")).test


def collecting(row: CampaignTarget, **facts: Any) -> dict[str, Any]:
    return {
        "act": "collect", "target": str(row.public_id), "client_uuid": str(uuid4()),
        "occurred_at": f"{today()}T00:00", "medicine": "none", "outcome": "pending", **PAIR,
    } | facts  # fmt: skip


def told_positive(row: CampaignTarget) -> DrugTest:
    """On the spot, yesterday: the person can object."""
    other = UserFactory(county_supervisor=True)
    test = entered(row, today() - YESTERDAY, by=other, outcome="positive").test
    step(test, "told", by=other, at=test.occurred_at)
    return test


def test_an_objection_stands_beside_the_next_step_and_one_worker_does_not_undo_it(
    boss: User,
) -> None:
    worker = UserFactory()
    row = row_of(campaign_of("on_site", boss), worker)
    test, url = told_positive(row), url_of(row)
    client = signed_in(worker, headers={"accept-language": "en"}, **HTTPS)
    page = client.get(url, {"sample": str(test.public_id)}).content.decode()
    assert 'name="kind" value="sealed"' in page
    assert "step=objected" in page
    notice = client.get(reverse("drugtests:notice", args=[test.public_id])).content.decode()
    assert "If you do not agree" in notice
    asked = client.get(url, {"sample": str(test.public_id), "step": "objected"})
    assert 'name="kind" value="objected"' in asked.content.decode()
    facts = {"act": "step", "sample": str(test.public_id), "kind": "objected",
             "client_uuid": uuid4(), "at": f"{today()}T00:00", "by_name": "周晓岚",
             "words": "没有吸毒"}  # fmt: skip
    saved = client.post(url, facts, follow=True).content.decode()
    assert "Saved" in saved
    assert "Undo" not in saved
    objected = Step.objects.get(kind="objected")
    undone = client.post(url, {"act": "undo", "done": str(objected.public_id)})
    assert undone.status_code == 403
    objected.refresh_from_db()
    assert objected.withdrawn_at is None


def test_a_result_of_the_spot_waits_to_be_told_and_goes_with_its_sample(boss: User) -> None:
    row = row_of(campaign_of("on_site", boss))
    test = just_taken(row, boss, "positive")
    assert (Dossier.objects.get().waits_for, test.result) == ("tell", "positive")
    undo_sample(test=test, by=boss)
    row.refresh_from_db()
    unfit = just_taken(row, boss, "unfit:diluted")
    undo_sample(test=unfit, by=boss)
    assert not Step.objects.filter(withdrawn_at=None).exists()
    assert not DrugTest.objects.filter(withdrawn_at=None).exists()


def test_the_label_of_a_sample_that_was_undone_finds_the_one_after_it(
    boss: User, client: Client
) -> None:
    row = row_of(campaign_of("laboratory", boss))
    old = row.number_words
    undo_sample(test=just_taken(row, boss), by=boss)
    saved = client.post(url_of(row), collecting(row), follow=True).content.decode()
    test = DrugTest.objects.get(withdrawn_at=None)
    assert test.dossier.number != old
    found = client.post(url_of(row), {"act": "find", "number": f"{old}-A"}, follow=True)
    for page in (saved, found.content.decode()):
        assert f"has the number {test.dossier.number}" in page
        assert reverse("drugtests:labels", args=[test.public_id]) in page
    assert find(UserFactory(county_supervisor=True), old) is not None


def test_a_bottle_is_told_from_the_other(boss: User, client: Client) -> None:
    campaign = campaign_of("laboratory", boss)
    rows = [row_of(campaign) for _ in "ab"]
    test, other = (entered(row, today() - YESTERDAY, outcome="pending").test for row in rows)
    with pytest.raises(Refused, match="样本编号"):
        step(other, "sealed", a_seal=test.dossier.number, b_seal="X9")
    walk(test, *TO_LABORATORY[:2])
    url, number = url_of(rows[0]), test.dossier.number
    wrong = client.post(url, {"act": "find", "number": f"{number}-B"}, follow=True)
    assert "scan the label of bottle A" in wrong.content.decode()
    assert "data-next-step" not in wrong.content.decode()
    for typed in (number, f"{number}-A"):
        right = client.post(url, {"act": "find", "number": typed}, follow=True)
        assert "data-next-step" in right.content.decode()
    seal = find(boss, Dossier.objects.get(test=test).b_seal)
    assert seal is not None
    assert standing_of(seal, boss).why_nothing
    assert not standing_of(Found(test=test), boss).why_nothing


def test_a_label_is_no_name_of_a_collector(boss: User, client: Client) -> None:
    row = row_of(campaign_of("screening", boss))
    wrong = collecting(row, collector=f"{row.number_words}-A")
    answer = client.post(url_of(row), wrong)
    assert answer.status_code == 422
    assert "the number of a sample" in answer.content.decode()
    head = {"day": str(today()), **PAIR, "second_collector": row.number_words}
    typed = {"client_uuid": str(uuid4()), "time": "00:00", "medicine": "none",
             "outcome": "negative"}  # fmt: skip
    sent = head | {f"r{row.pk}-{name}": value for name, value in typed.items()}
    grid = client.post(reverse("campaigns:grid", args=[row.campaign.public_id]), sent)
    assert grid.status_code == 422
    assert not DrugTest.objects.exists()


def test_what_is_carried_over_stays_at_its_site(boss: User, client: Client) -> None:
    rows = [row_of(campaign_of("laboratory", boss))]
    rows.append(row_of(rows[0].campaign))
    here = site_of(rows[0].campaign, by=boss)
    there = site_of(rows[0].campaign, by=boss, name="二号点", collector="甲甲")
    facts = collecting(rows[0], collector="郑一", second_collector="郑二")
    assert client.post(f"{url_of(rows[0])}?site={here.public_id}", facts).status_code == 302
    for site, name in ((here, "郑一"), (there, "甲甲")):
        query = {"site": str(site.public_id), "target": str(rows[1].public_id)}
        page = client.get(url_of(rows[1]), query).content.decode()
        assert f'value="{name}"' in page


def test_only_hair_is_too_short_and_only_urine_diluted(boss: User) -> None:
    for sample, wrong in (("urine", "too_short"), ("hair", "diluted")):
        row = row_of(campaign_of("laboratory", boss, sample=sample, title=sample))
        with pytest.raises(Refused, match="样本为何不合格"):
            just_taken(row, boss, f"unfit:{wrong}")
        test = just_taken(row, boss)
        with pytest.raises(Refused, match="不会因这个原因不合格"):
            step(test, "unfit", unfit_why=wrong, at=test.occurred_at)


def test_a_step_of_the_other_bottle_is_refused_whoever_sends_it(boss: User, client: Client) -> None:
    """By the page, by the service and by the database."""
    campaign = campaign_of("laboratory", boss)
    row = row_of(campaign)
    test = entered(row, today() - YESTERDAY, outcome="pending").test
    walk(test, *TO_LABORATORY[:2])
    body = laboratory(test.person, "琼海市司法鉴定所")
    data = {
        "act": "step", "sample": str(test.public_id), "kind": "sent", "client_uuid": str(uuid4()),
        "at": f"{today()}T00:00", "by_name": "周晓岚", "second_name": "符丽", "body": body.pk,
        "seal_intact": "yes",
    }  # fmt: skip
    sent = client.post(url_of(row), data | {"bottle": "B"})
    assert sent.status_code == 422
    assert "scan the label of bottle A" in sent.content.decode()
    stored_past_the_service(test, "sent", "B", boss)
    with translation.override("en"), pytest.raises(Refused, match="bottle A"):
        step(test, "sent", bottle="B")
    assert not Step.objects.filter(dossier__test=test, kind="sent").exists()
    found = client.post(
        url_of(row), {"act": "find", "number": f"{test.dossier.number}-A"}, follow=True
    )
    assert 'name="bottle" value="A"' in found.content.decode()
    assert client.post(url_of(row), data | {"bottle": "A"}).status_code == 302
    stored = Step.objects.get(dossier__test=test, kind="sent")
    assert stored.bottle == "A"
    with pytest.raises(IntegrityError, match="teststep_as_it_was"), transaction.atomic():
        Step.objects.filter(pk=stored.pk).update(bottle="")
    walk(test, *TO_LABORATORY[3:], "lab_objected", "lab_answered")
    stored_past_the_service(test, "b_sent", "A", boss)
    with translation.override("en"), pytest.raises(Refused, match="bottle B"):
        step(test, "b_sent", bottle="A")


def stored_past_the_service(test: DrugTest, kind: str, bottle: str, by: User) -> None:
    """Refused all the same."""
    at_once = Step.objects.filter(dossier__test=test).latest("at").at
    row = Step(
        dossier=test.dossier, person=test.person, kind=kind, at=at_once, by_name="周晓岚",
        second_name="符丽", body=laboratory(test.person, "第三鉴定所"), bottle=bottle,
        recorded_by=by, recorded_at=at_once, county=test.county, town=test.town,
        village=test.village,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="teststep_of_its_bottle"), transaction.atomic():
        row.save()
