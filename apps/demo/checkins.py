"""A year of check-ins that follow from the windows of the plans."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from apps.cases.models import Case
from apps.checkins.bulk import LedgerCheckIn
from apps.checkins.codes import Method
from apps.core.days import SHANGHAI
from apps.demo.lives import ENDED, YEAR
from apps.persons.models import Person
from apps.schedule.models import DueItem

HERE: Final = {
    Method.IN_PERSON: 38, Method.PHONE: 44, Method.VIDEO: 8, Method.MESSAGE: 6, Method.FAMILY: 4,
}  # fmt: skip
ELSEWHERE: Final = {Method.APP: 80, Method.STATION: 20}
LONG: Final = timedelta(days=28)
WORDS: Final = ("状态良好", "状态良好", "状态良好", "", "情绪一般", "在外打工，月底回来")


def checkins_of(
    case: Case, person: Person, state: str, day: date, rng: Random, *, awaited: bool = False
) -> Iterator[LedgerCheckIn]:
    """Most windows are kept, some are not, and a few persons have not been seen for weeks.

    `awaited`: not seen for two windows of two weeks, so that Today has somebody to tap.
    """
    begun = day - YEAR
    stops = day
    if state not in ENDED and rng.random() < 0.06:
        stops = day - timedelta(days=rng.randrange(12, 45))
    if awaited and state not in ENDED:
        stops = min(stops, day - LONG)
    for window in _windows(case, begun, day):
        first, last = max(window.opens_on, begun), min(window.due_on, stops)
        chance = 0.97 if window.due_on < day else 0.3
        if first <= last and rng.random() < chance:
            seen_on = first + timedelta(days=rng.randrange((last - first).days + 1))
            if (at := _moment(seen_on, rng)) < _now(day):
                yield _checkin(person, window, at, rng)


def _windows(case: Case, begun: date, day: date) -> Iterable[DueItem]:
    windows = DueItem.objects.filter(case=case, due_on__gte=begun, opens_on__lte=day).effective()
    return windows.order_by("opens_on", "kind", "pk")


def _checkin(person: Person, window: DueItem, at: datetime, rng: Random) -> LedgerCheckIn:
    methods = ELSEWHERE if window.recorded_elsewhere else HERE
    method = rng.choices(list(methods), list(methods.values()))[0]
    late = timedelta(days=2) if rng.random() < 0.01 else timedelta(minutes=rng.randrange(1, 20))
    asked = method in (Method.IN_PERSON, Method.VIDEO) and rng.random() < 0.6
    return LedgerCheckIn(
        person=person, occurred_at=at, method=method, state_words=rng.choice(WORDS),
        mood=rng.choices((1, 2, 3, 4, 5), (2, 8, 40, 38, 12))[0] if asked else None,
        recorded_at=at + late,
    )  # fmt: skip


def _moment(day: date, rng: Random) -> datetime:
    return datetime.combine(
        day, time(rng.randrange(8, 20), rng.randrange(60), rng.randrange(60)), SHANGHAI
    )


def _now(day: date) -> datetime:
    """The demo's day has only begun: what happened today happened before eight."""
    return datetime.combine(day, time(8), SHANGHAI)
