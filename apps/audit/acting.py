"""Whose act a change is, for the history that the database writes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, Final

import pghistory

from apps.accounts.models import User

# In the history of a row: the file that a change came from.
LEDGER: Final = "ledger"
_ledger: ContextVar[str] = ContextVar("ledger", default="")


@contextmanager
def from_ledger(file_name: str) -> Iterator[None]:
    """What is written inside came from a file and not from a hand, and its history says so."""
    token = _ledger.set(file_name)
    try:
        yield
    finally:
        _ledger.reset(token)


def in_ledger() -> bool:
    """Whether a file is being brought in."""
    return bool(_ledger.get())


def acting(by: User, reason: str = "") -> AbstractContextManager[Any]:
    """Rows of history written inside name the user, and the reason where one was given.

    Services use it, so that commands and imports leave the same traces as pages.
    """
    told = {"reason": reason} if reason else {}
    if file_name := _ledger.get():
        told[LEDGER] = file_name
    return pghistory.context(user=by.pk, username=by.username, **told)
