"""Whose lines Today shows: a user, a day, perhaps one unit of the area."""

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.prepared import PreparedByScope

_WRITTEN = PreparedByScope(2000)


class Scope:
    """Its questions are written once for each user, day and unit."""

    def __init__(self, user: User, day: date, area: Area | None = None) -> None:
        self.user, self.day, self.area = user, day, area
        ids = tuple(area.scope_ids) if area is not None else ()
        self._key = (user.scope_key, day, ids)

    def of(self, model: Any) -> Any:
        """Rows of a model that the user sees, of the unit where one is looked at."""
        rows = model.objects.visible_to(self.user)
        return rows.in_area(self.area) if self.area is not None else rows

    def ask(self, name: str, build: Callable[[], Any]) -> list[Any]:
        """The rows of a query that depends on this scope alone."""
        return _WRITTEN.rows((name, self._key), build)

    def counts(self, **builds: Callable[[], Any]) -> list[int]:
        """How many rows each of these questions has; one query."""
        asked = [lambda one=one: one().order_by().values("pk") for one in builds.values()]  # type: ignore[misc]
        return _WRITTEN.counts((*builds, self._key), asked)
