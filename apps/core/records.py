"""A subject says once, in its own `record.py`, what its records are to everybody else.

Layers below offer the parts that a declaration is made of, layers above read them with `every`;
neither knows a subject by its name. Everything is read at start and never changes after.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeVar

from django.core.exceptions import AppRegistryNotReady
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

Words = str | Promise
Part = TypeVar("Part")


@dataclass(frozen=True, kw_only=True)
class RecordKind:
    """`name` is the namespace of the subject's addresses, `label` what the access log calls them.

    `log`: words of the access log for pages ("visits:lost") and for kinds of data ("visit") that
    are called otherwise. `parts`: what the subject brings to other pages, in any number and order.
    """

    name: str
    label: Words
    log: Mapping[str, Words] = field(default_factory=dict)
    parts: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of a person's file, in the order of the ranks, for those who hold the permission.

    `counted`: a model whose rows about the person, as far as the reader sees them, are counted.
    """

    label: Words
    url_name: str
    rank: int
    permission: str = ""
    counted: Any = None


@dataclass(frozen=True, slots=True)
class FileRows:
    """Where rows of a model about a person differ from all others, which move with the file, stand
    where the person does, and are told in its history to everybody who sees the person.
    """

    model: type[Model]
    # Who else reads their history, by permission; None: nobody, in no file.
    history: str | None = ""
    # They tell of the unit where they were made, and are read there.
    stays: bool = False
    # They may wait in another unit than the person's, until the person moves.
    asks_elsewhere: bool = False
    # Of two that say the same of one person one is too many: a merge takes it, an undo brings it.
    has_twin: bool = False
    # What somebody does first when two of them cannot stand in one file.
    settle: Words = ""


@dataclass(frozen=True, slots=True)
class Contacts:
    """Rows that are a contact: on the day in the column `on` somebody met, spoke to or found the
    person. An attempt is none.
    """

    rows: Callable[[], Any]
    on: str = "day"


KINDS: Final[dict[str, RecordKind]] = {}
_found: Final[list[bool]] = []


def register(*kinds: RecordKind) -> None:
    KINDS.update((kind.name, kind) for kind in kinds)


def discover() -> None:
    """Every app's `record` module, once the models are there."""
    autodiscover_modules("record")
    _found.append(True)


@cache
def every(part: type[Part]) -> tuple[Part, ...]:
    """All parts of a type, of all subjects, in the order of the installed apps."""
    if not _found:
        raise AppRegistryNotReady(f"{part.__name__} is asked for before the records are found.")
    return tuple(one for kind in KINDS.values() for one in kind.parts if isinstance(one, part))


@cache
def file_rows() -> dict[type[Model], FileRows]:
    return {one.model: one for one in every(FileRows)}


@cache
def tabs() -> tuple[Tab, ...]:
    return tuple(sorted(every(Tab), key=lambda tab: tab.rank))


@cache
def log_words() -> dict[str, Words]:
    """What the access log calls namespaces, pages and kinds of data."""
    found: dict[str, Words] = {}
    for kind in KINDS.values():
        found |= {kind.name: kind.label, **kind.log}
    return found
