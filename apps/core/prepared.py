"""Queries whose SQL is written once in the life of a process.

Django takes several times as long to write the SQL of what is due as PostgreSQL takes to answer it
for one person, and writes it anew for every request. A prepared query is an ordinary query with
slots where its values belong; each asking fills them.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.utils import create_namedtuple_class

MISSING: Final[Any] = object()


class Slot(Expression):
    """Stands in a query where a value of each asking belongs."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


Statement = tuple[str, tuple[Any, ...]]


def _ask(statement: Statement, values: Mapping[str, Any]) -> list[Any]:
    """The answer as named tuples."""
    sql, params = statement
    filled = [values[p.name] if isinstance(p, Slot) else p for p in params]
    with connection.cursor() as cursor:
        cursor.execute(sql, filled)
        row = create_namedtuple_class(*(column.name for column in cursor.description))
        return [row._make(found) for found in cursor.fetchall()]


class Prepared:
    """A `values_list` with slots. Its columns come as the driver gives them: no encrypted ones."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._build = build

    def rows(self, **values: Any) -> list[Any]:
        """Named tuples, for one value for each slot."""
        return _ask(self._statement, values)

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        return self._build().query.sql_with_params()


class PreparedByScope:
    """Written queries of many users. The key has to hold all that the query depends on: the
    user's `scope_key`, the day, the unit that is looked at.
    """

    def __init__(self, kept: int = 500) -> None:
        self._kept = kept
        self._statements: dict[tuple[Any, ...], Statement | None] = {}

    def rows(
        self, key: tuple[Any, ...], build: Callable[[], "QuerySet[Any, Any]"], **values: Any
    ) -> list[Any]:
        """Named tuples, for one value for each slot; an empty scope asks nothing."""
        # Another thread may make room between two look-ups: each statement is looked up once.
        statement = self._statements.get(key, MISSING)
        if statement is MISSING:
            statement = _written(build)
            if len(self._statements) >= self._kept:
                self._statements.clear()
            self._statements[key] = statement
        return [] if statement is None else _ask(statement, values)


def _written(build: Callable[[], "QuerySet[Any, Any]"]) -> Statement | None:
    try:
        return build().query.sql_with_params()
    except EmptyResultSet:
        return None
