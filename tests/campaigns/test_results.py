"""Negative results of a campaign are told many at once; each row is its own step, or untouched."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import close_campaign
from apps.campaigns.services.results import rows_of, tell_results
from apps.core.days import today
from apps.drugtests.models import DrugTest, Step
from apps.schedule.waiting_lines import OtherHead
from apps.workbench.today import heads_of
from tests.drugtests.ways import TO_LABORATORY, step, walk
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.campaigns import entered, listed, opened
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


def campaign_of(boss: User, kind: str = "on_site") -> Campaign:
    return opened(by=boss, first=today() - timedelta(days=9), kind=kind)


def sampled_in(campaign: Campaign, outcome: str = "negative", **facts: Any) -> CampaignTarget:
    row = listed(campaign, running_case(person=PersonFactory(sex="1")).person)
    entered(row, today() - YESTERDAY, outcome=outcome, **facts)
    row.refresh_from_db()
    return row


def told(campaign: Campaign, by: User, *rows: CampaignTarget, **facts: Any) -> Any:
    facts = {"at": timezone.now(), "how": "in_person", "by_name": "周晓岚"} | facts
    ids = [row.test.public_id for row in rows if row.test]
    return tell_results(campaign=campaign, by=by, tests=ids, **facts)


def steps(kind: str = "told") -> list[int]:
    rows = Step.objects.filter(kind=kind, withdrawn_at=None).order_by("dossier__test__pk")
    return list(rows.values_list("dossier__test_id", flat=True))


def to_be_told(boss: User) -> list[Any]:
    heads = heads_of(User.objects.get(pk=boss.pk), today())
    return [one.row_id for one in heads if isinstance(one, OtherHead) and one.kind == "test-tell"]


@pytest.mark.parametrize("kind", ["on_site", "screening"])
def test_negative_ones_are_told_in_one_act_and_each_has_its_step(kind: str, boss: User) -> None:
    campaign = campaign_of(boss, kind)
    rows = [sampled_in(campaign) for _ in range(3)]
    made = told(campaign, boss, *rows)
    assert (made.told, made.known, made.left) == (3, 0, [])
    assert steps() == sorted(row.test_id for row in rows if row.test_id)
    for one in Step.objects.filter(kind="told"):
        assert (one.place_words, one.by_name, one.recorded_by) == ("in_person", "周晓岚", boss)
    assert to_be_told(boss) == []
    assert DrugTest.objects.filter(result="negative").count() == 3


def test_twice_brings_nothing_new(boss: User) -> None:
    campaign = campaign_of(boss)
    rows = [sampled_in(campaign) for _ in range(2)]
    told(campaign, boss, *rows)
    before = list(Step.objects.order_by("pk").values())
    made = told(campaign, boss, *rows)
    assert (made.told, made.known, made.left) == (0, 2, [])
    assert list(Step.objects.order_by("pk").values()) == before


def test_what_is_told_one_by_one_is_named_with_its_reason(boss: User) -> None:
    campaign = campaign_of(boss)
    fine = sampled_in(campaign)
    others = {
        "positive": "Positive", "pending": "No result yet", "unfit:diluted": "unfit",
        "invalid": "Invalid",
    }  # fmt: skip
    rows = {outcome: sampled_in(campaign, outcome) for outcome in others}
    made = told(campaign, boss, fine, *rows.values())
    assert (made.told, made.known) == (1, 0)
    assert steps() == [fine.test_id]
    why = {one.target.pk: one.why for one in made.left}
    for outcome, words in others.items():
        assert words in why[rows[outcome].pk], outcome
    listed_rows = {one.target.pk: one.why for one in rows_of(campaign, boss)}
    assert listed_rows == why


def test_a_row_that_is_refused_is_untouched_and_the_others_are_stored(boss: User) -> None:
    """Of a management screening the result is written down with the telling, or not at all."""
    campaign, day = campaign_of(boss, "screening"), today() - YESTERDAY
    early = sampled_in(campaign, occurred_at=at(day, "00:30"))
    late = sampled_in(campaign, occurred_at=at(day, "09:00"))
    made = told(campaign, boss, early, late, at=at(day, "05:00"))
    assert made.told == 1
    assert [(one.target.pk, "before the step" in one.why) for one in made.left] == [(late.pk, True)]
    assert steps() == steps("screened") == [early.test_id]


def test_a_laboratory_result_that_is_negative_is_told_too_and_never_after_a_positive(
    boss: User,
) -> None:
    campaign = campaign_of(boss, "laboratory")
    rows = [sampled_in(campaign, "pending") for _ in range(2)]
    for row, result in zip(rows, ("negative", "positive"), strict=True):
        walk(row.test, *TO_LABORATORY[:4])
        step(row.test, "analysed", result=result)
    made = told(campaign, boss, *rows)
    assert (made.told, [one.target.pk for one in made.left]) == (1, [rows[1].pk])
    assert steps("lab_told") == [rows[0].test_id]


def test_only_rows_that_the_reader_sees_are_told(boss: User) -> None:
    campaign = campaign_of(boss)
    row = sampled_in(campaign)
    stranger = UserFactory(town_supervisor=True, area=area(WANQUAN))
    made = told(campaign, stranger, row)
    assert (made.told, made.known, made.left) == (0, 0, [])
    assert steps() == []


def test_results_are_told_after_the_campaign_was_closed(boss: User) -> None:
    campaign = campaign_of(boss)
    row = sampled_in(campaign)
    close_campaign(campaign=campaign, by=boss)
    assert told(campaign, boss, row).told == 1


def test_the_page_tells_who_is_ticked_and_names_the_rest(boss: User) -> None:
    campaign = campaign_of(boss)
    first, second, positive = (sampled_in(campaign, one) for one in
                               ("negative", "negative", "positive"))  # fmt: skip
    client = signed_in(boss, headers={"accept-language": "en"})
    address = reverse("campaigns:results", args=[campaign.public_id])
    page = client.get(address, secure=True).content.decode()
    assert page.count('name="told"') == 2
    assert "checked" not in page
    assert positive.person.name in page
    assert "Positive: told one by one" in page
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    data = {"at": now, "how": "phone", "by_name": "周晓岚"}
    assert client.post(address, data, secure=True).status_code == 422
    ticked = data | {"told": [str(first.test.public_id)]}  # type: ignore[union-attr]
    assert client.post(address, ticked, secure=True).status_code == 302
    assert steps() == [first.test_id]
    assert client.post(address, ticked, secure=True).status_code == 302
    both = data | {"told": [str(one.test.public_id) for one in (second, positive)]}  # type: ignore[union-attr]
    answer = client.post(address, both, secure=True)
    assert answer.status_code == 422
    assert steps() == [first.test_id, second.test_id]
    assert "Positive: told one by one" in answer.content.decode()
    day = {"day": str(today() - 5 * YESTERDAY)}
    assert 'name="told"' not in client.get(address, day, secure=True).content.decode()
    assert client.get(address, {"day": "x", "site": "y"}, secure=True).status_code == 200
