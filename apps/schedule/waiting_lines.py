"""What waits in Today beside the windows of duties: how a subject brings its lines.

A `Line` says how one kind is shown. The heads come from `WaitingRows`, a part of the one query over
what is seldom, or from `WaitingHeads`, a query of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from apps.accounts.models import User
from apps.core.records import Words, every
from apps.schedule.scope import Scope

# Somebody else is to act.
WAITING: Final = "waiting"
# Names that no field of a model has.
SHAPE: Final = (
    "line_kind", "public_id", "person_pk", "village_pk", "sorted_as", "line_on", "line_words",
    "line_name", "line_place",
)  # fmt: skip


@dataclass(slots=True)
class OtherHead:
    """Enough of a line to count, sort and page it. Before there is a file `person_id` is 0.

    `row_id` is the public id of the person, the transfer or the release; `name`, `place` and
    `words` are what a line says that no person on file brings.
    """

    kind: str
    row_id: UUID
    person_id: int
    village_id: int | None
    sort_key: str
    due_on: date
    state: str
    reason: str = ""
    words: str = ""
    name: str = ""
    place: str = ""

    @classmethod
    def of(cls, row: Any, state: str, kind: str = "") -> "OtherHead":
        """Of a row of the union."""
        return cls(
            kind or row.line_kind, row.public_id, row.person_pk, row.village_pk, row.sorted_as,
            row.line_on, state, words=row.line_words, name=row.line_name, place=row.line_place,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`why` says in a few words why it is here, `explain` counts how, and names the article.

    `waiting_permission`: who may act while it waits for others. `with_person`: done with the
    person, and not at a desk. `own_page`: the name leads to the row, for the person is elsewhere.
    `of_many`: one line for rows of many persons, which names none of them.
    """

    kind: str
    title: Words
    url_name: str
    permission: str
    act: Words
    why: Callable[[OtherHead], str]
    explain: Callable[[OtherHead, User], tuple[list[str], str]]
    waiting_permission: str = ""
    with_person: bool = False
    own_page: bool = False
    of_many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRows:
    """`rows` in the shape of the union (see `shaped`), `head` of one of them, by its kind."""

    kinds: tuple[str, ...]
    rows: Callable[[Scope], Any]
    head: Callable[[Any, User, date], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingHeads:
    heads: Callable[[Scope], Iterable[OtherHead]]


@cache
def lines() -> dict[str, Line]:
    return {line.kind: line for line in every(Line)}


def shaped(rows: Any, kind: Any, on: Any, **facts: Any) -> Any:
    """Rows in the shape of the union: which kind of line, on which day."""
    named = {
        "person_pk": F("person_id"), "village_pk": F("village_id"), "line_words": text(""),
        "line_name": text(""), "line_place": text(""),
    } | facts  # fmt: skip
    named.setdefault("sorted_as", F("case__sort_key"))
    return rows.order_by().annotate(line_kind=kind, line_on=on, **named).values_list(*SHAPE)


def text(words: str) -> Any:
    return Cast(Value(words), CharField())
