"""Draws and excuses as a supervisor makes them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.areas.models import Area, place_ids, place_of
from apps.core.days import today
from apps.draws.models import Draw, Drawn, Excuse
from apps.draws.services import excuse, make_draw
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area


def drawn_from(unit: Area | None = None, *, by: User | None = None, **facts: Any) -> Draw:
    """One of the town, today, as the form proposes it."""
    facts = {
        "client_uuid": uuid4(), "day": today(), "valid_days": 3, "wanted": 1, "period_days": 90,
        "floor": 0, "ceiling": 2,
    } | facts  # fmt: skip
    by = by or UserFactory(town_supervisor=True)
    return make_draw(area=unit or area(), by=by, **facts)


def stored_draw(person: Person, by: User) -> Draw:
    """A draw as the database holds it, whatever the person's order says by now."""
    number, day = str(person.public_id), date(2024, 3, 10)
    facts = {"day": day, "until": day + timedelta(days=3), "recorded_by": by, "seed": "0a" * 16}
    row = Draw.objects.create(
        valid_days=3, wanted=1, period_days=90, floor=0, ceiling=2, algorithm=1, excused=[],
        pool=[[number, 0, 0]], drawn=[number], **facts, **place_of(area()),
    )  # fmt: skip
    Drawn.objects.create(draw=row, person=person, number=number, place=1, day=day,
                         until=row.until, **place_ids(person))  # fmt: skip
    return row


def excused(
    person: Person, first: date | None = None, *, by: User | None = None, **facts: Any
) -> Excuse:
    """Ill for three days."""
    first = first or today()
    facts = {"client_uuid": uuid4(), "last": first + timedelta(days=2), "reason": "ill"} | facts
    return excuse(person=person, first=first, by=by or UserFactory(), **facts)
