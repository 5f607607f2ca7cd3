"""A person beside Today: who, where the term stands, why the line is here, duties and help."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.accounts.models import User
from apps.checkins.models import CheckIn
from apps.contacts.due_rows import LevelShown
from apps.needs.models import Need
from apps.persons.models import Person
from apps.schedule.due_lines import DueLine
from apps.schedule.due_words import Tag, tag_of
from apps.schedule.reasons import Why, why_of
from apps.visits.models import Meeting
from apps.workbench.person_file import PersonFile

CONTACTS, NEEDS = 3, 4


@dataclass
class Panel:
    """The same facts as the person page, the few that fit."""

    file: PersonFile

    @property
    def person(self) -> Person:
        return self.file.person

    @property
    def risk_level(self) -> LevelShown:
        return self.file.level_shown

    @cached_property
    def why(self) -> Why | None:
        line = self.file.next_line
        return why_of(line) if line else None

    @cached_property
    def duties(self) -> list[tuple[DueLine, Tag]]:
        return [(line, tag_of(line)) for line in self.file.lines]

    @cached_property
    def needs(self) -> list[Need]:
        return self.file.open_needs[:NEEDS]

    @cached_property
    def contacts(self) -> list[CheckIn | Meeting]:
        """Check-ins, visits and interviews, and attempts at them: the newest."""
        rows: list[CheckIn | Meeting] = [*self.file.rows_of(CheckIn), *self.file.rows_of(Meeting)]
        valid = [row for row in rows if row.withdrawn_at is None]
        return sorted(valid, key=lambda row: row.occurred_at, reverse=True)[:CONTACTS]


def panel_of(person: Person, user: User, day: date) -> Panel:
    return Panel(PersonFile(person, user, day))
