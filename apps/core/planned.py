"""Statements that PostgreSQL plans once a connection instead of with every asking.

For one person, planning what is due takes PostgreSQL several times as long as answering it. The
cursor of all connections has the server prepare a statement whose text it has seen before; from
then on the values alone travel. What cannot be prepared stays an ordinary statement, and whoever
watches or logs statements still sees the text that was asked. One thing means something else in a
place: a number by which rows are ordered (ORDER BY %s) names no column there.
"""

import re
from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import count
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg2
from django.conf import settings
from django.db import connection
from psycopg2 import errors, extensions

# The server keeps a text and a plan of each: some megabytes a connection.
KEPT: Final = 300
# After so many askings it is planned anew: since the last time the tables may have filled.
PLAN_SERVES: Final = 200
# Rows of a file are stored by hundreds: such a text does not come again, or need not be planned.
MOST_VALUES: Final = 200
# The history puts its context before a statement that writes.
_PARTS: Final = re.compile(
    r"(SELECT set_config\('pghistory[^;]*; )?(\s*\(?(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b[^;]*)",
    re.DOTALL,
)
# The types that the driver's literals have: a statement means the same in both ways.
_TYPES: Final[dict[type, str]] = {
    bool: "boolean", str: "unknown", type(None): "unknown", date: "date",
    datetime: "timestamptz", timedelta: "interval", Decimal: "numeric", UUID: "uuid",
    bytes: "bytea", memoryview: "bytea", extensions.Binary: "bytea",
}  # fmt: skip
# At the end of a statement for whose values one plan fits: its words of code lists stand in its
# text. Any other is planned for its values again where PostgreSQL expects to gain by that.
ONE_PLAN: Final = " /* one plan */"
_MODES: Final = {True: "force_generic_plan", False: "auto"}
# The least of each is written as minus one that is too large.
_INTEGER: Final = range(-(2**31) + 1, 2**31)
_BIGINT: Final = range(-(2**63) + 1, 2**63)

_Key = tuple[str, tuple[str | None, ...]]


class _Plans:
    """What one connection has asked, and under which names the server knows it."""

    def __init__(self) -> None:
        self.asked: dict[_Key, int] = {}
        # Latest used last; without a name where the server could not prepare it.
        self.names: OrderedDict[_Key, str] = OrderedDict()
        self.served: Counter[str] = Counter()
        self.numbers = count(1)
        # Untrue after a transaction was rolled back, until the next change: slower, never wrong.
        self.one_plan = False

    def forget(self) -> None:
        """Numbers go on: what the server still knows keeps its names."""
        self.asked.clear()
        self.names.clear()
        self.served.clear()


_plans: "WeakKeyDictionary[Any, _Plans]" = WeakKeyDictionary()


class PlannedCursor(extensions.cursor):
    """The driver's cursor, which asks by name what was asked before."""

    def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 - the driver's name
        """As the driver's."""
        # A named cursor reads a long answer by pieces; a log of queries is read by people.
        if vars and self.name is None and isinstance(query, str) and _may_be_planned(query, vars):
            asked = self._planned(query, vars)
            if asked is not query:
                return self._by_name(asked, query, vars)
        return super().execute(query, vars)

    def _by_name(self, asked: str, query: str, values: Sequence[Any]) -> None:
        try:
            super().execute(asked, values)
        except errors.FeatureNotSupported:
            # A column has changed since: whatever is known of this connection is asked anew.
            _plans[self.connection].forget()
            state = self.connection.get_transaction_status()
            if state != extensions.TRANSACTION_STATUS_IDLE:
                raise
            super().execute(f"DEALLOCATE ALL; {query}", values)

    def _planned(self, query: str, values: Sequence[Any]) -> str:
        """The statement by its name, if it has one or deserves one now."""
        if (parts := _parts(query)) is None:
            return query
        before, sql, taken = parts
        own = values[taken:]
        name = self._name((sql, tuple(map(_type, own))))
        if not name:
            return query
        places = f" ({', '.join(['%s'] * len(own))})" if own else ""
        return f"{before}{self._mode(sql.endswith(ONE_PLAN))}EXECUTE {name}{places}"

    def _mode(self, one_plan: bool) -> str:
        """What changes it, where it is another one."""
        plans = _plans[self.connection]
        if plans.one_plan == one_plan:
            return ""
        plans.one_plan = one_plan
        return f"SET plan_cache_mode = {_MODES[one_plan]}; "

    def _name(self, key: _Key) -> str:
        plans = _plans.setdefault(self.connection, _Plans())
        if (name := plans.names.get(key)) is not None:
            plans.names.move_to_end(key)
            plans.served[name] += 1
            if not name or plans.served[name] <= PLAN_SERVES:
                return name
            self._forget(plans, key)
        elif not _is_asked_again(plans, key):
            return ""
        if len(plans.names) >= KEPT:
            self._forget(plans, next(iter(plans.names)))
        name = plans.names[key] = "" if None in key[1] else self._prepare(plans, key)
        plans.served[name] = 1
        return name

    def _forget(self, plans: _Plans, key: _Key) -> None:
        if name := plans.names.pop(key):
            del plans.served[name]
            super().execute(f"DEALLOCATE {name}")

    def _prepare(self, plans: _Plans, key: _Key) -> str:
        """Its name, or nothing where the server finds no sense in places instead of values."""
        sql, types = key
        name = f"planned_{next(plans.numbers)}"
        declared = f" ({', '.join(map(str, types))})" if types else ""
        numbered = sql % tuple(f"${place}" for place in range(1, len(types) + 1))
        prepare = f"PREPARE {name}{declared} AS {numbered}"
        # Within a transaction a failed statement must not end it.
        idle = self.connection.get_transaction_status() == extensions.TRANSACTION_STATUS_IDLE
        inside = not (idle and self.connection.autocommit)
        try:
            super().execute(f"SAVEPOINT planned; {prepare}; RELEASE planned" if inside else prepare)
        except psycopg2.ProgrammingError:
            if inside:
                super().execute("ROLLBACK TO planned; RELEASE planned")
            return ""
        return name


@lru_cache(2 * KEPT)
def _parts(query: str) -> tuple[str, str, int] | None:
    """The context of the history, the statement, and how many values the former takes. A text of
    some kilobytes is read once: the next time it is the same string, whose hash Python keeps.
    """
    if (parts := _PARTS.fullmatch(query)) is None:
        return None
    before = parts[1] or ""
    return before, parts[2], before.count("%s")


def _is_asked_again(plans: _Plans, key: _Key) -> bool:
    if len(plans.asked) >= KEPT:
        # What was asked once or twice: none of the plans is lost with it.
        plans.asked.clear()
    asked = plans.asked[key] = plans.asked.get(key, 0) + 1
    if asked <= settings.PLANNED_WHEN_ASKED_BEFORE:
        return False
    del plans.asked[key]
    return True


def _may_be_planned(query: str, values: Any) -> bool:
    """Many values are rows to be stored, unless somebody wrote the statement to be kept."""
    return (
        isinstance(values, (list, tuple))
        and (len(values) <= MOST_VALUES or query.endswith(ONE_PLAN))
        and not connection.queries_logged
    )


def _type(value: Any) -> str | None:
    """The type of the literal that the driver writes for a value."""
    if (known := _TYPES.get(type(value))) is not None:
        return known if value is None or _is_plain(value) else None
    if isinstance(value, str):
        return "unknown"
    if isinstance(value, int):
        return "integer" if value in _INTEGER else "bigint" if value in _BIGINT else None
    return _type_of_list(value) if isinstance(value, list) else None


def _is_plain(value: Any) -> bool:
    """A moment without its zone, and a whole number as a decimal, the driver writes as others."""
    if isinstance(value, datetime):
        return value.tzinfo is not None
    return not isinstance(value, Decimal) or (value.is_finite() and value % 1 != 0)


def _type_of_list(values: list[Any]) -> str | None:
    if not values:
        return "unknown"  # a list of whatever it is compared with
    if any(value is None or isinstance(value, list) for value in values):
        return None
    types = {_type(value) for value in values}
    if types == {"integer", "bigint"}:
        return "bigint[]"
    one = types.pop()
    return None if types or one is None else f"{'text' if one == 'unknown' else one}[]"
