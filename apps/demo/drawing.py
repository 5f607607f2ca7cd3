"""Random draws of drug tests in the town of the demo's accounts: one a fortnight, whose tests were
taken, and one of yesterday.

The one thing of the demo that is another each time: no door lets anybody choose a seed.
"""

from contextlib import suppress
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.refusals import Refused
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.draws.models import Draw
from apps.draws.rules import CEILING, FLOOR, PERIOD_DAYS, VALID_DAYS
from apps.draws.services import make_draw
from apps.drugtests.codes import Medicine, Reason, Result, Sample, TestKind, TestPlace
from apps.drugtests.services import record_test
from apps.persons.codes import Sex

WANTED = 3
# Enough draws to tell whether chance picks on anybody.
FORTNIGHTS = 6


def draw_once(office: Office) -> None:
    """In a demo of few persons there may be too few to draw from."""
    chief = office.chiefs[office.workers[0].area_id or 0]
    town: Area | None = chief.area
    if town is None:
        return
    for number in range(FORTNIGHTS, 0, -1):
        made = _draw(office, chief, town, 14 * number)
        if made is not None:
            _answer(office, made, 14 * number)
    _draw(office, chief, town, 1)


def _draw(office: Office, chief: User, town: Area, back: int) -> Draw | None:
    day = office.day - timedelta(days=back)
    name = f"homeward-demo-draw-{back}" if back > 1 else "homeward-demo-draw"
    with suppress(Refused), on_day(day, 8):
        return make_draw(
            area=town, by=chief, client_uuid=uuid5(NAMESPACE_URL, name), day=day, wanted=WANTED,
            valid_days=VALID_DAYS, period_days=PERIOD_DAYS, floor=FLOOR, ceiling=CEILING,
            note="示范数据",
        )  # fmt: skip
    return None


def _answer(office: Office, made: Draw, back: int) -> None:
    """On the day itself, in the afternoon; nothing was found."""
    for row in made.rows.select_related("person").order_by("place"):
        sex = Sex.FEMALE if row.person.sex == Sex.FEMALE else Sex.MALE
        one, other = ("周晓岚", "符丽") if sex == Sex.FEMALE else ("王建国", "林志强")
        with suppress(Refused), on_day(office.day - timedelta(days=back), 14 + row.place % 4):
            record_test(
                person=row.person, by=office.workers[0], occurred_at=timezone.now(),
                client_uuid=uuid5(NAMESPACE_URL, f"homeward-demo-drawn-{back}-{row.place}"),
                sample=Sample.URINE, kind=TestKind.SCREENING, why=Reason.RANDOM, another=True,
                place=TestPlace.OFFICE, collector=one, second_collector=other, collector_sex=sex,
                second_sex=sex, medicine=Medicine.NONE, result=Result.NEGATIVE,
            )  # fmt: skip
