"""The acts that do duties, as SQL; the subjects above say which they are: see duties.py."""

from functools import cache
from typing import Any

from django.db.models import QuerySet, Value

from apps.schedule.duties import duties

COLUMNS = ("person_id", "day", "at", "done", "next_on", "reason", "excused")


def reason_words(kind: str, code: str) -> str:
    """Why an attempt at a duty of this kind failed."""
    return str(duties()[kind].reasons(code).label) if code else ""


def acts_of(kind: str) -> QuerySet[Any, Any]:
    """Valid acts of a kind, done or attempted."""
    return duties()[kind].acts()


@cache
def acts_sql(kind: str) -> tuple[str, tuple[Any, ...]]:
    """SQL that selects the acts of a kind, and its parameters; once in the life of a process."""
    rows = acts_of(kind)
    if "excused" not in rows.query.annotations:
        rows = rows.annotate(excused=Value(False))  # noqa: FBT003 - a value in SQL
    sql, params = rows.values_list(*COLUMNS).query.sql_with_params()
    return sql, tuple(params)


def latest_done(kind: str, person: Any) -> QuerySet[Any, Any]:
    """A subquery: the day of the person's last act that did the duty."""
    done = acts_of(kind).filter(done=True, person_id=person)
    return done.order_by("-at", "-pk").values("day")[:1]
