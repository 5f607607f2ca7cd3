"""Where and when a campaign takes samples."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.acting import acting
from apps.campaigns.models import Campaign, CampaignSite, CampaignSlot, CampaignTarget
from apps.campaigns.querysets import LEFT
from apps.campaigns.services.campaigns import lock_list
from apps.core.days import SHANGHAI, end_of, start_of
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.typed import fold_name

SHORTEST, LONGEST = 5, 240
MOST_SLOTS: Final = 200
# What a person is asked for is nobody else's business.
TELLING: Final = ("毒", "检测", "采样", "尿", "毛发", "drug", "test", "sample", "urine", "hair")


@transaction.atomic
@once(CampaignSite, target="campaign", page="")
def add_site(
    *, campaign: Campaign, by: User, client_uuid: UUID, area: Area, **facts: Any
) -> CampaignSite:
    """With a private room or car, and the two who take samples there."""
    locked = lock_list(campaign)
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
        save_or_refuse(site)
    return site


def _refuse_telling(name: str, words: str) -> None:
    """The notice carries them to the door of the person, and others read it."""
    if any(word in words.lower() for word in TELLING):
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
            save_or_refuse(
                CampaignSlot(
                    site=site, begins=start, ends=start + length, places=places, recorded_by=by
                )
            )
    return count


@transaction.atomic
def call_off_slots(*, site: CampaignSite, by: User, day: date) -> int:
    """All of a day at a site. Who was given one has none again; how many persons that are."""
    campaign = lock_list(site.campaign)
    found = list(
        CampaignSlot.objects.select_for_update(of=("self",))
        .filter(site=site, begins__gte=start_of(day), begins__lt=end_of(day), called_off_at=None)
        .order_by("begins")
    )
    if not found:
        raise Refused(_("This site has no slot on this day."), field="day")
    waiting = list(
        CampaignTarget.objects.select_for_update(of=("self",))
        .filter(LEFT, campaign=campaign, slot__in=found)
        .order_by("pk")
    )
    with acting(by):
        for target in waiting:
            target.slot, target.told_at, target.told_how, target.told_by = None, None, "", None
            save_or_refuse(target, update_fields=["slot", "told_at", "told_how", "told_by"])
        for slot in found:
            slot.called_off_at, slot.called_off_by = timezone.now(), by
            save_or_refuse(slot, update_fields=["called_off_at", "called_off_by"])
    return len(waiting)
