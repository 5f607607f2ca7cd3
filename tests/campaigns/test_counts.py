"""A campaign of an occupation has counts, never a list; one of persons never has counts."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import place_of
from apps.campaigns.models import Campaign, CampaignCount, CampaignTarget
from apps.campaigns.services import correct_counts, fill_from_orders, record_counts
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest, OccupationalScreening
from apps.drugtests.occupational import store_screening
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import listed, opened, site_of
from tests.factories.pages import running_case, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def drivers(boss: User) -> Campaign:
    first = today() - timedelta(days=3)
    return opened(by=boss, first=first, title="客运行业筛查", asks="occupation")


def counted(campaign: Campaign, by: User, day: date | None = None, **facts: Any) -> CampaignCount:
    day = day or today()
    facts = {"occupation": "bus", "tested": 150, "positive": 0, "words": ""} | facts
    return record_counts(
        campaign=campaign, by=by, client_uuid=uuid4(), first_on=day, last_on=day, **facts
    )


def test_an_occupation_never_has_a_list(boss: User, drivers: Campaign) -> None:
    person = running_case().person
    for act in (
        lambda: fill_from_orders(campaign=drivers, by=boss),
        lambda: listed(drivers, person),
        lambda: site_of(drivers, by=boss),
    ):
        with pytest.raises(Refused, match="nobody is on a list"):
            act()
    row = listed(opened(by=boss), person)
    with pytest.raises(IntegrityError, match="target_of_persons"), transaction.atomic():
        CampaignTarget.objects.filter(pk=row.pk).update(campaign=drivers)
    with pytest.raises(Exception, match="campaign_asks_the_same"), transaction.atomic():
        Campaign.objects.filter(pk=row.campaign_id).update(asks="occupation")


def test_counts_belong_to_an_occupation(boss: User, drivers: Campaign) -> None:
    persons = opened(by=boss)
    with pytest.raises(Refused, match="has a list of persons"):
        counted(persons, boss)
    count = counted(drivers, boss)
    with pytest.raises(IntegrityError, match="count_of_occupation"), transaction.atomic():
        CampaignCount.objects.filter(pk=count.pk).update(campaign=persons)
    with pytest.raises(Refused, match="none of the campaign"):
        counted(drivers, boss, today() - timedelta(days=9))
    with pytest.raises(Refused, match="on record already"):
        counted(drivers, boss)  # on record already
    with pytest.raises(Refused, match="More are positive"):
        counted(drivers, boss, tested=5, positive=6, occupation="taxi")
    assert OccupationalScreening.objects.get().source == "page"
    assert not DrugTest.objects.exists()


def test_counts_are_put_right_with_a_reason(boss: User, drivers: Campaign) -> None:
    count = counted(drivers, boss)
    facts = {"count": count, "by": boss, "tested": 151, "positive": 1}
    with pytest.raises(Refused, match="Say why"):
        correct_counts(**facts, reason="", version=1)
    correct_counts(**facts, reason="漏记一人", version=1)
    with pytest.raises(Refused, match="Somebody else corrected"):
        correct_counts(**facts, reason="漏记一人", version=1)
    count.screening.refresh_from_db()
    assert (count.screening.tested, count.screening.positive) == (151, 1)


def test_its_pages_show_sums_and_no_tools_of_a_list(boss: User, drivers: Campaign) -> None:
    client = signed_in(boss, headers={"accept-language": "en"})
    address = reverse("campaigns:counts-new", args=[drivers.public_id])
    day = today().isoformat()
    facts = {
        "client_uuid": str(uuid4()), "first_on": day, "last_on": day, "occupation": "bus",
        "tested": 1192, "positive": 0, "words": "",
    }  # fmt: skip
    assert client.post(address, facts | {"tested": -1}, secure=True).status_code == 422
    for _again in range(2):
        assert client.post(address, facts, secure=True).status_code == 302
    page = client.get(reverse("campaigns:counts", args=[drivers.public_id]), secure=True)
    assert "1192 tested, 0 positive" in page.content.decode()
    for name in ("campaign", "grid", "sites", "labels", "sheets", "slips", "campaign-day"):
        shown = client.get(reverse(f"campaigns:{name}", args=[drivers.public_id]), secure=True)
        assert shown.status_code == 404, name
    listing = client.get(reverse("campaigns:list"), secure=True).content.decode()
    assert "Counts only" in listing


def test_a_remark_beside_the_sums_of_a_ledger_is_kept(boss: User, drivers: Campaign) -> None:
    day = today()
    store_screening(
        place=place_of(drivers.area), by=boss, tested=10, positive=0, words="", occupation="taxi",
        first_on=day, last_on=day,
    )  # fmt: skip
    count = counted(drivers, boss, occupation="taxi", tested=10, words="东站和西站")
    row = OccupationalScreening.objects.get()
    assert (row.words, row.source) == ("东站和西站", "ledger")
    correct_counts(count=count, by=boss, reason="漏记一人", version=1, tested=11, positive=0)
    row.refresh_from_db()
    assert (row.tested, row.source) == (11, "page")
