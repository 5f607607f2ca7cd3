"""A ledger that leaves: the rows of somebody's scope under the headings with which they came in.

What is declared once for the way in serves the way out: each column's first word is its heading,
and of the words for a code the first one is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.days import SHANGHAI, today
from apps.core.masking import without_names
from apps.core.text import mask_address, mask_identity, mask_name, mask_phone

MASKS: Final = {
    "name": mask_name, "document_number": mask_identity, "phone": mask_phone,
    "registration": mask_address, "residence": mask_address,
}  # fmt: skip
# Rows that are read at once.
CHUNK: Final = 1000


class Verbatim(str):
    """The word that a ledger had for a code, and that its row is known by."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class LineOut:
    """What a line says, by field of the ledger, and of whom."""

    facts: dict[str, Any]
    person: UUID | None = None


@dataclass
class Going:
    """One ledger on its way out: who takes it, of which unit. `unsaid`: rows that its form cannot
    say, so that the same row would not be found when it comes back.
    """

    by: User
    area: Area
    day: date = field(default_factory=today)
    unsaid: int = 0

    def rows(self, model: type[Model]) -> Any:
        """Of the unit, as far as the one who asks sees them."""
        return model.objects.visible_to(self.by).in_area(self.area)  # type: ignore[attr-defined]

    def line_of(self, person: Any, **facts: Any) -> LineOut:
        """A line about a person of the register."""
        who = {"document_number": person.document_number, "name": person.name}
        return LineOut(who | facts, person.public_id)

    def once(self, rows: Any, key: Any) -> Iterator[Any]:
        """The first row of each key that is about somebody with a number; the others are unsaid."""
        seen = set()
        for row in rows.iterator(chunk_size=CHUNK):
            own = key(row)
            if own in seen or not row.person.document_number:
                self.unsaid += 1
                continue
            seen.add(own)
            yield row


def moment_text(moment: datetime) -> str:
    """To the second, in Shanghai, as text: no spreadsheet rounds it."""
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"


def first_words(words: Mapping[str, str]) -> dict[str, str]:
    """For each code the first of its words."""
    found: dict[str, str] = {}
    for word, code in words.items():
        found.setdefault(code, word)
    return found


def masked_facts(facts: Mapping[str, Any], coded: frozenset[str]) -> dict[str, Any]:
    """The same line with stars; fields in `coded` hold codes and stay."""
    name = facts.get("name") or ""
    return {
        field: value if not isinstance(value, str) or not value or field in coded
        else MASKS[field](value) if field in MASKS else without_names(value, [name])
        for field, value in facts.items()
    }  # fmt: skip
