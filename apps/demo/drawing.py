"""A random draw of drug tests in the town of the demo's accounts.

The one thing of the demo that is another each time: no door lets anybody choose a seed.
"""

from contextlib import suppress
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.refusals import Refused
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.draws.rules import CEILING, FLOOR, PERIOD_DAYS, VALID_DAYS
from apps.draws.services import make_draw

WANTED = 3


def draw_once(office: Office) -> None:
    """The day before; in a demo of few persons there may be too few to draw from."""
    chief = office.chiefs[office.workers[0].area_id or 0]
    town: Area | None = chief.area
    if town is not None:
        _draw(office, chief, town)


def _draw(office: Office, chief: User, town: Area) -> None:
    day = office.day - timedelta(days=1)
    with suppress(Refused), on_day(day, 8):
        make_draw(
            area=town, by=chief, client_uuid=uuid5(NAMESPACE_URL, "homeward-demo-draw"), day=day,
            wanted=WANTED, valid_days=VALID_DAYS, period_days=PERIOD_DAYS, floor=FLOOR,
            ceiling=CEILING, note="示范数据",
        )  # fmt: skip
