"""Open a campaign, and close it."""

from datetime import date
from typing import Any, Final, cast
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import Area, Level
from apps.audit.acting import acting
from apps.campaigns.models import Campaign
from apps.campaigns.refusing import store
from apps.core.once import once
from apps.core.prepared import Prepared, Slot
from apps.core.refusals import Refused

LONGEST_DAYS: Final = 366


@transaction.atomic
@once(Campaign, target="area", page="campaigns:campaign")
def open_campaign(
    *, area: Area, by: User, client_uuid: UUID, title: str, first: date, last: date, sample: str,
    kind: str, asks: str,
) -> Campaign:  # fmt: skip
    """In a county or below. Its list is empty at first."""
    if area.level not in (Level.COUNTY, Level.TOWN, Level.VILLAGE):
        raise Refused(_("A campaign is held in a county or below."), field="area")
    if (last - first).days > LONGEST_DAYS:
        raise Refused(_("A campaign lasts a year at most."), field="last")
    row = Campaign(
        area=area.today, client_uuid=client_uuid, title=title.strip(), first=first, last=last,
        sample=sample, kind=kind, asks=asks, recorded_by=by,
    )  # fmt: skip
    with acting(by):
        store(row)
    return row


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: User) -> Campaign:
    """Nothing is entered any more; what was entered stays."""
    locked = lock_open(campaign)
    refuse_not_run(locked, by)
    locked.closed_at, locked.closed_by = timezone.now(), by
    with acting(by):
        store(locked)
    return locked


def lock_open(campaign: Campaign) -> Campaign:
    """The campaign, while nobody closes it and nobody else changes its list or its slots: first of
    all that is locked, then the slots, then the rows of the list.
    """
    rows = _LOCKED.rows(campaign=campaign.pk)
    if not rows:
        raise Campaign.DoesNotExist
    locked = cast(Campaign, rows[0])
    refuse_closed(locked)
    return locked


def _locked() -> Any:
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("area").filter(pk=Slot("campaign", BigIntegerField()))


_LOCKED = Prepared(_locked)


def lock_list(campaign: Campaign) -> Campaign:
    """The same, of one that has a list: an occupation is counted, and nobody is named."""
    locked = lock_open(campaign)
    if locked.counts_only:
        raise Refused(_("This campaign counts an occupation: nobody is on a list of it."))
    return locked


def refuse_closed(campaign: Campaign) -> None:
    if campaign.closed_at is not None:
        raise Refused(_("This campaign is closed; nothing is entered any more."))
