"""Who runs a campaign, on which days somebody is asked, and what the database keeps of the list."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.areas.models import place_ids
from apps.campaigns.models import Campaign, CampaignSlot, CampaignTarget
from apps.campaigns.services import (
    add_site,
    call_off_slots,
    close_campaign,
    excuse_target,
    fill_from_orders,
    give_slots,
    move_target,
    note_second_call,
    record_counts,
    slots as acts_of_slots,
    tell_target,
)
from apps.cases.models import Case
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WANQUAN, area
from tests.factories.campaigns import entered, listed, opened, site_of, slots_of
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db
NOW, DAY = date(2024, 6, 3), date(2024, 6, 4)


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


def man_on(campaign: Campaign) -> CampaignTarget:
    return listed(campaign, CaseFactory(person=PersonFactory(sex="1")).person)


def with_slots(campaign: Campaign, by: User, *days: date) -> list[CampaignSlot]:
    """The first of each day, at a site of two men."""
    site = site_of(campaign, by=by)
    for day in days:
        slots_of(site, by=by, day=day)
    firsts = {slot.day: slot for slot in CampaignSlot.objects.order_by("-begins")}
    return [firsts[day] for day in days]


def test_who_sees_a_campaign_from_below_does_not_run_it() -> None:
    county = UserFactory(county_supervisor=True)
    campaign = opened(by=county, area=area(QIONGHAI))
    drivers = opened(by=county, area=area(QIONGHAI), asks="occupation", title="客运行业筛查")
    site = site_of(campaign, by=county, area=area())
    town, far = (UserFactory(town_supervisor=True, area=a) for a in (area(), area(WANQUAN)))
    assert Campaign.objects.visible_to(town).count() == 2
    assert not Campaign.objects.run_by(town).exists()
    acts: list[Callable[[], Any]] = [
        lambda: close_campaign(campaign=campaign, by=town),
        lambda: give_slots(campaign=campaign, by=town),
        lambda: add_site(campaign=campaign, by=town, client_uuid=uuid4(), area=area()),
        lambda: slots_of(site, by=far, day=DAY),
        lambda: call_off_slots(site=site, by=far, day=DAY),
        lambda: record_counts(
            campaign=drivers, by=town, client_uuid=uuid4(), first_on=NOW, last_on=NOW,
            occupation="taxi", tested=10, positive=0, words="",
        ),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(PermissionDenied), transaction.atomic():
            act()
    assert slots_of(site, by=town, day=DAY) == 4  # a site in the own unit
    client = signed_in(town)
    for page, of, status in (
        ("close", campaign, 403), ("site-add", campaign, 403), ("give", campaign, 403),
        ("counts-new", drivers, 403), ("call-off", site, 200), ("fill", campaign, 200),
    ):  # fmt: skip
        address = reverse(f"campaigns:{page}", args=[of.public_id])
        assert client.get(address, secure=True).status_code == status, page


def test_a_closed_campaign_takes_nothing_whoever_writes(boss: User, campaign: Campaign) -> None:
    row, other = man_on(campaign), CaseFactory(person=PersonFactory(sex="1"))
    (slot,) = with_slots(campaign, boss, DAY)
    close_campaign(campaign=campaign, by=boss)
    new = {"case": other, "person": other.person, "number": other.person.public_id}
    acts: list[Callable[[], Any]] = [
        lambda: CampaignTarget.objects.filter(pk=row.pk).update(slot=slot),
        lambda: CampaignTarget.objects.create(
            campaign=campaign, ground="duty", recorded_by=boss, **new, **place_ids(other.person)
        ),
    ]
    for act in acts:
        with pytest.raises(IntegrityError, match="in_open_campaign"), transaction.atomic():
            act()


def test_a_place_that_was_taken_meanwhile_is_said_in_words(
    boss: User, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the lock of the campaign does not hold back, the database refuses."""
    rows = [man_on(campaign) for _n in range(3)]
    (slot,) = with_slots(campaign, boss, DAY)
    waiting = acts_of_slots._waiting
    CampaignSlot.objects.exclude(pk=slot.pk).update(called_off_at=slot.begins, called_off_by=boss)

    def filled(campaign: Campaign, by: User) -> list[CampaignTarget]:
        CampaignTarget.objects.filter(pk__in=[rows[1].pk, rows[2].pk]).update(slot=slot)
        return waiting(campaign, by)

    monkeypatch.setattr(acts_of_slots, "_waiting", filled)
    with pytest.raises(Refused, match="full"):
        give_slots(campaign=campaign, by=boss)


def test_nobody_is_given_a_day_after_the_duty(boss: User, campaign: Campaign) -> None:
    row = man_on(campaign)
    early, late = with_slots(campaign, boss, DAY, DAY + timedelta(days=4))
    Case.objects.filter(pk=row.case_id).update(paper_end_on=DAY)
    with pytest.raises(Refused, match="No duty"):
        move_target(target=row, by=boss, slot=late)
    with pytest.raises(Refused, match="No duty"):
        note_second_call(target=row, by=boss, on=late.day)
    with pytest.raises(IntegrityError, match="slot_in_duty"), transaction.atomic():
        CampaignTarget.objects.filter(pk=row.pk).update(slot=late)
    move_target(target=row, by=boss, slot=early)
    assert CampaignTarget.objects.to_come().count() == 1
    Case.objects.filter(pk=row.case_id).update(paper_end_on=NOW)
    assert not CampaignTarget.objects.to_come().exists()
    with pytest.raises(Refused, match="No duty"):
        tell_target(target=row, by=boss, how="phone")


def test_orders_are_asked_for_on_the_day_of_the_filling(boss: User) -> None:
    campaign = opened(by=boss, first=NOW - timedelta(days=5))
    over, runs = (CaseFactory(person=PersonFactory(sex="1")) for _n in "ab")
    Case.objects.filter(pk=over.pk).update(paper_end_on=NOW - timedelta(days=2))
    assert fill_from_orders(campaign=campaign, by=boss) == 1
    assert CampaignTarget.objects.get().person == runs.person


def test_who_is_not_to_come_gets_no_slip(boss: User, campaign: Campaign) -> None:
    row, ill = man_on(campaign), man_on(campaign)
    with_slots(campaign, boss, DAY)
    give_slots(campaign=campaign, by=boss)
    tell_target(target=row, by=boss, how="phone")
    excuse_target(target=ill, by=boss, reason="住院治疗一周")
    client = signed_in(boss, headers={"accept-language": "en"})

    def slip(of: CampaignTarget) -> int:
        address = reverse("campaigns:slip", args=[of.public_id])
        return client.get(address, secure=True).status_code

    assert (slip(row), slip(ill)) == (200, 404)
    address = reverse("campaigns:close", args=[campaign.public_id])
    assert "1 person was told of a date" in client.get(address, secure=True).content.decode()
    close_campaign(campaign=campaign, by=boss)
    assert slip(row) == 404
    assert not CampaignTarget.objects.to_come().exists()


def test_who_came_onto_the_list_with_another_file_is_not_asked_twice(
    boss: User, campaign: Campaign
) -> None:
    row, other = man_on(campaign), CaseFactory(person=PersonFactory(sex="1")).person
    CampaignTarget.objects.filter(pk=row.pk).update(person=other)
    with pytest.raises(Refused, match="already"):
        listed(campaign, other)


def test_a_second_call_is_one_date(boss: User, campaign: Campaign) -> None:
    row = man_on(campaign)
    first, second, third = with_slots(campaign, boss, *(DAY + timedelta(days=n) for n in (0, 2, 4)))
    move_target(target=row, by=boss, slot=first)
    tell_target(target=row, by=boss, how="phone")
    called = note_second_call(target=row, by=boss, on=third.day)
    assert (called.slot, called.told_at, called.second_call_on) == (None, None, third.day)
    assert not CampaignTarget.objects.in_part("no_slot").exists()
    note_second_call(target=row, by=boss, slot=third)
    assert move_target(target=row, by=boss, slot=second).second_call_on == second.day
    call_off_slots(site=second.site, by=boss, day=second.day)
    row.refresh_from_db()
    assert (row.slot, row.second_call_on) == (None, None)
    with time_machine.travel("2024-06-06T12:00:00+08:00", tick=False):
        with pytest.raises(Refused, match="day is over"):
            note_second_call(target=row, by=boss, on=DAY)
        excuse_target(target=row, by=boss, reason="住院治疗一周")
        with pytest.raises(Refused, match="excused already"):
            note_second_call(target=row, by=boss, slot=third)


def test_a_row_keeps_to_its_person_and_its_campaign(boss: User, campaign: Campaign) -> None:
    row, woman = man_on(campaign), PersonFactory(
        sex="2", document_number=resident_number(501, sex="2")
    )  # fmt: skip
    hers = listed(campaign, CaseFactory(person=woman).person)
    hair = listed(opened(by=boss, title="毛发", sample="hair"), row.person)
    test = entered(row, NOW, by=boss).test
    CampaignTarget.objects.filter(pk=row.pk).update(test=None)
    (slot,) = with_slots(campaign, boss, DAY)
    for of, facts, name in (
        (hers, {"test": test}, "test_fits"), (hair, {"test": test}, "test_fits"),
        (hers, {"case": row.case_id}, "duty_runs"), (hers, {"slot": slot}, "two_women"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            CampaignTarget.objects.filter(pk=of.pk).update(**facts)
    for changed in ({"sample": "hair"}, {"kind": "laboratory"}, {"first": NOW - timedelta(days=1)}):
        with pytest.raises(IntegrityError, match="keeps_its_list"), transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(**changed)


@pytest.mark.parametrize(
    "words",
    ["化验室", "样本收集处", "头发", "戒治所", "ＤＲＵＧ office", "檢測站", "Lab 2", "采集点"],
)  # fmt: skip
def test_a_notice_says_no_telling_words(boss: User, campaign: Campaign, words: str) -> None:
    with pytest.raises(Refused, match="neutral"):
        site_of(campaign, by=boss, name=words)
