"""Queries whose SQL is written once in the life of a process.

Django takes several times as long to write the SQL of what is due as PostgreSQL takes to answer it
for one person, and writes it anew for every request. A prepared query is an ordinary query with
slots where its values belong; each asking fills them.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.utils import create_namedtuple_class


class Slot(Expression):
    """Stands in a query where a value of each asking belongs."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)


class Prepared:
    """A `values_list` with slots. Its columns come as the driver gives them: no encrypted ones."""

    def __init__(self, build: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._build = build

    def rows(self, **values: Any) -> list[Any]:
        """Named tuples, for one value for each slot."""
        sql, params = self._statement
        filled = [values[p.name] if isinstance(p, Slot) else p for p in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            row = create_namedtuple_class(*(column.name for column in cursor.description))
            return [row._make(found) for found in cursor.fetchall()]

    @cached_property
    def _statement(self) -> tuple[str, tuple[Any, ...]]:
        return self._build().query.sql_with_params()
