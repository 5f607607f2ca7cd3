"""Make a draw; excuse somebody by hand, and take an excuse back."""

import secrets
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, Level, place_ids, place_of
from apps.audit.acting import acting
from apps.contacts.withdrawing import take_back
from apps.core.days import today
from apps.core.once import once
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import full_day
from apps.draws import algorithm
from apps.draws.models import Draw, Drawn, Excuse
from apps.draws.pool import Member, members_on
from apps.draws.rules import Bounds, last_day_ahead, refuse_impossible, valid_until
from apps.persons.models import Person

MOST_EXCUSED_DAYS: Final = 31
PLACE: Final = ("county_id", "town_id", "village_id")


@transaction.atomic
@once(Draw, target="area", page="draws:draw")
def make_draw(
    *, area: Area, by: User, client_uuid: UUID, day: date, valid_days: int, wanted: int,
    period_days: int, floor: int, ceiling: int, note: str = "",
) -> Draw:  # fmt: skip
    """One for a unit and a day. The seed comes last: before it nothing can be known, after it
    nothing can be changed.
    """
    unit, bounds = area.today, Bounds(period_days, floor, ceiling)
    _refuse_unit_and_day(unit, day)
    # Two draws at once would each not know whom the other draws.
    Area.objects.select_for_update(no_key=True).get(pk=place_of(unit)["county"].pk)
    members = members_on(unit, day, bounds)
    free = {one.number: one for one in members if not one.why}
    times = {number: one.times for number, one in free.items()}
    due = [number for number, one in free.items() if one.full]
    refuse_impossible(bounds, times, wanted, due)
    row = Draw(
        client_uuid=client_uuid, day=day, valid_days=valid_days, wanted=wanted, floor=floor,
        until=valid_until(day, valid_days), period_days=period_days, ceiling=ceiling,
        recorded_by=by, note=note.strip(),
        algorithm=algorithm.VERSION, seed=secrets.token_hex(algorithm.SEED_BYTES),
        pool=[[one.number, one.times, int(one.full)] for one in free.values()],
        excused=[[one.number, one.why] for one in members if one.why], **place_of(unit),
    )  # fmt: skip
    row.drawn = result_of(row)
    with acting(by):
        save_or_refuse(row)
        Drawn.objects.bulk_create(_drawn(row, free), batch_size=1000)
    return row


def result_of(draw: Draw) -> list[str]:
    """What the stored pool and seed give, by the rule of the stored version."""
    if draw.algorithm != algorithm.VERSION:
        raise Refused(_("This draw was made by a rule that this product does not know."))
    times = draw.times
    short = draw.bounds.owed(times)
    return algorithm.draw(
        list(times), draw.seed, draw.wanted, owed=short, spent=draw.bounds.spent(times),
        due=short & set(draw.due),
    )  # fmt: skip


@transaction.atomic
@once(Excuse, target="person", page="draws:excuse")
def excuse(
    *, person: Person, by: User, client_uuid: UUID, first: date, last: date, reason: str,
    words: str = "",
) -> Excuse:  # fmt: skip
    """For days: who is excused is not drawn, and who was drawn is asked no more."""
    if (last - first).days > MOST_EXCUSED_DAYS:
        raise Refused(
            _("An excuse is for a month at most; then somebody looks again."), field="last"
        )
    row = Excuse(
        person=person, client_uuid=client_uuid, first=first, last=last, reason=reason,
        words=words.strip(), recorded_by=by, recorded_at=timezone.now(), **place_ids(person),
    )  # fmt: skip
    with acting(by):
        save_or_refuse(row)
    return row


@transaction.atomic
def withdraw_excuse(*, excuse: Excuse, by: User, reason: str) -> Excuse:
    """Recorded by mistake. Draws that were made stay as they are."""
    locked: Excuse = Excuse.objects.select_for_update(of=("self",)).get(pk=excuse.pk)
    if not is_reason(reason):
        raise Refused(_("Say why the record is withdrawn."), field="reason")
    if locked.withdrawn_at is not None:
        raise Refused(_("This record was withdrawn already."))
    take_back(locked, by, reason.strip(), timezone.now())
    return locked


def _refuse_unit_and_day(unit: Area, day: date) -> None:
    if unit.level not in (Level.COUNTY, Level.TOWN, Level.VILLAGE):
        raise Refused(_("A draw is made in a county or below."), field="area")
    now = today()
    last = last_day_ahead(now)
    if not now <= day <= last:
        words = _("A draw is made for today or one of the days after it, up to %(last)s.")
        raise Refused(words % {"last": full_day(last)}, field="day")


def _drawn(row: Draw, free: dict[str, Member]) -> list[Drawn]:
    rows: list[Drawn] = []
    for place, number in enumerate(row.drawn, 1):
        one = free[number]
        facts: dict[str, Any] = dict(zip(PLACE, one.place, strict=True))
        rows.append(Drawn(draw=row, person_id=one.person_id, number=number, place=place,
                          day=row.day, until=row.until, **facts))  # fmt: skip
    return rows
