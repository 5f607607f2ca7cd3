"""Statements that PostgreSQL plans once a connection instead of with every asking.

For one person, planning what is due takes PostgreSQL several times as long as answering it. A
statement whose text stays the same is prepared by the server when a connection asks it again; from
then on the values alone travel. Whoever watches statements still sees the text that was asked.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, Final, cast
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

# The server keeps a text and a plan of each: some megabytes a connection.
KEPT: Final = 300
# The types that the driver's literals have: a statement means the same in both ways.
_TYPES: Final[dict[type, str]] = {
    bool: "boolean", str: "unknown", type(None): "unknown", date: "date",
    datetime: "timestamptz", timedelta: "interval", Decimal: "numeric", UUID: "uuid",
}  # fmt: skip
_INTEGER: Final = range(-(2**31), 2**31)

_Key = tuple[str, tuple[str, ...]]


class _Plans:
    """What one connection has asked, and under which names the server knows it."""

    def __init__(self) -> None:
        self.asked: dict[_Key, int] = {}
        self.names: dict[_Key, str] = {}
        self.numbers = count(1)


_plans: "WeakKeyDictionary[Any, _Plans]" = WeakKeyDictionary()


def execute_planned(cursor: Any, sql: str, params: Sequence[Any]) -> None:
    """`cursor.execute(sql, params)` for a text that is asked again and again, `%s` for its values.

    Where a value has a type that is not known here, it is an ordinary statement.
    """
    name = _name(cursor, sql, params)
    if name is None:
        cursor.execute(sql, params)
        return

    def by_name(execute: Callable[..., Any], asked: str, values: Any, *rest: Any) -> Any:
        # The history puts its context before a statement that writes.
        before = asked.removesuffix(sql)
        places = ", ".join(["%s"] * len(params))
        return execute(
            f"{before}EXECUTE {name}" + (f" ({places})" if params else ""), values, *rest
        )

    with connection.execute_wrapper(by_name):
        cursor.execute(sql, params)


def _name(cursor: Any, sql: str, params: Sequence[Any]) -> str | None:
    types = [_type(value) for value in params]
    # A log of queries is read by people: it has texts instead of names.
    if None in types or connection.queries_logged:
        return None
    plans = _plans.setdefault(connection.connection, _Plans())
    key = (sql, cast("tuple[str, ...]", tuple(types)))
    if (name := plans.names.get(key)) is not None:
        return name
    if len(plans.asked) >= KEPT:
        # What was asked once or twice: none of the plans is lost with it.
        plans.asked.clear()
    asked = plans.asked[key] = plans.asked.get(key, 0) + 1
    return _prepare(cursor, plans, key) if asked > settings.PLANNED_WHEN_ASKED_BEFORE else None


def _prepare(cursor: Any, plans: _Plans, key: _Key) -> str:
    sql, types = key
    if len(plans.names) >= KEPT:
        cursor.cursor.execute("DEALLOCATE ALL")
        plans.names.clear()
    name = f"planned_{next(plans.numbers)}"
    declared = f" ({', '.join(types)})" if types else ""
    numbered = sql % tuple(f"${place}" for place in range(1, len(types) + 1))
    # Straight to the driver: to whoever counts statements this is none.
    cursor.cursor.execute(f"PREPARE {name}{declared} AS {numbered}")
    plans.names[key] = name
    plans.asked.pop(key, None)
    return name


def _type(value: Any) -> str | None:
    """The type of the literal that the driver writes for a value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return "integer" if value in _INTEGER else "bigint"
    if isinstance(value, list):
        if not value:
            return "unknown"  # a list of whatever it is compared with
        types = {_type(one) for one in value}
        if types <= {"integer", "bigint"}:
            return "bigint[]" if "bigint" in types else "integer[]"
        return "text[]" if types == {"unknown"} and None not in value else None
    return _TYPES.get(type(value))
