"""Where the acts come from that do a duty: apps above register, for schedule may not import them.

A source is a function that gives a QuerySet of valid acts with the columns of `COLUMNS`:
the person, the day in Shanghai, the moment, whether the duty was done (else it was an attempt),
and of an attempt the next date and the reason.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

COLUMNS = ("person_id", "day", "at", "done", "next_on", "reason")
Source = Callable[[], QuerySet[Any, Any]]
_sources: dict[str, Source] = {}


def register_acts(kind: str, source: Source) -> None:
    """Acts of this source do duties of this kind."""
    _sources[kind] = source


def registered_kinds() -> list[str]:
    """Kinds of duties that some app does, in the order of the code list."""
    from apps.schedule.models import DutyKind

    return [kind for kind in DutyKind.values if kind in _sources]


def acts_of(kind: str) -> QuerySet[Any, Any]:
    """Valid acts of a kind, done or attempted."""
    return _sources[kind]()


def acts_sql(kind: str) -> tuple[str, tuple[Any, ...]]:
    """SQL that selects the acts of a kind, and its parameters."""
    sql, params = _sources[kind]().values_list(*COLUMNS).query.sql_with_params()
    return sql, tuple(params)


def latest_done(kind: str, person: Any) -> QuerySet[Any, Any]:
    """A subquery: the day of the person's last act that did the duty."""
    done = _sources[kind]().filter(done=True, person_id=person)
    return done.order_by("-at", "-pk").values("day")[:1]
