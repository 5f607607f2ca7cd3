"""A round: the persons of a place or picked ones, one line each, what is done and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.accounts.models import User
from apps.areas.models import Area
from apps.checkins.codes import CheckInOutcome
from apps.checkins.models import CheckIn
from apps.checkins.rows import DueRow, rows_of
from apps.persons.models import Person
from apps.schedule.lines import HIDDEN, heads_on, load
from apps.schedule.models import DueItem, DutyKind

LARGEST = 200


@dataclass(frozen=True, slots=True)
class Progress:
    """14 of 20: seen or spoken to, tried in vain, left."""

    done: int
    tried: int
    left: int
    in_person: int

    @property
    def total(self) -> int:
        return self.done + self.tried + self.left

    @property
    def phone(self) -> int:
        return self.done - self.in_person


@dataclass
class Round:
    rows: list[DueRow]
    today: list[CheckIn]
    waiting: int
    cut: bool

    @property
    def progress(self) -> Progress:
        done = [row for row in self.today if row.outcome == CheckInOutcome.DONE]
        in_person = sum(row.method == "in_person" for row in done)
        return Progress(len(done), len(self.today) - len(done), len(self.rows), in_person)


def round_of(user: User, day: date, *, area: Area | None, picked: Sequence[UUID] = ()) -> Round:
    """Lines that can be done today, what was recorded today, and how many have nothing due."""
    persons = _persons(user, area, picked)
    items = DueItem.objects.visible_to(user).filter(case__person__in=persons)
    items = items.filter(kind=DutyKind.CHECKIN)
    heads = heads_on(items, day)
    seen = _of_today(user, persons, day)
    tried_or_done = {row.person_id for row in seen}
    due = [
        head
        for head in heads
        if head.opens_on <= day and head.state != HIDDEN and head.person_id not in tried_or_done
    ]
    shown = due[:LARGEST]
    return Round(
        rows_of(load(shown, day), day),
        seen,
        len({head.person_id for head in heads} - {h.person_id for h in due} - tried_or_done),
        len(due) > LARGEST,
    )


def _persons(user: User, area: Area | None, picked: Sequence[UUID]) -> object:
    persons = Person.objects.visible_to(user)
    if picked:
        return persons.filter(public_id__in=picked).values("pk")
    return (persons.in_area(area) if area else persons).values("pk")


def _of_today(user: User, persons: object, day: date) -> list[CheckIn]:
    """The latest of the day for each person."""
    rows = CheckIn.objects.visible_to(user).valid().filter(day=day, person__in=persons)
    latest = rows.order_by("person_id", "-occurred_at", "-pk").distinct("person_id")
    found = list(latest.select_related("person", "recorded_by"))
    return sorted(found, key=lambda row: row.occurred_at, reverse=True)
