"""Where and when a campaign takes samples."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from unicodedata import normalize
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import Area
from apps.audit.acting import acting
from apps.campaigns.models import Campaign, CampaignSite, CampaignSlot, CampaignTarget
from apps.campaigns.models.target import OF_SLOT
from apps.campaigns.querysets import OPEN
from apps.campaigns.refusing import store
from apps.campaigns.services.campaigns import lock_list
from apps.core.days import SHANGHAI, end_of, start_of
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.typed import fold_name

SHORTEST, LONGEST = 5, 240
MOST_SLOTS: Final = 200
# What a person is asked for is nobody else's business.
TELLING: Final = re.compile(
    "毒|禁|戒|吸|检测|檢測|化验|化驗|采样|採樣|采集|採集|样本|樣本|尿|毛发|毛髮|头发|頭髮|发检|髮檢"
    "|drug|test|sample|urine|hair|\\blabs?\\b|laborator"
)


@transaction.atomic
@once(CampaignSite, target="campaign", page="")
def add_site(
    *, campaign: Campaign, by: User, client_uuid: UUID, area: Area, **facts: Any
) -> CampaignSite:
    """With a private room or car, and the two who take samples there."""
    locked = lock_list(campaign)
    refuse_not_run(locked, by)
    if not locked.area.today.contains(area.today):
        raise Refused(_("This unit lies outside the campaign's."), field="area")
    names = [fold_name(facts[name]) for name in ("collector", "second_collector")]
    if not all(names) or names[0] == names[1]:
        raise Refused(
            _("A sample is taken by two people: enter both names."),
            _("Rules on drug testing procedure, art. 8"),
            field="second_collector",
        )
    cleaned = {name: value.strip() for name, value in facts.items()}
    for name in ("name", "address", "room"):
        _refuse_telling(name, cleaned[name])
    site = CampaignSite(
        campaign=locked, client_uuid=client_uuid, area=area.today, recorded_by=by, **cleaned
    )
    with acting(by):
        store(site)
    return site


def _refuse_telling(name: str, words: str) -> None:
    """The notice carries them to the door of the person, and others read it."""
    if TELLING.search(normalize("NFKC", words).casefold()):
        raise Refused(
            _("The notice says these words: choose neutral ones, without tests, samples or drugs."),
            field=name,
        )


@transaction.atomic
def add_slots(
    *, site: CampaignSite, by: User, day: date, first: time, until: time, minutes: int, places: int
) -> int:
    """One after the other, from a time of a day until another; how many were made."""
    campaign = lock_list(site.campaign)
    refuse_not_run(site, by)
    if not campaign.first <= day <= campaign.last:
        raise Refused(_("This day is none of the campaign's."), field="day")
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(
            _("A slot lasts %(least)s to %(most)s minutes.") % {"least": SHORTEST, "most": LONGEST},
            field="minutes",
        )
    begins, end = (datetime.combine(day, moment, SHANGHAI) for moment in (first, until))
    length = timedelta(minutes=minutes)
    if end - begins < length:
        raise Refused(_("There is no room for a slot between these times."), field="until")
    if begins < timezone.now():
        raise Refused(_("This time is over: slots lie ahead."), field="first")
    count = (end - begins) // length
    if count > MOST_SLOTS:
        raise Refused(_("At most %(n)s slots at once.") % {"n": MOST_SLOTS}, field="until")
    with acting(by):
        for number in range(count):
            start = begins + number * length
            store(
                CampaignSlot(
                    site=site, begins=start, ends=start + length, places=places, recorded_by=by
                )
            )
    return count


@transaction.atomic
def call_off_slots(*, site: CampaignSite, by: User, day: date) -> int:
    """All of a day at a site. Who was given one has none again; how many persons that are."""
    campaign = lock_list(site.campaign)
    refuse_not_run(site, by)
    found = list(
        CampaignSlot.objects.select_for_update(of=("self",), no_key=True)
        .filter(site=site, begins__gte=start_of(day), begins__lt=end_of(day), called_off_at=None)
        .order_by("pk")
    )
    if not found:
        raise Refused(_("This site has no slot on this day."), field="day")
    waiting = list(
        CampaignTarget.objects.select_for_update(of=("self",))
        .filter(OPEN, campaign=campaign, slot__in=found)
        .order_by("pk")
    )
    with acting(by):
        for target in waiting:
            target.second_call_on = None  # it was for this slot
            target.leave_slot()
            store(target, update_fields=[*OF_SLOT, "second_call_on"])
        for slot in found:
            slot.called_off_at, slot.called_off_by = timezone.now(), by
            store(slot, update_fields=["called_off_at", "called_off_by"])
    return len(waiting)
