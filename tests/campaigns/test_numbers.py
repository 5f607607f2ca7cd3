"""A list from file numbers: each has its answer, and nobody comes in without a duty."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import close_campaign, fill_from_numbers
from apps.cases.models import Case
from apps.cases.services import suspend_case
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.campaigns import listed, opened
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, merged_into

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
def campaign(boss: User) -> Campaign:
    return opened(by=boss)


@pytest.fixture
def client(boss: User) -> Client:
    return signed_in(boss, headers={"accept-language": "en"}, **{"wsgi.url_scheme": "https"})


def case_of_town(**facts: Any) -> Case:
    made: Case = CaseFactory(person=PersonFactory(sex="1", **facts))
    return made


def answers(campaign: Campaign, by: User, *typed: Any) -> list[str]:
    found = fill_from_numbers(campaign=campaign, by=by, typed=[str(one) for one in typed])
    return [str(one.answer) for one in found]


def test_each_number_has_its_answer(boss: User, campaign: Campaign) -> None:
    case, there, held = case_of_town(), case_of_town(), case_of_town()
    free, far = PersonFactory(), case_of_town(area=area(WANQUAN))
    listed(campaign, there.person, by=boss)
    suspend_case(case=held, by=boss, starts_on=date(2024, 6, 1), reason="detained")
    typed = (case.person_id, there.person_id, held.person_id, free.pk, far.person_id, 9999999,
             "12345678", "X1")  # fmt: skip
    assert answers(campaign, boss, *typed) == [
        "added", "there", "no_duty", "no_duty", "unknown", "unknown", "unknown", "unknown",
    ]  # fmt: skip
    rows = CampaignTarget.objects.filter(campaign=campaign)
    assert set(rows.values_list("person_id", "ground")) == {
        (case.person_id, "duty"), (there.person_id, "duty"),
    }  # fmt: skip
    assert answers(campaign, boss, case.person_id) == ["there"]


def test_an_old_number_means_the_kept_file(boss: User, campaign: Campaign) -> None:
    case, other = case_of_town(), PersonFactory(sex="1")
    merged_into(case.person, other, UserFactory(records_admin=True))
    assert answers(campaign, boss, other.pk, f"{case.person_id:07d}") == ["added", "added"]
    assert CampaignTarget.objects.count() == 1


def test_nothing_comes_onto_the_list_of_a_closed_campaign(boss: User, campaign: Campaign) -> None:
    close_campaign(campaign=campaign, by=boss)
    with pytest.raises(Refused, match="is closed"):
        answers(campaign, boss, case_of_town().person_id)


def test_the_page_answers_what_was_pasted(campaign: Campaign, client: Client) -> None:
    case, far = case_of_town(), case_of_town(name="王远方", area=area(WANQUAN))
    url = f"/campaigns/{campaign.public_id}/fill-numbers/"
    assert client.get(url).status_code == 200
    page = client.post(url, {"numbers": f"{case.person.file_number}，{far.person_id}\n"})
    body = page.content.decode()
    assert page.status_code == 422
    assert "1 person was added." in body
    assert "Nobody of yours has this number" in body
    assert "王远方" not in body
    more = case_of_town()
    done = client.post(url, {"numbers": f"{more.person_id} {more.person_id}"})
    assert done.url == f"/campaigns/{campaign.public_id}/"
    many = " ".join(str(n) for n in range(501))
    assert client.post(url, {"numbers": many}).status_code == 422
