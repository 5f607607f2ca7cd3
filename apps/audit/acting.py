"""Whose act a change is, for the history that the database writes."""

import base64
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, Final
from uuid import UUID

import pghistory
from pghistory import runtime

from apps.accounts.models import User
from apps.core.crypto import seal, unseal

# In the history of a row: the file that a change came from, and the import.
LEDGER: Final = "ledger"
IMPORT: Final = "import"
# What such an act takes back: an import.
UNDOES: Final = "undoes"
# Why: as unreadable to a backup as the same words are in the row itself. One row of the context
# serves every row that an act writes, so the words are bound to the column alone.
REASON: Final = "reason_sealed"
_BOUND_TO: Final = "pghistory_context.metadata.reason"
# They write nothing of which a history could tell, and a request has as many of them as writes.
_SAVEPOINTS: Final = ("savepoint", "release savepoint", "rollback to savepoint")
vars(runtime)["IGNORED_SQL_PREFIXES"] += _SAVEPOINTS
_ledger: ContextVar[str] = ContextVar("ledger", default="")
_import: ContextVar[str] = ContextVar("import", default="")
_undone: ContextVar[str] = ContextVar("undone", default="")


@contextmanager
def from_ledger(file_name: str) -> Iterator[None]:
    """What is written inside came from a file and not from a hand, and its history says so."""
    token = _ledger.set(file_name)
    try:
        yield
    finally:
        _ledger.reset(token)


@contextmanager
def of_import(public_id: UUID) -> Iterator[None]:
    """The same, of an import that is on record: by this it can be taken back."""
    token = _import.set(str(public_id))
    try:
        yield
    finally:
        _import.reset(token)


@contextmanager
def taking_back(public_id: UUID) -> Iterator[None]:
    """What is written inside gives back what an import changed, and changes nothing itself."""
    token = _undone.set(str(public_id))
    try:
        yield
    finally:
        _undone.reset(token)


def in_ledger() -> bool:
    """Whether a file is being brought in."""
    return bool(_ledger.get())


def acting(by: User, reason: str = "") -> AbstractContextManager[Any]:
    """Rows of history written inside name the user, and the reason, sealed, where one was given.

    `reason_of` reads it. Services use it, so that commands and imports leave the same traces as
    pages.
    """
    told = {REASON: _sealed(reason)} if reason else {}
    if file_name := _ledger.get():
        told[LEDGER] = file_name
        if number := _import.get():
            told[IMPORT] = number
    if number := _undone.get():
        told[UNDOES] = number
    return pghistory.context(user=by.pk, username=by.username, **told)


def reason_of(told: Mapping[str, Any]) -> str:
    """Why, from the metadata of a context; empty where no reason was given."""
    kept = told.get(REASON, "")
    return unseal(base64.b64decode(kept), _BOUND_TO) if kept else ""


def _sealed(reason: str) -> str:
    return base64.b64encode(seal(reason, _BOUND_TO)).decode()
