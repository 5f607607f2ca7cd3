"""A round: the persons of a place or picked ones, one line each, what is done and what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.checkins.models import CheckIn
from apps.checkins.rows import not_done_ways
from apps.contacts.codes import ContactOutcome
from apps.contacts.due_rows import DueRow, LevelShown, levels_shown, rows_of
from apps.core.fields import uuid7
from apps.core.navigation import url_or_none
from apps.persons.models import Person
from apps.schedule.due_lines import HIDDEN, heads_on, load
from apps.schedule.due_words import Tag
from apps.schedule.duties import CHECKIN
from apps.schedule.models import DueItem

# A station sees no more in a morning; the page says when lines were cut.
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


@dataclass(slots=True)
class AddedRow:
    """Somebody who was added by hand and has nothing due: a contact is recorded at any time."""

    person: Person
    risk_level: LevelShown
    not_done: SafeString
    uuid: UUID
    item_id: int = 0  # no window is meant
    due_on: date | None = None

    @property
    def place(self) -> str:
        """Town and village of the person, as a window says them."""
        return " · ".join(unit.name for unit in (self.person.town, self.person.village) if unit)

    @property
    def person_url(self) -> str:
        return url_or_none("workbench:person", self.person.public_id) or ""

    @property
    def tag(self) -> Tag:
        return Tag("na", _("Added; nothing is due"), "user-plus")


@dataclass
class CheckInRound:
    rows: list[DueRow | AddedRow]
    today: list[CheckIn]
    waiting: int
    cut: bool

    @property
    def progress(self) -> Progress:
        done = [row for row in self.today if row.outcome == ContactOutcome.DONE]
        in_person = sum(row.method == "in_person" for row in done)
        return Progress(len(done), len(self.today) - len(done), len(self.rows), in_person)


def round_of(
    user: User, day: date, *, area: Area | None, picked: Sequence[UUID] = (),
    also: Sequence[UUID] = (),
) -> CheckInRound:  # fmt: skip
    """Lines that can be done today, what was recorded today, and how many have nothing due.

    `also`: who was added by hand, whatever the place. Picked or added, somebody without anything
    due has a line, too.
    """
    persons = _persons(user, area, picked, also)
    items = DueItem.objects.visible_to(user).filter(case__person__in=persons)
    items = items.filter(kind=CHECKIN)
    heads = heads_on(items, day)
    seen = _of_today(user, persons, day)
    tried_or_done = {row.person_id for row in seen}
    due = [
        head
        for head in heads
        if head.opens_on <= day and head.state != HIDDEN and head.person_id not in tried_or_done
    ]
    shown = due[:LARGEST]
    there = tried_or_done | {head.person_id for head in due}
    added = _added(user, [*picked, *also], there, day)
    there |= {row.person.pk for row in added}
    return CheckInRound(
        [*rows_of(load(shown, day), day), *added],
        seen,
        len({head.person_id for head in heads} - there),
        len(due) > LARGEST,
    )


def _added(user: User, ids: Sequence[UUID], there: set[int], day: date) -> list[AddedRow]:
    """Lines of those among the ids who have none; two queries, or none."""
    if not ids:
        return []
    named = Person.objects.visible_to(user).filter(public_id__in=ids).exclude(pk__in=there)
    rows = named.select_related("town", "village").order_by("sort_key", "pk")
    persons = list(rows)
    risk_levels, ways = levels_shown([person.pk for person in persons], day), not_done_ways(day)
    return [AddedRow(p, risk_levels.get(p.pk, LevelShown()), ways, uuid7()) for p in persons]


def _persons(user: User, area: Area | None, picked: Sequence[UUID], also: Sequence[UUID]) -> object:
    persons = Person.objects.visible_to(user)
    if picked:
        return persons.filter(public_id__in=[*picked, *also]).values("pk")
    if area is None:
        return persons.values("pk")
    here = persons.in_area(area).values("pk")
    return persons.filter(Q(pk__in=here) | Q(public_id__in=also)).values("pk")


def _of_today(user: User, persons: object, day: date) -> list[CheckIn]:
    """The latest of the day for each person."""
    rows = CheckIn.objects.visible_to(user).valid().filter(day=day, person__in=persons)
    latest = rows.order_by("person_id", "-occurred_at", "-pk").distinct("person_id")
    found = list(latest.select_related("person", "recorded_by"))
    return sorted(found, key=lambda row: row.occurred_at, reverse=True)
