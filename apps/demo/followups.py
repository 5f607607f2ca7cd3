"""A follow-up round in the town of the demo's accounts: some reached, some not, one wants none."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from apps.accounts.models import User
from apps.core.days import SHANGHAI
from apps.demo.clock import on_day
from apps.demo.office import Office
from apps.followups.codes import Life, Mind, Reached, Way, Work
from apps.followups.models import FollowUpTarget
from apps.followups.services import (
    fill_from_orders,
    fill_from_released,
    note_second_call,
    open_round,
    record_attempt,
)

MOST = 14  # tries; the rest of the list is left to do
WORDS = ("在家里种槟榔，收成还可以", "在镇上修车店上班", "孩子上学的钱有点紧", "打零工，腰不太好")
TRIES: tuple[dict[str, Any], ...] = (
    {"outcome": Reached.REACHED, "way": Way.IN_PERSON, "life": Life.STEADY,
     "work": Work.EMPLOYED, "mind": Mind.STEADY},
    {"outcome": Reached.REACHED, "way": Way.IN_PERSON, "life": Life.FAIR, "work": Work.CASUAL,
     "mind": Mind.STEADY},
    {"outcome": Reached.REACHED, "way": Way.PHONE, "life": Life.HARD, "work": Work.NONE,
     "mind": Mind.UNSETTLED},
    {"outcome": Reached.REACHED, "way": Way.IN_PERSON, "life": Life.FAIR, "work": Work.CASUAL},
    {"outcome": Reached.NOT_REACHED},
)  # fmt: skip


def followups_once(office: Office) -> None:
    """Opened by the supervisor, worked by the demo's worker as far as she sees the list."""
    worker = office.workers[0]
    chief = office.chiefs[worker.area_id or 0]
    first = office.day - timedelta(days=20)
    if chief.area is None:
        return
    with on_day(first, 9):
        found = open_round(
            area=chief.area, by=chief, client_uuid=_key("round"),
            title=f"{first.year}年回访", first=first, last=first + timedelta(days=60),
        )  # fmt: skip
        fill_from_released(round=found, by=chief)
        fill_from_orders(round=found, by=chief)
    mine = FollowUpTarget.objects.visible_to(worker).filter(round=found).order_by("pk")
    for number, target in enumerate(mine.select_related("person", "round")[:MOST]):
        day = first + timedelta(days=1 + number)
        facts = dict(TRIES[number % len(TRIES)])
        if number == MOST - 1:
            facts = {"outcome": Reached.DECLINED, "way": Way.PHONE}
        if facts["outcome"] == Reached.REACHED:
            facts["words"] = WORDS[number % len(WORDS)]
        with on_day(day, 17):
            record_attempt(
                target=target, by=worker, client_uuid=_key(f"try-{number}"),
                occurred_at=datetime.combine(day, time(10, number), SHANGHAI), **facts,
            )  # fmt: skip
        if facts["outcome"] == Reached.NOT_REACHED:
            with on_day(day, 18):
                note_second_call(target=target, by=worker, on=office.day)
    _year_after_release(office, chief)


def _year_after_release(office: Office, chief: User) -> None:
    """A short round for who was released in the year, of whom nobody has been to see one yet."""
    first = office.day - timedelta(days=5)
    if chief.area is None:
        return
    with on_day(first, 9):
        found = open_round(
            area=chief.area, by=chief, client_uuid=_key("released"),
            title=f"{first.year}年解除人员回访", first=first, last=first + timedelta(days=25),
        )  # fmt: skip
        fill_from_released(round=found, by=chief)


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"homeward-demo-followup-{what}")
