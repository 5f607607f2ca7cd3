"""Whose lines Today shows: a user, a day, perhaps one unit of the area."""

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.shared_statements import PreparedForReaders

_WRITTEN = PreparedForReaders(2000)
Build = Callable[["Scope"], Any]


class Scope:
    """Its questions are written once for all users who read alike, each day and unit looked at."""

    def __init__(self, user: User, day: date, area: Area | None = None) -> None:
        self.user, self.day, self.area = user, day, area
        ids = tuple(area.scope_ids) if area is not None else ()
        self._key = (day, ids)

    def of(self, model: Any) -> Any:
        """Rows of a model that the user sees, of the unit where one is looked at."""
        rows = model.objects.visible_to(self.user)
        return rows.in_area(self.area) if self.area is not None else rows

    def ask(self, name: str, build: Build) -> list[Any]:
        """The rows of a query that depends on a scope alone."""
        return _WRITTEN.rows(self.user, (name, self._key), lambda user: build(self._of(user)))

    def counts(self, **builds: Build) -> list[int]:
        """How many rows each of these questions has; one query."""
        asked = [
            lambda user, one=one: one(self._of(user)).order_by().values("pk")  # type: ignore[misc]
            for one in builds.values()
        ]
        return _WRITTEN.counts(self.user, (*builds, self._key), asked)

    def _of(self, user: User) -> "Scope":
        """The same day and unit, for a user who reads alike."""
        return Scope(user, self.day, self.area)
