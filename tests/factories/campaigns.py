"""Campaigns as a supervisor opens them, and rows of the grid as a clerk fills them in."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import Entered, add_person, enter_sample, open_campaign
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
    } | facts  # fmt: skip
    return open_campaign(by=by or UserFactory(town_supervisor=True), **facts)


def listed(
    campaign: Campaign, person: Person, *, by: User | None = None, **facts: Any
) -> CampaignTarget:
    facts = {"client_uuid": uuid4()} | facts
    return add_person(campaign=campaign, person=person, by=by or UserFactory(), **facts)


def entered(
    target: CampaignTarget, day: date | None = None, *, by: User | None = None, **facts: Any
) -> Entered:
    """A negative one at ten, without medicines."""
    facts = {
        "client_uuid": uuid4(), "outcome": "negative", "medicine": "none", "medicine_words": "",
        "occurred_at": at(day or today(), "08:00"), **PAIR,
    } | facts  # fmt: skip
    return enter_sample(target=target, by=by or UserFactory(), **facts)
