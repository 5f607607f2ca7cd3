"""Where the acts come from that do a duty: apps above register, for schedule may not import them.

A source is a function that gives a QuerySet of valid acts with the columns of `COLUMNS`:
the person, the day in Shanghai, the moment, whether the duty was done (else it was an attempt),
and of an attempt the next date and the reason. A source may add `excused`: the attempt failed for
a reason that the office accepts, and its window asks for nothing more.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import QuerySet, TextChoices, Value

COLUMNS = ("person_id", "day", "at", "done", "next_on", "reason", "excused")
Source = Callable[[], QuerySet[Any, Any]]
_sources: dict[str, Source] = {}
_reasons: dict[str, type[TextChoices]] = {}


def register_acts(kind: str, source: Source, reasons: type[TextChoices]) -> None:
    """Acts of this source do duties of this kind; `reasons` are those of its attempts."""
    _sources[kind], _reasons[kind] = source, reasons


def reason_words(kind: str, code: str) -> str:
    """Why an attempt at a duty of this kind failed."""
    return str(_reasons[kind](code).label) if code else ""


def registered_kinds() -> list[str]:
    """Kinds of duties that some app does, in the order of the code list."""
    from apps.schedule.models import DutyKind

    return [kind for kind in DutyKind.values if kind in _sources]


def acts_of(kind: str) -> QuerySet[Any, Any]:
    """Valid acts of a kind, done or attempted."""
    return _sources[kind]()


def acts_sql(kind: str) -> tuple[str, tuple[Any, ...]]:
    """SQL that selects the acts of a kind, and its parameters."""
    return _written(_sources[kind])


@cache
def _written(source: Source) -> tuple[str, tuple[Any, ...]]:
    """Once in the life of a process: a source depends on nothing."""
    rows = source()
    if "excused" not in rows.query.annotations:
        rows = rows.annotate(excused=Value(False))  # noqa: FBT003 - a value in SQL
    sql, params = rows.values_list(*COLUMNS).query.sql_with_params()
    return sql, tuple(params)


def latest_done(kind: str, person: Any) -> QuerySet[Any, Any]:
    """A subquery: the day of the person's last act that did the duty."""
    done = _sources[kind]().filter(done=True, person_id=person)
    return done.order_by("-at", "-pk").values("day")[:1]
