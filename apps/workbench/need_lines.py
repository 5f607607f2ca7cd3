"""Open needs as rows of Today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.translation import gettext as _

from apps.contacts.due_rows import LevelShown
from apps.core.navigation import url_or_none
from apps.needs.models import Need
from apps.needs.today import NeedHead, load_needs
from apps.persons.models import Person
from apps.schedule.due_words import late_words


@dataclass(slots=True)
class NeedRow:
    """An open need among the lines."""

    template: ClassVar[str] = "needs/need_row.html"
    need: Need
    head: NeedHead
    risk_level: LevelShown
    day: date

    @property
    def person(self) -> Person:
        person: Person = self.need.person
        return person

    @property
    def person_url(self) -> str:
        return url_or_none("workbench:person", self.person.public_id) or ""

    @property
    def place(self) -> str:
        units = (self.need.town, self.need.village)
        return " · ".join(unit.name for unit in units if unit)

    @property
    def title(self) -> str:
        return _("Need")

    @property
    def days_left(self) -> int:
        return (self.head.due_on - self.day).days

    @property
    def late_words(self) -> str:
        return late_words(-self.days_left)


def load_need_rows(
    heads: Sequence[NeedHead], risk_levels: dict[int, LevelShown], day: date
) -> list[NeedRow]:
    """Whole lines in the order of their heads; one query."""
    found = load_needs(heads)
    return [
        NeedRow(found[head.need_id], head, risk_levels.get(head.person_id, LevelShown()), day)
        for head in heads
    ]
