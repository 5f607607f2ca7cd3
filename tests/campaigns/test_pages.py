"""Pages of campaigns: coverage, the grid as one post and row by row, and what two clerks see."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.audit.models import AccessLog, Action
from apps.campaigns.models import Campaign, CampaignTarget
from apps.core.days import today
from apps.core.fields import uuid7
from apps.drugtests.models import DrugTest
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHENG, area
from tests.factories.campaigns import PAIR, entered, listed, opened
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def campaign(boss: User) -> Campaign:
    return opened(by=boss, first=today() - timedelta(days=1))


@pytest.fixture
def rows(campaign: Campaign) -> list[CampaignTarget]:
    cases = [running_case(person=PersonFactory(sex="1", name=f"陈海{n}")) for n in "一二三"]
    return [listed(campaign, case.person) for case in cases]


def grid(campaign: Campaign) -> str:
    return reverse("campaigns:grid", args=[campaign.public_id])


def of_row(row: CampaignTarget, **facts: Any) -> dict[str, Any]:
    facts = {
        "client_uuid": str(uuid7()), "time": "0000", "medicine": "none", "outcome": "negative",
    } | facts  # fmt: skip
    return {f"r{row.pk}-{name}": value for name, value in facts.items()}


def head(**facts: Any) -> dict[str, Any]:
    return {"day": today().isoformat(), **PAIR, **facts}


def sent(client: Client, campaign: Campaign, *parts: dict[str, Any], **more: Any) -> Any:
    data: dict[str, Any] = {}
    for part in parts:
        data |= part
    return client.post(grid(campaign), data | more, secure=True, HTTP_ACCEPT_LANGUAGE="en")


def test_a_post_stores_each_row_and_a_bad_one_comes_back(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    bad = of_row(rows[1], time="2570", medicine_words="感冒药")
    empty = of_row(rows[2], time="", medicine="", outcome="")
    answer = sent(signed_in(boss), campaign, head(), of_row(rows[0]), bad, empty)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "2570" in text
    assert "感冒药" in text
    assert text.count("Time: Type the time in four digits") == 1
    assert DrugTest.objects.get().person == rows[0].person


def test_a_wrong_head_stores_nothing_and_keeps_what_was_typed(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    client = signed_in(boss)
    for wrong in ({"collector": ""}, {"day": "0024-06-03"}, {"second_sex": ""}):
        answer = sent(client, campaign, head(**wrong), of_row(rows[0], medicine_words="感冒药"))
        assert answer.status_code == 422
        assert "感冒药" in answer.content.decode()
    assert not DrugTest.objects.exists()


def test_sent_twice_nothing_is_doubled(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    client, row = signed_in(boss), of_row(rows[0])
    for _again in range(2):
        assert sent(client, campaign, head(), row).status_code == 302
    assert DrugTest.objects.count() == 1


def test_one_row_alone_is_answered_as_a_row(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    key = f"r{rows[0].pk}"
    answer = sent(signed_in(boss), campaign, head(), of_row(rows[0]), of_row(rows[1]), row=key)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert text.lstrip().startswith("<tr data-entry")
    assert "data-done" in text
    assert DrugTest.objects.count() == 1


def test_two_clerks_lose_nothing(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    entered(rows[0], by=UserFactory(name="林小妹"), occurred_at=at(today(), "00:00"))
    other = of_row(rows[0], outcome="positive")
    answer = sent(signed_in(boss), campaign, head(), other, of_row(rows[1]))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "林小妹 entered this sample already" in text
    assert DrugTest.objects.count() == 2
    assert DrugTest.objects.get(person=rows[0].person).result == "negative"
    page = signed_in(boss).get(grid(campaign), secure=True).content.decode()
    assert page.count("data-done") == 2


def test_a_second_test_of_the_day_is_asked_about(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    again = opened(by=boss, title="第二次专项检测")
    entered(rows[0], occurred_at=at(today(), "00:00"))
    row = listed(again, rows[0].person)
    client = signed_in(boss)
    answer = sent(client, again, head(), of_row(row))
    assert answer.status_code == 422
    assert f'name="r{row.pk}-another"' in answer.content.decode()
    assert sent(client, again, head(), of_row(row, another="on")).status_code == 302
    assert DrugTest.objects.count() == 2


def test_a_row_of_elsewhere_and_a_campaign_of_elsewhere_are_not_there(
    campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    far = signed_in(UserFactory(area=area(WENCHENG)))
    assert sent(far, campaign, head(), of_row(rows[0])).status_code == 404
    mate = signed_in(UserFactory())  # of the town, with another caseload
    assert sent(mate, campaign, head(), of_row(rows[0])).status_code == 302
    page = mate.get(grid(campaign), secure=True, headers={"accept-language": "en"})
    assert "1 row is no longer yours" in page.content.decode()
    assert not DrugTest.objects.exists()


def test_a_number_finds_its_row_and_names_stand_in_no_address(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    client = signed_in(boss)
    for words, found in ((rows[1].person.file_number, 1), ("陈海一", 0), ("", 3)):
        page = client.get(grid(campaign), {"find": words}, secure=True).content.decode()
        assert page.count("<tr data-entry") == found


def test_coverage_stands_beside_each_campaign_and_is_never_summed(
    boss: User, campaign: Campaign, rows: list[CampaignTarget]
) -> None:
    again = opened(by=boss, title="第二次专项检测")
    listed(again, rows[0].person)
    entered(rows[0], occurred_at=at(today(), "00:00"))
    client = signed_in(boss, headers={"accept-language": "en"})
    page = client.get(reverse("campaigns:list"), secure=True).content.decode()
    assert "1 of 3 · 33.3" in page
    assert "0 of 1 · " in page
    assert "of 4 · " not in page
    own = reverse("campaigns:campaign", args=[campaign.public_id])
    for part, n in (("", 3), ("taken", 1), ("excused", 0), ("left", 2)):
        page = client.get(own, {"part": part}, secure=True).content.decode()
        assert page.count("/campaign-targets/") == n
    assert AccessLog.objects.filter(action=Action.LIST).exists()


def test_a_supervisor_opens_fills_adds_and_closes(boss: User) -> None:
    case, free = running_case(), PersonFactory(name="符无期")
    client = signed_in(boss)
    facts = {
        "client_uuid": str(uuid7()), "area": "嘉积镇", "title": "专项检测", "sample": "urine",
        "first": today().isoformat(), "last": today().isoformat(), "kind": "screening",
        "asks": "persons",
    }  # fmt: skip
    wrong = client.post(reverse("campaigns:new"), facts | {"first": "0024-06-01"}, secure=True)
    assert wrong.status_code == 422
    assert client.post(reverse("campaigns:new"), facts, secure=True).status_code == 302
    made = Campaign.objects.get()

    def act(name: str, **data: Any) -> int:
        address = reverse(f"campaigns:{name}", args=[made.public_id])
        return client.post(address, data, secure=True).status_code

    assert act("fill", place="", risk_level="") == 302
    assert set(made.targets.values_list("person", flat=True)) == {case.person_id}
    key = str(uuid7())
    assert act("add", client_uuid=key, who="无此人") == 422
    assert act("add", client_uuid=key, who="符无期") == 422
    words = {"ground": "consent", "ground_words": "六月一日本人书面同意"}
    assert act("add", client_uuid=key, who=free.file_number, **words) == 302
    assert act("fill-drawn", draw="") == 422
    assert act("close") == 302
    assert act("close") == 200 or act("close") == 422


def test_a_row_is_called_again_and_excused(boss: User, rows: list[CampaignTarget]) -> None:
    client = signed_in(boss)
    for name, data in (("call", {"on": today().isoformat()}), ("excuse", {"reason": "在外住院"})):
        address = reverse(f"campaigns:{name}", args=[rows[0].public_id])
        assert client.post(address, data, secure=True).status_code == 302
    page = client.get(reverse("campaigns:target", args=[rows[0].public_id]), secure=True)
    assert "在外住院" in page.content.decode()
