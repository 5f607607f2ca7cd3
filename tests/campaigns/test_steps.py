"""Steps of a campaign's samples, many at once: each is recorded whole, or left with the reason."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from apps.accounts.models import User
from apps.audit.models import AccessLog
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import close_campaign
from apps.campaigns.services.steps import advance_samples, numbers_at, rows_at
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.chain import StepKind as S
from apps.drugtests.models import Dossier, Reading, Step
from apps.persons.services.moving import move_person
from apps.schedule.waiting_lines import OtherHead
from apps.workbench.today import heads_of
from tests.drugtests.ways import analyte, laboratory, step
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.campaigns import entered, listed, opened
from tests.factories.pages import running_case, signed_in
from tests.factories.persons import PersonFactory

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


@pytest.fixture
def campaign(boss: User) -> Campaign:
    return opened(by=boss, first=today() - timedelta(days=9), kind="laboratory", sample="hair")


def taken(campaign: Campaign, n: int = 1) -> list[CampaignTarget]:
    rows = []
    for _n in range(n):
        row = listed(campaign, running_case(person=PersonFactory(sex="1")).person)
        entered(row, today() - YESTERDAY, outcome="pending")
        row.refresh_from_db()
        rows.append(row)
    return rows


def seals(*rows: CampaignTarget) -> dict[Any, dict[str, str]]:
    return {
        row.test.public_id: {"a_seal": f"HA{row.pk}", "b_seal": f"HB{row.pk}"}
        for row in rows
        if row.test
    }


def ticked(*rows: CampaignTarget) -> dict[Any, dict[str, str]]:
    return {row.test.public_id: {} for row in rows if row.test}


def advance(campaign: Campaign, by: User, kind: str, samples: Any, **facts: Any) -> Any:
    given: dict[str, Any] = {
        S.SEALED: {"second_name": "符丽", "place_words": "采样室"},
        S.STORED: {"place_words": "干燥避光柜", "seal_intact": True},
        S.SENT: {"second_name": "符丽", "seal_intact": True},
        S.RECEIVED: {"place_words": "收样窗口", "seal_intact": True},
    }.get(S(kind), {})
    facts = {"at": timezone.now(), "by_name": "周晓岚", **given} | facts
    return advance_samples(campaign=campaign, by=by, kind=kind, samples=samples, **facts)


def to_the_laboratory(campaign: Campaign, by: User, rows: list[CampaignTarget]) -> None:
    body = laboratory(rows[0].person, "琼海市司法鉴定所")
    advance(campaign, by, S.SEALED, seals(*rows))
    advance(campaign, by, S.STORED, ticked(*rows))
    advance(campaign, by, S.SENT, ticked(*rows), body=body)


def lines(user: User) -> list[tuple[str, str]]:
    """Kind and number of the lines of samples; of one sample alone the number is empty."""
    heads = heads_of(User.objects.get(pk=user.pk), today())
    found = [one for one in heads if isinstance(one, OtherHead)]
    return sorted(
        (one.kind, one.words)
        for one in found
        if one.kind.startswith(("campaign-", "sample-", "test-")) and one.kind != "campaign-slot"
    )


def url_of(campaign: Campaign, kind: str) -> str:
    return reverse(f"campaigns:samples-{kind}", args=[campaign.public_id])


def test_today_has_one_line_for_each_campaign_and_step(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 4)
    assert lines(boss) == [("campaign-sealed", "4")]
    advance(campaign, boss, S.SEALED, seals(*rows[:3]))
    assert lines(boss) == [("campaign-sealed", "1"), ("campaign-sent", "3")]
    body = laboratory(rows[0].person, "琼海市司法鉴定所")
    advance(campaign, boss, S.SENT, ticked(*rows[:2]), body=body)
    assert lines(boss) == [
        ("campaign-received", "2"), ("campaign-sealed", "1"), ("campaign-sent", "1"),
    ]  # fmt: skip
    advance(campaign, boss, S.RECEIVED, ticked(*rows[:2]))
    assert ("campaign-analysed", "2") in lines(boss)
    advance(campaign, boss, S.ANALYSED, ticked(*rows[:2]))
    assert ("campaign-told", "2") in lines(boss)


def test_two_campaigns_are_never_summed(campaign: Campaign, boss: User) -> None:
    taken(campaign, 2)
    taken(opened(by=boss, first=today() - timedelta(days=9), kind="laboratory", title="另一次"))
    assert lines(boss) == [("campaign-sealed", "1"), ("campaign-sealed", "2")]


def test_the_line_leads_to_its_list_and_names_nobody(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    client = signed_in(boss, headers={"Accept-Language": "en"})
    page = client.get("/today/", secure=True).content.decode()
    assert url_of(campaign, "sealed") in page
    assert "2 samples wait to be sealed, the first since" in page
    why = reverse("workbench:line-why", args=["campaign-sealed", campaign.public_id])
    AccessLog.objects.all().delete()
    assert "stand in one line" in client.get(why, secure=True).content.decode()
    assert not AccessLog.objects.filter(person_ids__contains=[campaign.public_id]).exists()
    assert rows[0].person.name not in client.get(why, secure=True).content.decode()


def test_each_sample_keeps_a_step_of_its_own(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 3)
    to_the_laboratory(campaign, boss, rows)
    for kind in (S.SEALED, S.STORED, S.SENT):
        found = Step.objects.filter(kind=kind).values_list("dossier__test", flat=True)
        assert sorted(found) == sorted(row.test_id for row in rows if row.test_id)
    sealed = dict(Dossier.objects.values_list("test", "a_seal"))
    assert sealed == {row.test_id: f"HA{row.pk}" for row in rows}


def test_what_is_refused_of_one_is_said_and_the_others_go_on(
    campaign: Campaign, boss: User
) -> None:
    rows = taken(campaign, 2)
    wanted = seals(*rows)
    first, last = wanted
    wanted[last] = wanted[first]
    made = advance(campaign, boss, S.SEALED, wanted)
    assert (made.done, made.known, len(made.left)) == (1, 0, 1)
    assert "This seal is on another sample." in made.left[0].why
    assert Step.objects.filter(kind=S.SEALED).count() == 1


def test_what_is_wrong_for_all_is_said_once(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    with pytest.raises(Refused, match="Two people do this"):
        advance(campaign, boss, S.SEALED, seals(*rows), second_name="周晓岚")
    with pytest.raises(Refused, match="in the future"):
        advance(campaign, boss, S.SEALED, seals(*rows), at=timezone.now() + timedelta(days=1))
    assert not Step.objects.exists()


def test_twice_brings_nothing_new(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    to_the_laboratory(campaign, boss, rows)
    before = list(Step.objects.order_by("pk").values())
    made = advance(campaign, boss, S.STORED, ticked(*rows))
    assert (made.done, made.known, made.left) == (0, 2, [])
    made = advance(campaign, boss, S.SEALED, seals(*rows))
    assert (made.done, made.known, made.left) == (0, 2, [])
    other = {key: {"a_seal": "X1", "b_seal": "X2"} for key in ticked(rows[0])}
    made = advance(campaign, boss, S.SEALED, other)
    assert (made.done, made.known, len(made.left)) == (0, 0, 1)
    assert list(Step.objects.order_by("pk").values()) == before


def test_results_of_the_laboratory_are_negative_for_all_with_what_was_looked_for(
    campaign: Campaign, boss: User
) -> None:
    rows = taken(campaign, 2)
    to_the_laboratory(campaign, boss, rows)
    advance(campaign, boss, S.RECEIVED, ticked(*rows))
    client = signed_in(boss, headers={"Accept-Language": "en"})
    page = client.get(url_of(campaign, "analysed"), secure=True).content.decode()
    assert "All of them negative" in page
    data = {
        "at": timezone.now().astimezone().strftime("%Y-%m-%dT%H:%M"), "by_name": "司法鉴定所",
        "analytes": [analyte("MET").pk, analyte("MOP").pk],
        "ticked": [str(key) for key in ticked(*rows)],
    }  # fmt: skip
    answer = client.post(url_of(campaign, "analysed"), data, secure=True)
    assert answer.status_code == 302, answer.content.decode()
    assert set(Step.objects.filter(kind=S.ANALYSED).values_list("result", flat=True)) == {
        "negative"
    }
    assert Reading.objects.filter(step__kind=S.ANALYSED, result="negative").count() == 4
    assert lines(boss) == [("campaign-told", "2")]


def test_a_broken_seal_gives_no_result_with_the_others(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    to_the_laboratory(campaign, boss, rows)
    advance(campaign, boss, S.RECEIVED, ticked(rows[0]), seal_intact=False)
    advance(campaign, boss, S.RECEIVED, ticked(rows[1]))
    found, whole = rows_at(campaign, boss, S.ANALYSED)
    assert whole == 2
    assert {row.target.pk: bool(row.why) for row in found} == {rows[0].pk: True, rows[1].pk: False}
    made = advance(campaign, boss, S.ANALYSED, ticked(*rows))
    assert (made.done, len(made.left)) == (1, 1)


def test_a_positive_and_an_objection_go_alone(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    to_the_laboratory(campaign, boss, rows)
    advance(campaign, boss, S.RECEIVED, ticked(*rows))
    assert rows[0].test
    now = timezone.now()
    step(rows[0].test, S.ANALYSED, now)
    assert lines(boss) == [("campaign-analysed", "1"), ("test-tell", "")]
    for kind in (S.LAB_TOLD, S.LAB_OBJECTED, S.LAB_ANSWERED):
        step(rows[0].test, kind, now)
    assert lines(boss) == [("campaign-analysed", "1"), ("sample-send", "")]
    made = advance(campaign, boss, S.SENT, ticked(rows[0]), body=laboratory(rows[0].person, "乙"))
    assert (made.done, made.known) == (0, 1)


def test_seals_typed_on_the_page_stay_where_one_is_refused(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    first, second = (str(key) for key in ticked(*rows))
    data = {
        "at": timezone.now().astimezone().strftime("%Y-%m-%dT%H:%M"), "by_name": "周晓岚",
        "second_name": "符丽", "place_words": "采样室", f"a_seal-{first}": "K1",
        f"b_seal-{first}": "K2", f"a_seal-{second}": "K1", f"b_seal-{second}": "K9",
    }  # fmt: skip
    client = signed_in(boss, headers={"Accept-Language": "en"})
    answer = client.post(url_of(campaign, "sealed"), data, secure=True)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The step of 1 sample is recorded." in page
    assert "This seal is on another sample." in page
    assert 'value="K9"' in page
    half = data | {f"b_seal-{second}": ""}
    page = client.post(url_of(campaign, "sealed"), half, secure=True).content.decode()
    assert "enter both" in page
    empty = {name: value for name, value in data.items() if "_seal-" not in name}
    page = client.post(url_of(campaign, "sealed"), empty, secure=True).content.decode()
    assert "Enter the two seals of at least one sample." in page
    assert Step.objects.filter(kind=S.SEALED).count() == 1


def test_a_seal_that_looks_like_a_number_is_a_seal(campaign: Campaign, boss: User) -> None:
    [row] = taken(campaign)
    [key] = ticked(row)
    data = {
        "at": timezone.now().astimezone().strftime("%Y-%m-%dT%H:%M"), "by_name": "周晓岚",
        "second_name": "符丽", "place_words": "采样室", f"a_seal-{key}": "990000000004",
        f"b_seal-{key}": "990000000011",
    }  # fmt: skip
    answer = signed_in(boss).post(url_of(campaign, "sealed"), data, secure=True)
    assert answer.status_code == 302, answer.content.decode()


def test_a_closed_campaign_sends_what_it_took(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    close_campaign(campaign=campaign, by=boss)
    to_the_laboratory(campaign, boss, rows)
    assert Step.objects.filter(kind=S.SENT).count() == 2


def test_another_town_neither_sees_nor_records(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    other = UserFactory(town_supervisor=True, area=area(WANQUAN))
    assert rows_at(campaign, other, S.SEALED) == ([], 0)
    assert lines(other) == []
    made = advance(campaign, other, S.SEALED, seals(*rows))
    assert (made.done, made.known, made.left) == (0, 0, [])
    answer = signed_in(other).get(url_of(campaign, "sealed"), secure=True)
    assert answer.status_code == 404


def test_who_moved_away_has_a_line_there_under_the_own_name(campaign: Campaign, boss: User) -> None:
    rows, there = taken(campaign, 2), area(WANQUAN)
    chief = UserFactory(county_supervisor=True)
    move_person(person=rows[0].person, area=there, by=chief, reason="搬家")
    other = UserFactory(town_supervisor=True, area=there)
    assert lines(boss) == [("campaign-sealed", "1")]
    assert lines(other) == [("sample-seal", "")]


def test_what_is_at_its_date_is_destroyed_by_who_decides(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 2)
    to_the_laboratory(campaign, boss, rows)
    advance(campaign, boss, S.RECEIVED, ticked(*rows))
    advance(campaign, boss, S.ANALYSED, ticked(*rows))
    for row in rows:
        assert row.test
        step(row.test, S.LAB_TOLD, timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        assert lines(boss) == [("campaign-destroyed", "2")]
        made = advance(campaign, boss, S.DESTROYED, ticked(*rows), second_name="符丽",
                       place_words="焚烧处", seal_intact=True)  # fmt: skip
        assert (made.done, made.left) == (2, [])
        assert lines(boss) == []
    worker = UserFactory()
    assert signed_in(worker).get(url_of(campaign, "destroyed"), secure=True).status_code == 403


def test_the_numbers_of_the_tabs_are_those_of_the_lists(campaign: Campaign, boss: User) -> None:
    rows = taken(campaign, 4)
    advance(campaign, boss, S.SEALED, seals(*rows[:2]))
    body = laboratory(rows[0].person, "琼海市司法鉴定所")
    advance(campaign, boss, S.SENT, ticked(rows[0]), body=body)
    numbers = numbers_at(campaign, boss)
    assert numbers == {kind: rows_at(campaign, boss, kind)[1] for kind in numbers}
    assert (numbers[S.SEALED], numbers[S.STORED], numbers[S.SENT]) == (2, 2, 1)
