"""Campaigns as a supervisor opens them, and rows of the grid as a clerk fills them in."""

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignSite, CampaignTarget
from apps.campaigns.services import (
    Entered,
    add_person,
    add_site,
    add_slots,
    enter_sample,
    open_campaign,
)
from apps.core.days import today
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.schedule import at

PAIR = {
    "place": "office", "collector": "周晓岚", "collector_sex": "2", "second_collector": "符丽",
    "second_sex": "2",
}  # fmt: skip


def opened(*, by: User | None = None, **facts: Any) -> Campaign:
    """Of urine, in 嘉积镇, for ten days from today."""
    first = facts.get("first") or today()
    facts = {
        "client_uuid": uuid4(), "title": "六月专项检测", "first": first, "sample": "urine",
        "last": first + timedelta(days=9), "kind": "screening", "area": area(),
        "asks": "persons",
    } | facts  # fmt: skip
    return open_campaign(by=by or UserFactory(town_supervisor=True), **facts)


def listed(
    campaign: Campaign, person: Person, *, by: User | None = None, **facts: Any
) -> CampaignTarget:
    facts = {"client_uuid": uuid4()} | facts
    return add_person(campaign=campaign, person=person, by=by or UserFactory(), **facts)


def site_of(campaign: Campaign, *, by: User, **facts: Any) -> CampaignSite:
    """A room of the office, with two men."""
    facts = {
        "client_uuid": uuid4(), "area": campaign.area, "name": "嘉积镇综治中心", "place": "office",
        "address": "嘉积镇东风路2号", "room": "二楼谈话室", "collector": "王建国",
        "collector_sex": "1", "second_collector": "林志强", "second_sex": "1",
    } | facts  # fmt: skip
    return add_site(campaign=campaign, by=by, **facts)


def slots_of(site: CampaignSite, *, by: User, day: date, **facts: Any) -> int:
    """From eight to nine, a quarter of an hour for two persons each."""
    facts = {"first": time(8), "until": time(9), "minutes": 15, "places": 2} | facts
    return add_slots(site=site, by=by, day=day, **facts)


def entered(
    target: CampaignTarget, day: date | None = None, *, by: User | None = None, **facts: Any
) -> Entered:
    """A negative one at ten, without medicines."""
    facts = {
        "client_uuid": uuid4(), "outcome": "negative", "medicine": "none", "medicine_words": "",
        "occurred_at": at(day or today(), "08:00"), **PAIR,
    } | facts  # fmt: skip
    return enter_sample(target=target, by=by or UserFactory(), **facts)
