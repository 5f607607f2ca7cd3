"""Open a round, and close it."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.unit_rows import refuse_not_run
from apps.areas.models import Area, Level
from apps.audit.acting import acting
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.followups.codes import RoundSource
from apps.followups.models import FollowUpRound
from apps.followups.rules import LONGEST_DAYS


@transaction.atomic
@once(FollowUpRound, target="area", page="followups:round")
def open_round(
    *, area: Area, by: User, client_uuid: UUID, title: str, first: date, last: date
) -> FollowUpRound:
    """In a city, a county or below. Its list is empty at first."""
    if area.level == Level.PROVINCE:
        raise Refused(_("A round is held in a city, a county or below."), field="area")
    if (last - first).days > LONGEST_DAYS:
        raise Refused(_("A round lasts a year at most."), field="last")
    row = FollowUpRound(
        area=area.today, client_uuid=client_uuid, title=title.strip(), first=first, last=last,
        source=RoundSource.PAGE, recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def close_round(*, round: FollowUpRound, by: User) -> FollowUpRound:  # noqa: A002 - the field's term
    """Nothing is entered any more; what was entered stays, and nothing follows for who is left.
    Whoever sees the round from below does not run it.
    """
    locked = lock_open(round)
    refuse_not_run(locked, by)
    locked.closed_at, locked.closed_by = timezone.now(), by
    with acting(by):
        save_or_refuse(locked)
    return locked


def lock_open(found: FollowUpRound) -> FollowUpRound:
    """The round, while nobody closes it and nobody else draws up its list."""
    locked: FollowUpRound = FollowUpRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    refuse_closed(locked)
    return locked


def refuse_closed(found: FollowUpRound) -> None:
    if found.closed_at is not None:
        raise Refused(_("This round is closed; nothing is entered any more."))
