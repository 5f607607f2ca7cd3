"""Dates that a person was given, beside the windows of duties: how a subject brings its own."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from apps.accounts.models import User
from apps.core.records import every
from apps.persons.models import Person


@dataclass(frozen=True, slots=True)
class NextDate:
    """`title` says what, `words` when and where; the address leads to the row."""

    on: date
    title: str
    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDates:
    """Those that lie ahead, of one person, as far as the reader sees them. They are asked for where
    the stream of the person tells of rows of `src`: most files have none.
    """

    src: str
    rows: Callable[[Person, User], Iterable[NextDate]]


def next_dates(person: Person, user: User, told: Collection[str]) -> list[NextDate]:
    parts = (part for part in every(NextDates) if part.src in told)
    found = (one for part in parts for one in part.rows(person, user))
    return sorted(found, key=lambda one: one.on)
