"""What a cover has to know on one page: who has something to do, the most urgent first.

The lines are those of Today, of the persons of the cover and of the days ahead of it.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.cases.models import Leave
from apps.covers.models import Cover
from apps.persons.models import Contact, Person
from apps.schedule.due_lines import HIDDEN, LATE
from apps.schedule.waiting_lines import WAITING
from apps.visits.contact import quiet_since
from apps.visits.models import LostContact
from apps.workbench.need_lines import NeedRow
from apps.workbench.today import AnyHead, Row, heads_of, whole_rows

# Days of the cover whose lines are shown, and how many persons fit on the page.
# A sheet tells what falls into the absence, and of a long one two weeks.
DAYS: Final = timedelta(days=14)
PERSONS: Final = 25
ITEMS: Final = 4


@dataclass(frozen=True)
class Item:
    """One line of Today in a word and a day."""

    words: str
    day: date
    is_late: bool


@dataclass
class PersonLine:
    person: Person
    heads: list[AnyHead] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    away: Leave | None = None
    lost: Any = None  # a flag, with `quiet_since`

    @property
    def has_something(self) -> bool:
        return bool(self.heads) or self.lost is not None

    @property
    def urgency(self) -> tuple[bool, date]:
        """Lost contact and what is late come first, the oldest at the head."""
        days = [(head.state != LATE, head.due_on) for head in self.heads]
        return min([*days, *([(False, self.lost.set_on)] if self.lost else [])])

    @property
    def shown(self) -> list[Item]:
        return self.items[:ITEMS]

    @property
    def more(self) -> int:
        return len(self.items) - ITEMS

    @property
    def place(self) -> str:
        unit = self.person.village or self.person.town
        return unit.name if unit else ""


@dataclass
class HandOverSheet:
    """`lines` are printed whole; of the others the names."""

    until: date
    lines: list[PersonLine]
    more: list[PersonLine]
    quiet: list[PersonLine]

    @property
    def everybody(self) -> list[PersonLine]:
        return [*self.lines, *self.more, *self.quiet]

    @property
    def busy(self) -> list[PersonLine]:
        return [*self.lines, *self.more]

    @property
    def late(self) -> int:
        return sum(head.state == LATE for line in self.busy for head in line.heads)

    @property
    def due(self) -> int:
        return sum(head.state != LATE for line in self.busy for head in line.heads)

    @property
    def lost(self) -> int:
        return sum(line.lost is not None for line in self.busy)

    @property
    def away(self) -> int:
        return sum(line.away is not None for line in self.everybody)


def last_day_shown(cover: Cover, day: date) -> date:
    """The last of the cover's first days, or of its next ones once it runs."""
    last = max(cover.starts_on, day) + DAYS - timedelta(days=1)
    return min(cover.until_on or last, last)


def sheet_of(cover: Cover, user: User, day: date) -> HandOverSheet:
    """Persons of the cover whom the user sees today."""
    until = last_day_shown(cover, day)
    found = _persons(cover, user, day)
    for head in heads_of(user, day, until=until):
        asked = head.state == LATE or (head.due_on <= until and head.state not in (WAITING, HIDDEN))
        if asked and head.person_id in found:
            found[head.person_id].heads.append(head)
    busy = [line for line in found.values() if line.has_something]
    busy.sort(key=attrgetter("urgency"))
    lines = busy[:PERSONS]
    _tell(lines, day)
    quiet = [line for line in found.values() if not line.has_something]
    return HandOverSheet(until, lines, busy[PERSONS:], quiet)


def _persons(cover: Cover, user: User, day: date) -> dict[int, PersonLine]:
    theirs = Person.objects.visible_to(user).filter(pk__in=cover.assignments.values("person_id"))
    rows = theirs.select_related("town", "village").order_by("sort_key", "pk")
    found = {person.pk: PersonLine(person) for person in rows}
    mine = {"person__in": list(found)}
    agreed = Contact.objects.visible_to(user).filter(withdrawn_on=None, **mine)
    for contact in agreed.order_by("pk"):
        found[contact.person_id].contacts.append(contact)
    for leave in Leave.objects.visible_to(user).covering(day).filter(**mine).order_by("pk"):
        found[leave.person_id].away = leave
    standing = LostContact.objects.visible_to(user).standing().filter(**mine)
    for flag in standing.annotate(quiet_since=quiet_since()):
        found[flag.person_id].lost = flag
    return found


def _tell(lines: list[PersonLine], day: date) -> None:
    """The words of the lines that are printed; the same queries as a page of Today."""
    heads = [head for line in lines for head in line.heads]
    rows = iter(whole_rows(heads, day))
    for line in lines:
        if line.lost is not None:
            line.items.append(Item(_("Lost contact"), line.lost.quiet_since, is_late=True))
        for head in line.heads:
            line.items.append(Item(_words(next(rows)), head.due_on, head.state == LATE))


def _words(row: Row) -> str:
    if isinstance(row, NeedRow):
        return str(row.need.get_kind_display())
    return row.title
