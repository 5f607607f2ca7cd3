"""What is entered instead of a sample, a refusal or no kit: the list shows it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignSlot, CampaignTarget
from apps.campaigns.papers import part_of
from apps.campaigns.services import excuse_target, give_slots, move_target, note_second_call
from apps.campaigns.services.day import undo_sample
from apps.cases.models import Case
from apps.core.differing import Differs
from apps.core.refusals import Refused
from apps.drugtests.models import DrugTest
from apps.drugtests.services import withdraw_test
from apps.workbench.today import heads_of
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import PAIR, entered, listed, opened, site_of, slots_of
from tests.factories.drugtests import not_sampled
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory
from tests.factories.schedule import at

pytestmark = pytest.mark.django_db
NOW = date(2024, 6, 3)
TOMORROW = NOW + timedelta(days=1)
HTTPS = {"wsgi.url_scheme": "https"}
REFUSED: dict[str, Any] = {"outcome": "not:refused", "note": "说今天不方便", "medicine": ""}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with (
        time_machine.travel("2024-06-03T12:00:00+08:00", tick=False) as moment,
        translation.override("en"),
    ):
        yield moment


@pytest.fixture
def boss() -> User:
    made: User = UserFactory(town_supervisor=True)
    return made


@pytest.fixture
def client(boss: User) -> Client:
    return signed_in(boss, headers={"accept-language": "en"}, **HTTPS)


@pytest.fixture
def case() -> Case:
    made: Case = running_case(UserFactory(), person=PersonFactory(sex="1"))
    return made


@pytest.fixture
def campaign(boss: User) -> Campaign:
    return opened(by=boss)


@pytest.fixture
def row(campaign: Campaign, case: Case) -> CampaignTarget:
    return listed(campaign, case.person)


def stands(row: CampaignTarget) -> str:
    return str(CampaignTarget.objects.with_standing().get(pk=row.pk).stands)


def test_a_refusal_at_the_campaign_is_seen_on_its_list(row: CampaignTarget, client: Client) -> None:
    test = entered(row, **REFUSED).test
    assert (test.reason_not, test.why, test.kind, test.place, test.next_on) == (
        "refused", "campaign", "screening", "office", None,
    )  # fmt: skip
    counts = CampaignTarget.objects.all().counted()[row.campaign_id]
    assert {part: n for part, n in counts.items() if n} == {"whole": 1, "not_taken": 1}
    page = client.get(f"/campaigns/{row.campaign.public_id}/?part=not_taken")
    assert "Refused" in page.content.decode()
    target = client.get(reverse("campaigns:target", args=[row.public_id])).content.decode()
    assert "Refused" in target


def test_a_reason_that_was_recorded_on_its_own_page_counts_where_it_names_the_campaign(
    row: CampaignTarget, case: Case
) -> None:
    not_sampled(case.person, NOW, "refused", next_on=NOW)
    assert stands(row) == "no_slot"  # of the plan, and no word on the campaign
    test = not_sampled(case.person, NOW, "refused", why="campaign")
    assert stands(row) == "not_taken"
    withdraw_test(test=test, by=UserFactory(), reason="登记错人")
    assert stands(row) == "no_slot"


def test_a_refusal_needs_words_and_hair_alone_is_too_short(row: CampaignTarget) -> None:
    with pytest.raises(Refused, match="what happened"), transaction.atomic():
        entered(row, **REFUSED | {"note": ""})
    with pytest.raises(Refused, match="Say the result"):
        entered(row, outcome="not:too_short")
    assert entered(row, outcome="not:no_kit").is_new


def test_two_clerks_note_one_refusal_and_other_words_are_a_conflict(row: CampaignTarget) -> None:
    key, clerk = uuid4(), UserFactory()
    first = entered(row, client_uuid=key, by=clerk, **REFUSED)
    assert not entered(row, client_uuid=key, by=clerk, **REFUSED).is_new
    assert not entered(row, **REFUSED).is_new
    with pytest.raises(Differs, match="noted something else of this day"):
        entered(row, outcome="not:no_kit")
    assert list(DrugTest.objects.all()) == [first.test]


def test_a_sample_that_is_taken_later_counts(row: CampaignTarget) -> None:
    entered(row, **REFUSED)
    assert entered(row).is_new
    assert stands(row) == "taken"


def test_who_could_not_be_sampled_is_asked_once_more_by_a_second_call(
    row: CampaignTarget, boss: User, clock: Any
) -> None:
    entered(row, **REFUSED)
    slots_of(site_of(row.campaign, by=boss), by=boss, day=TOMORROW)
    assert give_slots(campaign=row.campaign, by=boss).given == 0
    assert part_of(row.campaign, boss, "1").targets == []
    slot = CampaignSlot.objects.order_by("begins")[0]
    moved = move_target(target=row, by=boss, slot=slot)
    assert (moved.second_call_on, stands(row)) == (TOMORROW, "left")
    heads = heads_of(UserFactory(county_supervisor=True), NOW)
    assert "campaign-slot" in {getattr(head, "kind", "") for head in heads}
    clock.move_to("2024-06-04T12:00:00+08:00")
    entered(row, TOMORROW, **REFUSED)
    assert stands(row) == "not_taken"
    note_second_call(target=row, by=boss, on=NOW + timedelta(days=2))
    assert stands(row) == "left"
    excuse_target(target=row, by=boss, reason="外出务工")
    assert stands(row) == "excused"


def test_on_consent_a_refusal_keeps_the_ground(campaign: Campaign) -> None:
    free = PersonFactory(sex="1")
    row = listed(campaign, free, ground="consent", ground_words="六月一日本人书面同意")
    assert entered(row, **REFUSED).test.cause_words == "六月一日本人书面同意"
    assert stands(row) == "not_taken"


def test_the_grid_says_why_nothing_was_taken(row: CampaignTarget, client: Client) -> None:
    """The words are asked for where the reason needs them; medicines are those of a sample."""
    name, url = f"r{row.pk}", f"/campaigns/{row.campaign.public_id}/grid/"
    assert f"{name}-note" not in client.get(url).content.decode()
    data = {
        "day": "2024-06-03", **PAIR, f"{name}-client_uuid": str(uuid4()), f"{name}-time": "0800",
        f"{name}-outcome": "not:refused", f"{name}-medicine": "", "row": name,
    }  # fmt: skip
    wrong = client.post(url, data)
    assert wrong.status_code == 422
    assert f"{name}-note" in wrong.content.decode()
    done = client.post(url, data | {f"{name}-note": "说今天不方便"})
    assert done.status_code == 200
    assert "Refused" in done.content.decode()
    assert "data-done" in done.content.decode()
    later = client.get(url).content.decode()
    assert "Refused" in later
    assert f"{name}-outcome" in later


def test_the_sample_day_says_why_nothing_was_taken(
    row: CampaignTarget, client: Client, boss: User
) -> None:
    url = reverse("campaigns:campaign-day", args=[row.campaign.public_id])
    data = {
        "act": "collect", "target": str(row.public_id), "client_uuid": str(uuid4()),
        "occurred_at": "2024-06-03T11:59", "outcome": "not:no_kit", "medicine": "", **PAIR,
    }  # fmt: skip
    done = client.post(url, data)
    assert done.status_code == 302
    page = client.get(done.url).content.decode()
    assert "Nothing to test with" in page
    found = client.get(f"{url}?target={row.public_id}").content.decode()
    assert "A sample that is taken later counts." in found
    undo_sample(test=DrugTest.objects.get(), by=boss)
    assert stands(row) == "no_slot"


def test_a_test_that_could_not_be_taken_keeps_its_reason_and_kind(case: Case) -> None:
    """Somebody who was drawn refuses an on-site test."""
    facts = {"why": "random", "kind": "on_site", "next_on": NOW}
    test = not_sampled(case.person, NOW, "refused", **facts)
    assert (test.why, test.kind) == ("random", "on_site")


def test_the_line_of_a_draw_asks_for_the_random_test(case: Case, client: Client) -> None:
    url = reverse("drugtests:not-taken", args=[case.person.public_id])
    page = client.get(f"{url}?why=random").content.decode()
    assert 'value="random" selected' in page
    page = client.get(f"{url}?duty=hair").content.decode()
    assert 'value="laboratory" selected' in page


def test_times_of_the_same_moment_are_those_of_the_list(row: CampaignTarget) -> None:
    with pytest.raises(Refused, match="none of the campaign"):
        entered(row, occurred_at=at(NOW - timedelta(days=1)), outcome="not:no_kit")


def test_no_kit_in_the_morning_and_refused_after_noon_are_two(row: CampaignTarget) -> None:
    morning = entered(row, outcome="not:no_kit", note="试剂盒没送到").test
    later = at(NOW, "11:00")
    with pytest.raises(Differs, match="noted something else of this day") as caught:
        entered(row, occurred_at=later, **REFUSED)
    assert caught.value.field == "another"
    again: dict[str, Any] = REFUSED | {
        "occurred_at": later, "another": True, "client_uuid": uuid4(), "by": UserFactory(),
    }  # fmt: skip
    second = entered(row, **again)
    assert second.is_new
    assert not entered(row, **again).is_new
    assert not entered(row, occurred_at=later, another=True, **REFUSED).is_new
    assert not entered(row, outcome="not:no_kit", note="试剂盒没送到").is_new
    assert {morning.pk, second.test.pk} == set(DrugTest.objects.values_list("pk", flat=True))
    listed_row = CampaignTarget.objects.with_standing().get(pk=row.pk)
    assert (listed_row.stands, listed_row.tried_why) == ("not_taken", "refused")
    assert CampaignTarget.objects.all().counted()[row.campaign_id]["not_taken"] == 1


def test_the_grid_asks_whether_it_was_another_and_takes_it(
    row: CampaignTarget, client: Client
) -> None:
    entered(row, outcome="not:no_kit")
    url, name = f"/campaigns/{row.campaign.public_id}/grid/", f"r{row.pk}"
    sent = {
        "day": "2024-06-03", **PAIR, f"{name}-client_uuid": str(uuid4()), f"{name}-time": "11:00",
        f"{name}-outcome": "not:refused", f"{name}-medicine": "", f"{name}-note": "说不来了",
        "row": name,
    }  # fmt: skip
    page = client.post(url, sent).content.decode()
    assert f'name="{name}-another"' in page
    assert DrugTest.objects.count() == 1
    client.post(url, sent | {f"{name}-another": "on", f"{name}-client_uuid": str(uuid4())})
    reasons = DrugTest.objects.order_by("occurred_at").values_list("reason_not", flat=True)
    assert list(reasons) == ["no_kit", "refused"]


def test_two_reasons_of_one_day_stand_beside_each_other_on_their_own_page(case: Case) -> None:
    not_sampled(case.person, NOW, "no_kit", next_on=TOMORROW)
    not_sampled(case.person, NOW, "refused", next_on=TOMORROW, note="说不来了")
    assert DrugTest.objects.filter(day=NOW, outcome="not_taken").count() == 2
