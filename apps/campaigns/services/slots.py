"""Who comes when: given in one act, moved, told, and called once more for later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.audit.acting import acting
from apps.campaigns.models import Campaign, CampaignSite, CampaignSlot, CampaignTarget
from apps.campaigns.querysets import OPEN
from apps.campaigns.refusing import store
from apps.campaigns.services.campaigns import lock_list, lock_open
from apps.campaigns.services.targets import lock_target
from apps.core.days import today
from apps.core.refusals import Refused
from apps.drugtests.codes import Sample
from apps.persons.codes import Sex


@dataclass(frozen=True, slots=True)
class Assigned:
    """How many got a slot, and for how many there was none."""

    given: int
    left: int


@transaction.atomic
def give_slots(*, campaign: Campaign, by: User) -> Assigned:
    """Everybody who is left and has no slot, village by village, gets the first one that fits."""
    locked = lock_list(campaign)
    refuse_not_run(locked, by)
    slots = _lock_free(locked)
    if not slots:
        raise Refused(_("No slot with a free place lies ahead: add slots first."))
    free = {slot.pk: slot.free for slot in slots}
    waiting = _waiting(locked, by)
    given = 0
    with acting(by):
        for target in waiting:
            slot = _first_fitting(target, locked, slots, free)
            if slot is None:
                continue
            free[slot.pk] -= 1
            target.slot = slot
            store(target, update_fields=["slot"])
            given += 1
    return Assigned(given, len(waiting) - given)


@transaction.atomic
def move_target(*, target: CampaignTarget, by: User, slot: CampaignSlot) -> CampaignTarget:
    """To another slot, of any site; the person is told anew."""
    free = _lock_slot(target, slot)
    locked = lock_target(target)
    _refuse_done(locked)
    _put(locked, free, by)
    return locked


@transaction.atomic
def tell_target(*, target: CampaignTarget, by: User, how: str) -> CampaignTarget:
    """The person knows day, time and place."""
    locked = lock_target(target)
    _refuse_done(locked)
    if locked.slot is None:
        raise Refused(_("Without a slot there is no date to tell."))
    if locked.slot.begins < timezone.now():
        raise Refused(_("This slot has begun already: give a later one first."))
    _refuse_no_duty(locked, locked.slot.day)
    locked.told_at, locked.told_how, locked.told_by = timezone.now(), how, by
    with acting(by):
        store(locked)
    return locked


@transaction.atomic
def note_second_call(
    *, target: CampaignTarget, by: User, on: date | None = None, slot: CampaignSlot | None = None
) -> CampaignTarget:
    """For when the person is asked once more: a later slot, or a day where there are none."""
    free = _lock_slot(target, slot) if slot is not None else None
    locked = lock_target(target)
    on = free.day if free is not None else on
    if on is None:
        raise Refused(_("Enter the day of the second call, or choose a later slot."), field="on")
    if not locked.campaign.first <= on <= locked.campaign.last:
        raise Refused(_("This day is none of the campaign's."), field="on")
    if on < today():
        raise Refused(_("This day is over: choose a later one."), field="on")
    _refuse_done(locked)
    locked.second_call_on = on
    if free is not None:
        if locked.slot is not None and free.begins <= locked.slot.begins:
            raise Refused(_("A second call is for a later slot."), field="slot")
        _put(locked, free, by)
    else:
        _refuse_no_duty(locked, on)
        locked.leave_slot()  # the day takes its place
        with acting(by):
            store(locked)
    return locked


def fits(target: CampaignTarget, campaign: Campaign, site: CampaignSite) -> bool:
    """Of the unit of the site, and a woman's urine where two women take it (art. 8)."""
    place = (target.village_id, target.town_id, target.county_id)
    return site.area.today.pk in place and not _needs_women(target, campaign, site)


def _needs_women(target: CampaignTarget, campaign: Campaign, site: CampaignSite) -> bool:
    is_asked = campaign.sample == Sample.URINE and target.person.sex == Sex.FEMALE
    return is_asked and not site.has_two_women


def _waiting(campaign: Campaign, by: User) -> list[CampaignTarget]:
    seen: Any = CampaignTarget.objects.visible_to(by).filter(campaign=campaign)
    rows = CampaignTarget.objects.filter(OPEN, pk__in=seen.in_part("no_slot").values("pk"))
    return list(
        rows.select_for_update(of=("self",))
        .select_related("case", "person")
        .prefetch_related("case__suspensions")
        .order_by("town__code", "village__code", "person__sort_key", "pk")
    )


def _first_fitting(
    target: CampaignTarget, campaign: Campaign, slots: list[CampaignSlot], free: dict[int, int]
) -> CampaignSlot | None:
    return next(
        (
            slot
            for slot in slots
            if free[slot.pk] > 0 and target.runs_on(slot.day) and fits(target, campaign, slot.site)
        ),
        None,
    )


def _refuse_done(target: CampaignTarget) -> None:
    if target.standing_test is not None:
        raise Refused(_("The sample was taken already."))
    if target.excused_at is not None:
        raise Refused(_("This person is excused already."))


def _refuse_no_duty(target: CampaignTarget, day: date) -> None:
    if not target.runs_on(day):
        raise Refused(_("No duty of this person runs on this day."))


def _was_tried(target: CampaignTarget) -> bool:
    """Somebody tried before: whatever slot comes then is asked once more."""
    rows: Any = CampaignTarget.objects.filter(pk=target.pk)
    return bool(rows.in_part("not_taken").exists())


def _lock_free(campaign: Campaign) -> list[CampaignSlot]:
    """Those with a free place, while nobody else takes one."""
    ahead = list(
        CampaignSlot.objects.select_for_update(of=("self",), no_key=True)
        .filter(site__campaign=campaign, called_off_at=None, begins__gt=timezone.now())
        .order_by("pk")
    )
    return list(CampaignSlot.objects.filter(pk__in=[s.pk for s in ahead]).with_room().in_order())


def _lock_slot(target: CampaignTarget, slot: CampaignSlot) -> CampaignSlot:
    """After the campaign and before the row of the list."""
    lock_open(target.campaign)
    rows = CampaignSlot.objects.select_for_update(of=("self",), no_key=True)
    locked: CampaignSlot = rows.select_related("site__area").get(pk=slot.pk)
    return locked


def _put(target: CampaignTarget, locked: CampaignSlot, by: User) -> None:
    """With a place left, while nobody else takes it."""
    if locked.site.campaign_id != target.campaign_id or locked.called_off_at is not None:
        raise Refused(_("This slot is none of the campaign's any more."), field="slot")
    if locked.begins < timezone.now():
        raise Refused(_("This slot has begun already: give a later one first."), field="slot")
    others = locked.targets.filter(excused_at=None).exclude(pk=target.pk)
    if others.count() >= locked.places:
        raise Refused(_("This slot is full: choose another."), field="slot")
    if _needs_women(target, target.campaign, locked.site):
        raise Refused(
            _("A woman's urine is collected by women only: this site has no two women."),
            _("Rules on drug testing procedure, art. 8"),
            field="slot",
        )
    _refuse_no_duty(target, locked.day)
    target.leave_slot()
    target.slot = locked
    if target.second_call_on is not None or _was_tried(target):
        target.second_call_on = locked.day
    with acting(by):
        store(target)
