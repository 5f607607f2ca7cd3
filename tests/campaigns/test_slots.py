"""Sites and slots: never more than the places, the first that fits, and who was told of what."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignSite, CampaignSlot, CampaignTarget
from apps.campaigns.services import (
    call_off_slots,
    excuse_target,
    give_slots,
    move_target,
    note_second_call,
    tell_target,
)
from apps.core.refusals import Refused
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.campaigns import entered, listed, opened, site_of, slots_of
from tests.factories.cases import CaseFactory
from tests.factories.pages import signed_in
from tests.factories.persons import PersonFactory, resident_number

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 4)


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


def person_on(campaign: Campaign, **facts: Any) -> CampaignTarget:
    """A man, or a woman with a number that says so."""
    if facts.get("sex") == "2":
        facts["document_number"] = resident_number(500 + len(facts["name"]), sex="2")
    return listed(campaign, CaseFactory(person=PersonFactory(**{"sex": "1"} | facts)).person)


def test_a_site_is_private_and_has_two_collectors(boss: User, campaign: Campaign) -> None:
    with pytest.raises(Refused, match="two people"):
        site_of(campaign, by=boss, second_collector="王 建国")
    with pytest.raises(Refused, match="outside the campaign"):
        site_of(campaign, by=boss, area=area("469005"))
    for words in ("嘉积镇戒毒工作站", "采样车", "Urine test point"):
        with pytest.raises(Refused, match="neutral"):
            site_of(campaign, by=boss, name=words)
    site = site_of(campaign, by=boss)
    with pytest.raises(Refused, match="a site of this name"):
        site_of(campaign, by=boss)
    for facts in ({"room": ""}, {"second_collector": site.collector}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CampaignSite.objects.filter(pk=site.pk).update(**facts)


def test_slots_of_a_room_follow_each_other_and_are_no_crowd(boss: User, campaign: Campaign) -> None:
    site = site_of(campaign, by=boss)
    assert slots_of(site, by=boss, day=DAY, until=time(9, 5)) == 4  # the fifth would end too late
    with pytest.raises(Refused, match="another slot at this time"):
        slots_of(site, by=boss, day=DAY, first=time(8, 50), until=time(9, 20))
    with pytest.raises(Refused, match="waits in a crowd"):
        slots_of(site, by=boss, day=DAY, first=time(10), until=time(11), places=4)
    with pytest.raises(Refused, match="none of the campaign"):
        slots_of(site, by=boss, day=date(2024, 7, 1))
    with pytest.raises(Refused, match="lie ahead"):
        slots_of(site, by=boss, day=date(2024, 6, 3))
    slot = CampaignSlot.objects.first()
    assert slot
    slot.places = 3
    with pytest.raises(Exception, match="slot_stays"), transaction.atomic():
        slot.save()


def test_slots_are_given_in_order_and_the_first_that_fits(boss: User, campaign: Campaign) -> None:
    men = site_of(campaign, by=boss)
    women = site_of(campaign, by=boss, name="妇女之家", collector="周晓岚", collector_sex="2",
                    second_collector="符丽", second_sex="2")  # fmt: skip
    with pytest.raises(Refused, match="add slots first"):
        give_slots(campaign=campaign, by=boss)
    slots_of(men, by=boss, day=DAY, until=time(8, 30), places=1)
    slots_of(women, by=boss, day=DAY, first=time(9), until=time(9, 15), places=1)
    rows = [person_on(campaign, name=name) for name in ("安一", "白二", "蔡三", "邓四")]
    ill = person_on(campaign, name="阿零")
    excuse_target(target=ill, by=boss, reason="住院治疗中")
    other = [person_on(campaign, name=name, sex="2") for name in ("艾花", "包小花")]
    made = give_slots(campaign=campaign, by=boss)
    assert (made.given, made.left) == (3, 3)
    given = {
        row.person.name: (row.slot.site, row.slot.times)
        for row in CampaignTarget.objects.exclude(slot=None).select_related("slot__site", "person")
    }
    assert given[rows[0].person.name] == (men, "08:00–08:15")
    assert given[other[0].person.name] == (women, "09:00–09:15")
    assert give_slots_left(boss, campaign) == 3


def give_slots_left(boss: User, campaign: Campaign) -> int:
    with pytest.raises(Refused, match="add slots first"):
        give_slots(campaign=campaign, by=boss)
    return CampaignTarget.objects.filter(campaign=campaign).in_part("no_slot").count()


def test_a_slot_never_takes_more_than_its_places(boss: User, campaign: Campaign) -> None:
    slots_of(site_of(campaign, by=boss), by=boss, day=DAY, until=time(8, 15), places=1)
    slot = CampaignSlot.objects.get()
    first, second = person_on(campaign), person_on(campaign)
    move_target(target=first, by=boss, slot=slot)
    with pytest.raises(Refused, match="full"):
        move_target(target=second, by=boss, slot=slot)
    rows = CampaignTarget.objects.filter(pk=second.pk)
    with pytest.raises(IntegrityError, match="slot_has_room"), transaction.atomic():
        rows.update(slot=slot)
    excuse_target(target=first, by=boss, reason="住院治疗中")
    assert move_target(target=second, by=boss, slot=slot).slot == slot
    foreign = person_on(opened(by=boss, title="另一次"))
    with pytest.raises(Refused, match="none of the campaign"):
        move_target(target=foreign, by=boss, slot=slot)
    with pytest.raises(IntegrityError, match="slot_has_room"), transaction.atomic():
        CampaignTarget.objects.filter(pk=foreign.pk).update(slot=slot)


def test_a_woman_is_sent_to_no_site_without_two_women(boss: User, campaign: Campaign) -> None:
    slots_of(site_of(campaign, by=boss, second_sex="2"), by=boss, day=DAY)
    slot = CampaignSlot.objects.first()
    assert slot
    with pytest.raises(Refused, match="no two women"):
        move_target(target=person_on(campaign, sex="2", name="艾花"), by=boss, slot=slot)


def test_told_of_a_slot_and_told_anew_of_another(boss: User, campaign: Campaign) -> None:
    slots_of(site_of(campaign, by=boss), by=boss, day=DAY)
    early, late = CampaignSlot.objects.all()[:2]
    row = person_on(campaign)
    with pytest.raises(Refused, match="no date to tell"):
        tell_target(target=row, by=boss, how="phone")
    move_target(target=row, by=boss, slot=late)
    told = tell_target(target=row, by=boss, how="phone")
    assert (told.told_how, told.told_by) == ("phone", boss)
    with pytest.raises(Refused, match="later slot"):
        note_second_call(target=row, by=boss, slot=early)
    moved = move_target(target=row, by=boss, slot=early)
    assert (moved.told_at, moved.told_how) == (None, "")
    called = note_second_call(target=row, by=boss, slot=late)
    assert (called.slot, called.second_call_on) == (late, DAY)
    with pytest.raises(Refused, match="Enter the day"):
        note_second_call(target=row, by=boss)
    with pytest.raises(IntegrityError), transaction.atomic():
        CampaignTarget.objects.filter(pk=row.pk).update(told_how="phone")


def test_a_day_that_is_called_off_frees_its_persons(boss: User, campaign: Campaign) -> None:
    site = site_of(campaign, by=boss)
    slots_of(site, by=boss, day=DAY)
    row = person_on(campaign)
    give_slots(campaign=campaign, by=boss)
    tell_target(target=row, by=boss, how="in_person")
    assert call_off_slots(site=site, by=boss, day=DAY) == 1
    row.refresh_from_db()
    assert (row.slot, row.told_at) == (None, None)
    with pytest.raises(Refused, match="no slot on this day"):
        call_off_slots(site=site, by=boss, day=DAY)
    assert slots_of(site, by=boss, day=DAY) == 4  # the room is free again


def test_pages_of_sites_lead_from_a_place_to_a_slot_for_everybody(
    boss: User, campaign: Campaign
) -> None:
    client = signed_in(boss, headers={"accept-language": "en"})
    row = person_on(campaign)
    facts = {
        "client_uuid": "0190a0e0-0000-7000-8000-000000000001", "name": "嘉积镇综治中心",
        "area": "嘉积镇", "place": "office", "address": "嘉积镇东风路2号", "room": "二楼谈话室",
        "collector": "王建国", "collector_sex": "1", "second_collector": "林志强",
        "second_sex": "1",
    }  # fmt: skip

    def act(page: str, of: Any, **data: Any) -> int:
        address = reverse(f"campaigns:{page}", args=[of.public_id])
        return client.post(address, data, secure=True).status_code

    assert act("site-add", campaign, **facts | {"room": ""}) == 422
    assert act("site-add", campaign, **facts) == 302
    site = CampaignSite.objects.get()
    slots = {"day": "2024-06-04", "first": "0800", "until": "900", "minutes": 15, "places": 2}
    assert act("slots", site, **slots | {"until": "2570"}) == 422
    assert act("slots", site, **slots) == 302
    assert act("give", campaign) == 302
    assert act("tell", row, how="in_person") == 302
    page = client.get(reverse("campaigns:campaign", args=[campaign.public_id]), secure=True)
    assert "2024-06-04 08:00–08:15 · 嘉积镇综治中心" in page.content.decode()
    shown = client.get(reverse("campaigns:sites", args=[campaign.public_id]), secure=True)
    assert "1 of 2" in shown.content.decode()
    assert act("move", row, slot=CampaignSlot.objects.last().pk) == 302  # type: ignore[union-attr]
    assert act("call-off", site, day="2024-06-04") == 302
    row.refresh_from_db()
    assert row.slot is None


def test_the_notice_says_day_time_and_place_and_not_why(boss: User, campaign: Campaign) -> None:
    slots_of(site_of(campaign, by=boss), by=boss, day=DAY)
    row = person_on(campaign, name="陈海生")
    give_slots(campaign=campaign, by=boss)
    client = signed_in(boss)
    for name, of in (("slip", row), ("slips", campaign)):
        page = client.get(reverse(f"campaigns:{name}", args=[of.public_id]), secure=True)
        slip = page.content.decode().split('class="slip"')[1].split("</section>")[0]
        for words in ("陈海生", "6月4日", "08:00–08:15", "嘉积镇综治中心", "二楼谈话室"):
            assert words in slip
        for words in ("毒", "检测", "尿", "样"):
            assert words not in slip
    entered(row, date(2024, 6, 3))
    assert "slip\"" not in client.get(
        reverse("campaigns:slips", args=[campaign.public_id]), secure=True
    ).content.decode()  # fmt: skip


def test_a_slot_stands_on_the_page_of_the_person(boss: User, campaign: Campaign) -> None:
    slots_of(site_of(campaign, by=boss), by=boss, day=DAY)
    row = person_on(campaign)
    give_slots(campaign=campaign, by=boss)
    address = reverse("workbench:person", args=[row.person.public_id])
    page = signed_in(boss, headers={"accept-language": "en"}).get(address, secure=True)
    assert "08:00–08:15 · 嘉积镇综治中心" in page.content.decode()
