"""Numbers of a campaign stay with whoever runs it; names go where the files go."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from apps.accounts.models import User
from apps.campaigns.day import counter_of
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services.results import elsewhere, rows_of
from apps.campaigns.views.lists import counts_of
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.campaigns import entered, listed, opened
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def worker() -> User:
    made: User = UserFactory()
    return made


@pytest.fixture
def row(boss: User, worker: User) -> CampaignTarget:
    case = running_case(worker, person=PersonFactory(sex="1", name="符小海"))
    return listed(opened(by=boss), case.person)


def moved(row: CampaignTarget) -> None:
    chief = UserFactory(county_supervisor=True)
    move_person(person=row.person, area=area(WANQUAN), by=chief, reason="搬家")


def page_of(user: User, campaign: Campaign, name: str = "") -> str:
    client: Client = signed_in(user, headers={"accept-language": "en"})
    body: Any = client.get(f"/campaigns/{campaign.public_id}/{name}", secure=True).content
    return str(body.decode())


def test_the_coverage_of_a_campaign_stays_when_a_person_moves(
    row: CampaignTarget, boss: User
) -> None:
    entered(row)
    assert counts_of(row.campaign, boss)["taken"] == 1
    moved(row)
    assert not CampaignTarget.objects.visible_to(boss).exists()
    assert counts_of(row.campaign, boss)["taken"] == 1
    assert counter_of(row.campaign, boss, None).done == 1
    page = page_of(boss, row.campaign)
    assert "1 of 1" in page
    assert "1 of them belongs to another unit now" in page
    assert "符小海" not in page
    lists = signed_in(boss, headers={"accept-language": "en"}).get("/campaigns/", secure=True)
    assert "1 of 1" in lists.content.decode()


def test_results_of_who_moved_are_told_there_and_counted_here(
    row: CampaignTarget, boss: User
) -> None:
    entered(row)
    assert (len(rows_of(row.campaign, boss)), elsewhere(row.campaign, boss)) == (1, 0)
    moved(row)
    assert (len(rows_of(row.campaign, boss)), elsewhere(row.campaign, boss)) == (0, 1)
    page = page_of(boss, row.campaign, "results/")
    assert "the result is told there" in page
    assert "符小海" not in page


def test_who_does_not_run_a_campaign_counts_whom_they_see(row: CampaignTarget, boss: User) -> None:
    """A worker counts the own caseload, a town in a county's campaign its own persons."""
    chief = UserFactory(county_supervisor=True)
    county = opened(by=chief, area=area(QIONGHAI), title="全市专项")
    listed(county, row.person)
    listed(county, running_case(person=PersonFactory(area=area(WANQUAN))).person)
    assert counts_of(county, boss)["whole"] == 1
    assert counts_of(county, chief)["whole"] == 2
    assert counts_of(row.campaign, UserFactory())["whole"] == 0
    moved(row)
    assert counts_of(county, boss)["whole"] == 0
