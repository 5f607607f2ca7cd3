"""A hair campaign in the town of the demo's accounts: last week, most of the list sampled."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.campaigns.codes import PENDING
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import enter_sample, excuse_target, fill_from_orders, open_campaign
from apps.core.days import SHANGHAI
from apps.core.refusals import Refused
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.drugtests.codes import Medicine, Sample, TestKind, TestPlace
from apps.persons.codes import Sex

LEFT, FREE = 5, 3  # of the list stay to be done; one of so many is excused
COLLECTORS = {Sex.MALE: ("王建国", "林志强"), Sex.FEMALE: ("周晓岚", "符丽")}


def campaign_once(office: Office) -> None:
    """Opened by the supervisor, entered by the demo's worker as far as she sees the list."""
    chief, worker = office.chiefs[office.workers[0].area_id or 0], office.workers[0]
    first = office.day - timedelta(days=6)
    if chief.area is None:
        return
    with on_day(first, 8):
        campaign = open_campaign(
            area=chief.area, by=chief, client_uuid=_key("campaign"), sample=Sample.HAIR,
            title=f"{first.year}年毛发检测专项", first=first, last=office.day + timedelta(days=8),
            kind=TestKind.LABORATORY,
        )  # fmt: skip
        fill_from_orders(campaign=campaign, by=chief)
    _enter(campaign, chief, worker, office)


def _enter(campaign: Campaign, chief: User, worker: User, office: Office) -> None:
    mine = CampaignTarget.objects.visible_to(worker).filter(campaign=campaign).order_by("pk")
    rows = list(mine.select_related("person", "campaign"))
    for number, target in enumerate(rows[:-LEFT]):
        if number % FREE == FREE - 1 and number < FREE * 2:
            with on_day(campaign.first, 17):
                excuse_target(target=target, by=chief, reason="外出务工，返回后补采")
            continue
        moment = datetime.combine(
            campaign.first, time(8 + number // 6 % 9, number % 6 * 10), SHANGHAI
        )
        sex = Sex.FEMALE if target.person.sex == Sex.FEMALE else Sex.MALE
        one, other = COLLECTORS[sex]
        # Somebody may have been sampled on that day by the plan: the list leaves that alone.
        with on_day(campaign.first, 18), suppress(Refused):
            enter_sample(
                target=target, by=worker, client_uuid=_key(f"target-{number}"), outcome=PENDING,
                occurred_at=moment, place=TestPlace.VILLAGE, medicine=Medicine.NONE,
                collector=one, collector_sex=sex, second_collector=other, second_sex=sex,
            )  # fmt: skip


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-{what}")
