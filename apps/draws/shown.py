"""What the page of a draw shows of persons: names to whoever sees the file, numbers to all."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.accounts.models import User
from apps.core.days import today
from apps.draws.codes import WHY_EXCUSED
from apps.draws.models import Draw, Drawn
from apps.persons.models import Person


@dataclass(frozen=True, slots=True)
class Shown:
    """`person` is None where the reader does not see the file."""

    number: str
    person: Any
    words: str = ""
    row: Any = None
    is_open: bool = False

    @property
    def short(self) -> str:
        return short(self.number)


def short(number: str) -> str:
    """Enough to find it in the export, which has the whole numbers."""
    return number[-12:]


def shown_drawn(draw: Draw, user: User) -> list[Shown]:
    """In the order in which they came; three queries."""
    rows = Drawn.objects.visible_to(user).filter(draw=draw).select_related("person")
    by_number = {str(row.number): row for row in rows}
    waiting = rows.unanswered_on(today()).values_list("pk", flat=True) if by_number else ()
    is_open = set(waiting)
    return [
        Shown(number, row and row.person, row=row, is_open=bool(row and row.pk in is_open))
        for number in draw.drawn
        for row in [by_number.get(number)]
    ]


def shown_excused(draw: Draw, user: User) -> list[Shown]:
    numbers = [UUID(number) for number, _why in draw.excused]
    found = Person.objects.visible_to(user).filter(public_id__in=numbers) if numbers else []
    persons = {str(person.public_id): person for person in found}
    return [
        Shown(number, persons.get(number), str(WHY_EXCUSED[why])) for number, why in draw.excused
    ]
