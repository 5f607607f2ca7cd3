"""Whose act a change is, for the history that the database writes."""

from contextlib import AbstractContextManager
from typing import Any

import pghistory

from apps.accounts.models import User


def acting(by: User, reason: str = "") -> AbstractContextManager[Any]:
    """Rows of history written inside name the user, and the reason where one was given.

    Services use it, so that commands and imports leave the same traces as pages.
    """
    told = {"reason": reason} if reason else {}
    return pghistory.context(user=by.pk, username=by.username, **told)
