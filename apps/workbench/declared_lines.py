"""What subjects declare as lines of Today beside windows: see apps/schedule/waiting_lines.py.

What is seldom comes from many tables in one query, for most scopes have none of any.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext as _

from apps.contacts.due_rows import LevelShown
from apps.core.navigation import url_or_none
from apps.core.records import every
from apps.persons.models import Person
from apps.schedule.due_lines import LATE
from apps.schedule.due_words import Tag, late_words, left_words
from apps.schedule.scope import Scope
from apps.schedule.waiting_lines import (
    SHAPE,
    WAITING,
    Line,
    OtherHead,
    WaitingHeads,
    WaitingRows,
    lines,
)


def few_heads_on(scope: Scope) -> list[Any]:
    """Of the user's scope, or of one unit in it; one query."""
    rows = scope.ask("few", _few)
    return [_sources()[row.line_kind].head(row, scope.user, scope.day) for row in rows]


@cache
def _sources() -> dict[str, WaitingRows]:
    return {kind: source for source in every(WaitingRows) for kind in source.kinds}


def _few(scope: Scope) -> Any:
    first, *others = (source.rows(scope) for source in every(WaitingRows))
    found = first.union(*others, all=True)
    return found.order_by("line_on", "public_id").values_list(*SHAPE, named=True)


def other_heads_on(scope: Scope) -> Iterator[OtherHead]:
    """Of the subjects that ask for themselves: a query each."""
    for source in every(WaitingHeads):
        yield from source.heads(scope)


@dataclass(slots=True)
class OtherRow:
    """One of them among the lines; drawn as a step is."""

    template: ClassVar[str] = "workbench/step_row.html"
    person: Person | None
    head: OtherHead
    risk_level: LevelShown
    day: date

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.head.name

    @property
    def of_many(self) -> bool:
        """It names nobody, and only who may act is led to the rows."""
        return self.declared.of_many

    @property
    def seen(self) -> list[Person | UUID]:
        """For the log: a release without a file stands for its person, and many for nobody."""
        return [] if self.of_many else [self.person or self.head.row_id]

    @property
    def person_url(self) -> str:
        if self.person is None or self.declared.own_page:
            return self.url
        return url_or_none("workbench:person", self.person.public_id) or ""

    @property
    def place(self) -> str:
        if self.person is None:
            return self.head.place
        units = (self.person.town, self.person.village)
        return " · ".join(unit.name for unit in units if unit)

    @property
    def declared(self) -> Line:
        return lines()[self.head.kind]

    @property
    def title(self) -> str:
        return str(self.declared.title)

    @property
    def why(self) -> str:
        return self.declared.why(self.head)

    @property
    def tag(self) -> Tag:
        if self.head.state == WAITING:
            return Tag("inf", _("Waiting for others"))
        left = (self.head.due_on - self.day).days
        if self.head.state == LATE:
            return Tag("late", late_words(-left))
        return Tag("soon", left_words(left) if left > 0 else _("Today"))

    @property
    def url(self) -> str:
        return url_or_none(self.declared.url_name, self.head.row_id) or ""

    @property
    def act(self) -> str:
        return str(self.declared.act)

    @property
    def permission(self) -> str:
        waits = self.head.state == WAITING and self.declared.waiting_permission
        return str(waits or self.declared.permission)


def load_others(
    heads: Sequence[OtherHead],
    persons: dict[int, Person],
    risk_levels: dict[int, LevelShown],
    day: date,
) -> list[OtherRow]:
    """Whole lines in the order of their heads."""
    return [
        OtherRow(
            persons.get(head.person_id), head, risk_levels.get(head.person_id, LevelShown()), day
        )
        for head in heads
    ]
