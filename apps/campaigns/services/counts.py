"""Sums of an occupation, entered and put right; nobody stands in them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import place_of
from apps.audit.acting import acting
from apps.campaigns.models import Campaign, CampaignCount
from apps.campaigns.refusing import store
from apps.campaigns.services.campaigns import lock_open
from apps.core.differing import Pairs, described
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.drugtests.models import OccupationalScreening
from apps.drugtests.occupational import put_right, record_screening

SUMS = ("first_on", "last_on", "occupation", "tested", "positive", "words")


def _stored_words(row: CampaignCount) -> Pairs:
    return described(OccupationalScreening, {name: getattr(row.screening, name) for name in SUMS})


@transaction.atomic
@once(
    CampaignCount,
    target="campaign",
    page="campaigns:counts-correct",
    sent_words=lambda given: described(OccupationalScreening, given),
    stored_words=_stored_words,
)
def record_counts(
    *, campaign: Campaign, by: User, client_uuid: UUID, first_on: date, last_on: date, **facts: Any
) -> CampaignCount:
    """How many of an occupation were tested, and how many positive, on days of the campaign."""
    locked = lock_open(campaign)
    refuse_not_run(locked, by)
    if not locked.counts_only:
        raise Refused(_("This campaign has a list of persons: nothing is entered as a sum."))
    if first_on < locked.first or last_on > locked.last:
        raise Refused(_("This day is none of the campaign's."), field="first_on")
    place = place_of(locked.area)
    screening = record_screening(place=place, by=by, first_on=first_on, last_on=last_on, **facts)
    if CampaignCount.objects.filter(screening=screening).exists():
        raise Refused(_("These sums are on record already."), field="occupation")
    count = CampaignCount(
        campaign=locked, client_uuid=client_uuid, screening=screening, recorded_by=by
    )
    with acting(by):
        store(count)
    return count


@transaction.atomic
def correct_counts(
    *, count: CampaignCount, by: User, reason: str, version: int, tested: int, positive: int
) -> CampaignCount:
    """The old numbers stay in the history, with the reason."""
    refuse_not_run(lock_open(count.campaign), by)
    locked = CampaignCount.objects.select_for_update(of=("self",)).get(pk=count.pk)
    if not is_reason(reason):
        raise Refused(_("Say why the record is corrected."), field="reason")
    if locked.version != version:
        raise Refused(_("Somebody else corrected these sums meanwhile: load the page anew."))
    put_right(locked.screening, by=by, reason=reason.strip(), tested=tested, positive=positive)
    locked.version += 1
    with acting(by, reason.strip()):
        store(locked)
    return locked
