"""A hair campaign in the town of the demo's accounts: last week, most of the list sampled; who is
left has a slot. And one that counts drivers.
"""

from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils import timezone

from apps.accounts.models import User
from apps.campaigns.codes import NOT, PENDING, Asks
from apps.campaigns.models import Campaign, CampaignTarget
from apps.campaigns.services import (
    add_site,
    add_slots,
    close_campaign,
    enter_sample,
    excuse_target,
    fill_from_orders,
    give_slots,
    open_campaign,
    record_counts,
    tell_target,
)
from apps.campaigns.services.results import tell_results
from apps.campaigns.services.steps import advance_samples
from apps.core.days import SHANGHAI
from apps.core.refusals import Refused
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.demo.stories.samples import OF_LABORATORY, PANEL, laboratory
from apps.drugtests.chain import StepKind, ToldHow
from apps.drugtests.codes import (
    Medicine,
    NotTakenReason,
    Occupation,
    Result,
    Sample,
    TestKind,
    TestPlace,
)
from apps.drugtests.dossiers import record_step
from apps.drugtests.models import Analyte, Step
from apps.drugtests.readings import Read
from apps.persons.codes import Sex

LEFT, FREE = 5, 3  # of the list stay to be done; one of so many is excused
UNSEALED, UNSENT = 2, 4  # so many wait for it, the last of the list
KEPT, LONG_AGO = 3, 210  # so many samples of so many days ago can go
UNTOLD = 1  # could not be notified
TOLD = 2  # know their slot already
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
            kind=TestKind.LABORATORY, asks=Asks.PERSONS,
        )  # fmt: skip
        fill_from_orders(campaign=campaign, by=chief)
    _enter(campaign, chief, worker, office)
    _send_off(campaign, worker)
    _answer(campaign, worker)
    _invite(campaign, chief, office)


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
        if number == UNTOLD:
            with on_day(campaign.first, 18), suppress(Refused):
                enter_sample(
                    target=target, by=worker, client_uuid=_key(f"target-{number}"),
                    outcome=f"{NOT}{NotTakenReason.NOT_TOLD.value}", occurred_at=moment,
                    place=TestPlace.VILLAGE, note="两次上门均未遇到",
                )  # fmt: skip
            continue
        # Somebody may have been sampled on that day by the plan: the list leaves that alone.
        with on_day(campaign.first, 18), suppress(Refused):
            enter_sample(
                target=target, by=worker, client_uuid=_key(f"target-{number}"), outcome=PENDING,
                occurred_at=moment, place=TestPlace.VILLAGE, medicine=Medicine.NONE,
                collector=one, collector_sex=sex, second_collector=other, second_sex=sex,
            )  # fmt: skip


def _send_off(campaign: Campaign, worker: User) -> None:
    """What was taken is sealed and sent the next day; a few are still to be sealed, or sent."""
    taken = CampaignTarget.objects.filter(campaign=campaign, test__isnull=False).order_by("pk")
    tests = [row.test for row in taken.select_related("test__person__county")]
    for number, test in enumerate(tests[:-UNSEALED]):
        sealed = {"a_seal": f"HA{number:04d}", "b_seal": f"HB{number:04d}", "place_words": "采样室"}
        steps: dict[StepKind, dict[str, Any]] = {
            StepKind.SEALED: sealed,
            StepKind.STORED: {"place_words": "干燥避光柜"},
        }
        if number < len(tests) - UNSENT:
            steps[StepKind.SENT] = {"body": laboratory(test.person.county, 0)}
        for hour, (kind, facts) in enumerate(steps.items(), 9):
            with on_day(campaign.first + timedelta(days=1), hour):
                record_step(
                    test=test, by=worker, client_uuid=_key(f"{kind}-{number}"), kind=kind,
                    at=timezone.now(), by_name=test.collector, second_name=test.second_collector,
                    seal_intact=None if kind == StepKind.SEALED else True, **facts,
                )  # fmt: skip


def _answer(campaign: Campaign, worker: User) -> None:
    """Most have arrived, some are back from the laboratory, and a few of these were told."""
    sent = Step.objects.filter(
        kind=StepKind.SENT, dossier__test__campaign_target__campaign=campaign
    )
    tests = list(sent.order_by("dossier").values_list("dossier__public_id", flat=True))
    arrived, read, told = (tests[: len(tests) * part // 10] for part in (7, 4, 2))
    analytes = Analyte.objects.filter(code__in=PANEL)
    with on_day(campaign.first + timedelta(days=2), 10):
        advance_samples(
            campaign=campaign, by=worker, kind=StepKind.RECEIVED, at=timezone.now(),
            samples={test: {} for test in arrived}, by_name=OF_LABORATORY[StepKind.RECEIVED],
            place_words="收样窗口", seal_intact=True,
        )  # fmt: skip
    with on_day(campaign.first + timedelta(days=4), 15):
        advance_samples(
            campaign=campaign, by=worker, kind=StepKind.ANALYSED, at=timezone.now(),
            samples={test: {} for test in read}, by_name=OF_LABORATORY[StepKind.ANALYSED],
            read=[Read(one, Result.NEGATIVE) for one in analytes],
        )  # fmt: skip
    with on_day(campaign.first + timedelta(days=5), 16):
        tell_results(
            campaign=campaign, by=worker, tests=told, at=timezone.now(), by_name=worker.name,
            how=ToldHow.PHONE,
        )  # fmt: skip


def earlier_once(office: Office) -> None:
    """One of urine on the spot, more than half a year ago: told and closed; the samples that were
    kept of it are at their date.
    """
    chief, worker = office.chiefs[office.workers[0].area_id or 0], office.workers[0]
    first = office.day - timedelta(days=LONG_AGO)
    if chief.area is None:
        return
    with on_day(first, 8):
        campaign = open_campaign(
            area=chief.area, by=chief, client_uuid=_key("earlier"), sample=Sample.URINE,
            title=f"{first.year}年尿液检测专项", first=first, last=first + timedelta(days=5),
            kind=TestKind.ON_SITE, asks=Asks.PERSONS,
        )  # fmt: skip
        fill_from_orders(campaign=campaign, by=chief)
    mine = CampaignTarget.objects.visible_to(worker).filter(campaign=campaign).order_by("pk")
    for number, target in enumerate(mine.select_related("person", "campaign")):
        sex = Sex.FEMALE if target.person.sex == Sex.FEMALE else Sex.MALE
        one, other = COLLECTORS[sex]
        with on_day(first, 9 + number // 12 % 9), suppress(Refused):
            enter_sample(
                target=target, by=worker, client_uuid=_key(f"earlier-{number}"),
                outcome=Result.NEGATIVE, occurred_at=timezone.now(), place=TestPlace.OFFICE,
                medicine=Medicine.NONE, collector=one, collector_sex=sex, second_collector=other,
                second_sex=sex, another=True,
            )  # fmt: skip
    _keep(campaign, chief)
    with on_day(campaign.last, 17):
        close_campaign(campaign=campaign, by=chief)


def _keep(campaign: Campaign, chief: User) -> None:
    """A few are sealed and kept; all are told."""
    taken = CampaignTarget.objects.filter(campaign=campaign, test__isnull=False).order_by("pk")
    tests = list(taken.values_list("test__public_id", flat=True))
    facts: dict[str, Any] = {"campaign": campaign, "by": chief}
    kept = {
        test: {"a_seal": f"UA{n:04d}", "b_seal": f"UB{n:04d}"}
        for n, test in enumerate(tests[:KEPT])
    }
    with on_day(campaign.first + timedelta(days=1), 9):
        facts |= {"at": timezone.now(), "by_name": chief.name}
        advance_samples(
            **facts, kind=StepKind.SEALED, samples=kept, second_name="林志强", place_words="采样室"
        )
        advance_samples(
            **facts, kind=StepKind.STORED, samples={test: {} for test in kept}, seal_intact=True,
            place_words="派出所冷藏柜2号，4 ℃",
        )  # fmt: skip
        tell_results(**facts, tests=tests, how=ToldHow.IN_PERSON)


def _invite(campaign: Campaign, chief: User, office: Office) -> None:
    """Who is left comes in some days, two at a time, to a room or to a car."""
    assert chief.area is not None  # noqa: S101 (a chief of a town has one)
    rooms = (
        ("综治中心", "二楼谈话室", TestPlace.OFFICE), ("流动服务车", "车内隔间", TestPlace.OTHER),
    )  # fmt: skip
    for number, (name, room, place) in enumerate(rooms):
        sex = Sex.FEMALE if number == 0 else Sex.MALE
        one, other = COLLECTORS[sex]
        site = add_site(
            campaign=campaign, by=chief, client_uuid=_key(f"site-{number}"), area=chief.area,
            name=f"{chief.area.name}{name}", address=f"{chief.area.name}文明路{12 + number}号",
            room=room, place=place, collector=one, collector_sex=sex, second_collector=other,
            second_sex=sex,
        )  # fmt: skip
        add_slots(
            site=site, by=chief, day=office.day + timedelta(days=3), first=time(8, 30),
            until=time(11, 30), minutes=15, places=2,
        )  # fmt: skip
    give_slots(campaign=campaign, by=chief)
    told = CampaignTarget.objects.filter(campaign=campaign, slot__isnull=False).order_by("pk")
    for target in told.select_related("person", "campaign")[:TOLD]:
        tell_target(target=target, by=chief, how=ToldHow.IN_PERSON)


def drivers_once(office: Office) -> None:
    """A campaign that counts: drivers of buses, in the same town."""
    chief = office.chiefs[office.workers[0].area_id or 0]
    if chief.area is None:
        return
    first = office.day - timedelta(days=20)
    with on_day(first, 8):
        campaign = open_campaign(
            area=chief.area, by=chief, client_uuid=_key("drivers"), sample=Sample.HAIR,
            title=f"{first.year}年客运驾驶员筛查", first=first, last=first + timedelta(days=9),
            kind=TestKind.LABORATORY, asks=Asks.OCCUPATION,
        )  # fmt: skip
    for number, tested in enumerate((41, 38)):
        day = first + timedelta(days=1 + number)
        with on_day(day, 17):
            record_counts(
                campaign=campaign, by=chief, client_uuid=_key(f"drivers-{number}"), first_on=day,
                last_on=day, occupation=Occupation.BUS, tested=tested, positive=0,
            )  # fmt: skip


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-{what}")
