"""Medicines that a clinic gives somebody: who reads a test asks for them, and names no subject."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from apps.core.records import every
from apps.core.text import day_text


@dataclass(frozen=True, slots=True)
class Given:
    """From the day `first` on; on the day `last` no more. `medicine` is a code, `name` its word."""

    medicine: str
    name: str
    first: date
    last: date | None = None

    def is_given_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day < self.last)

    @property
    def words(self) -> str:
        """In a sentence, beside a test."""
        return _(
            "In maintenance treatment with %(medicine)s since %(day)s: a screening that finds it, "
            "or opiates, is to be read with this."
        ) % {"medicine": self.name, "day": day_text(self.first)}


@dataclass(frozen=True, slots=True)
class GivesMedicine:
    """A part of a subject: what persons are given by it, as rows that stand, each with whom."""

    of: Callable[[Collection[int]], Iterable[tuple[int, Given]]]


def medicines_of_each(person_ids: Collection[int]) -> dict[int, list[Given]]:
    """All of persons whom the reader has found in scope; a query a subject for all of them."""
    found: dict[int, list[Given]] = {}
    for part in every(GivesMedicine) if person_ids else ():
        for person_id, given in part.of(person_ids):
            found.setdefault(person_id, []).append(given)
    return found


def medicines_of(person_id: int) -> list[Given]:
    """All of one of them."""
    return medicines_of_each([person_id]).get(person_id, [])


def given_on(person_id: int, day: date) -> list[Given]:
    return [given for given in medicines_of(person_id) if given.is_given_on(day)]
