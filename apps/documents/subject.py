"""Whom a paper is about, and who issues it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.persons.models import Person

Facts = dict[str, str]
Answers = dict[str, str | date | None]


@dataclass(frozen=True)
class Subject:
    """Everything a builder of facts may ask; facts reach no further than the user's scope."""

    person: Person
    case: Case | None
    by: User
    day: date
    language: str = "zh-hans"
    # The visit or interview that the paper is the record of.
    record: UUID | None = None
    office: Area = field(init=False)

    def __post_init__(self) -> None:
        place = self.case or self.person
        unit = place.town or place.county
        object.__setattr__(self, "office", unit.merged_into or unit)

    @property
    def measure(self) -> str:
        return self.case.measure if self.case else ""
