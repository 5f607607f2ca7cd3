"""Queries whose SQL is written once in the life of a process.

Django takes several times as long to write the SQL of what is due as PostgreSQL takes to answer it
for one person, and writes it anew for every request. A prepared query is an ordinary query with
slots where its values belong; each asking fills them.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BigIntegerField, Expression, F, Field, Lookup, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.utils import create_namedtuple_class

from apps.core.planned import ONE_PLAN

MISSING: Final[Any] = object()


class Filled:
    """Stands among the values of a statement where one of each asking belongs."""

    __slots__ = ()

    def among(self, values: Mapping[str, Any]) -> Any:
        """Its value of one asking."""
        raise NotImplementedError


class Slot(Filled, Expression):
    """Stands in a query where a value of each asking belongs."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", (self,)

    def among(self, values: Mapping[str, Any]) -> Any:
        return values[self.name]


class Among(Lookup):  # type: ignore[type-arg]
    """A column is one of the numbers of a slot, as a condition of a prepared query."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, column: str, slot: str = "ids") -> None:
        super().__init__(F(column), Slot(slot, BigIntegerField()))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        numbers, slots = compiler.compile(self.rhs)
        return f"{column} = ANY({numbers}::bigint[])", (*params, *slots)


Reader = Callable[[list[Any]], list[Any]]


@dataclass(frozen=True)
class Statement:
    """A query as Django writes it, and what its rows are made into."""

    sql: str
    params: tuple[Any, ...]
    read: Reader | None

    @classmethod
    def of(cls, queryset: "QuerySet[Any, Any]") -> "Statement":
        """Rows of a model, or the named tuples of a `values_list`."""
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        is_model = queryset._iterable_class is ModelIterable  # type: ignore[attr-defined]
        return cls(sql, params, _reader(compiler) if is_model else None)

    @cached_property
    def fixed(self) -> tuple[str, tuple[Any, ...]]:
        """The text that the database is asked, and what stays open in it. Words and days that are
        always the same stand in the text: a plan made once can use what holds for them alone.
        """
        return fixed(self.sql, self.params)

    @cached_property
    def text(self) -> str:
        """With the mark that one plan fits all its values."""
        return self.fixed[0] + ONE_PLAN

    def filled(self, values: Mapping[str, Any]) -> list[Any]:
        """The values for its places."""
        return [p.among(values) if isinstance(p, Filled) else p for p in self.fixed[1]]

    def rows(self, values: Mapping[str, Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.filled(values))
            if self.read is not None:
                return self.read(cursor.fetchall())
            row = create_namedtuple_class(*(column.name for column in cursor.description))
            return [row._make(found) for found in cursor.fetchall()]


def fixed(sql: str, params: Sequence[Any]) -> tuple[str, tuple[Any, ...]]:
    """A statement with its words, days and truths in its text, and the values that stay open:
    numbers, which most often are somebody's, and slots.
    """
    with connection.cursor() as cursor:
        texts = [
            cursor.mogrify("%s", [param]).decode().replace("%", "%%")
            if isinstance(param, str | bool | date)
            else "%s"
            for param in params
        ]
    still_open = [p for p, text in zip(params, texts, strict=True) if text == "%s"]
    # A sign of per cent that Django has doubled stays so: the text is filled once more.
    return sql.replace("%%", "%%%%") % tuple(texts), tuple(still_open)


def _reader(compiler: Any) -> Reader:
    """What Django's ModelIterable does with each row, its preparations done once."""
    select, classes = compiler.select, compiler.klass_info
    model, places = classes["model"], classes["select_fields"]
    first, last = places[0], places[-1] + 1
    names = [column[0].target.attname for column in select[first:last]]
    related = get_related_populators(classes, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    converters = [
        (place, converter, expression)
        for place, (found, expression) in compiler.get_converters(
            [column[0] for column in select]
        ).items()
        for converter in found
    ]
    added = list(compiler.annotation_col_map.items())

    def read(rows: list[Any]) -> list[Any]:
        made = []
        for row in map(list, rows):
            for place, convert, expression in converters:
                row[place] = convert(row[place], expression, connection)
            instance = model.from_db(DEFAULT_DB_ALIAS, names, row[first:last])
            for populator in related:
                populator.populate(row, instance)
            for name, place in added:
                setattr(instance, name, row[place])
            made.append(instance)
        return made

    return read


class Prepared:
    """A query with slots, of a model or a `values_list`. The columns of the latter come as the
    driver gives them: no encrypted ones.
    """

    def __init__(self, build: Callable[[], "QuerySet[Any, Any]"]) -> None:
        self._build = build

    def rows(self, **values: Any) -> list[Any]:
        """Rows of the model or named tuples, for one value for each slot."""
        return self.statement.rows(values)

    @cached_property
    def statement(self) -> Statement:
        return Statement.of(self._build())


class PreparedByScope:
    """Written queries that differ by more than values. The key has to hold all that a query
    depends on: the day, the unit that is looked at, the `scope_key` of a user. Queries of rows that
    a user sees are better written for all who read alike: `shared_statements`.
    """

    def __init__(self, kept: int = 500) -> None:
        self._kept = kept
        self._statements: dict[Hashable, Statement | None] = {}

    def rows(
        self, key: Hashable, build: Callable[[], "QuerySet[Any, Any]"], **values: Any
    ) -> list[Any]:
        """Rows of the model or named tuples, for one value for each slot; an empty scope asks
        nothing.
        """
        statement = self.statement(key, build)
        return [] if statement is None else statement.rows(values)

    def counts(
        self,
        key: tuple[Any, ...],
        builds: Sequence[Callable[[], "QuerySet[Any, Any]"]],
        **values: Any,
    ) -> list[int]:
        """How many rows each of the queries has; one query for all of them."""
        written = [self.statement((*key, place), one) for place, one in enumerate(builds)]
        return counts_of(written, values)

    def statement(
        self, key: Hashable, build: Callable[[], "QuerySet[Any, Any]"]
    ) -> Statement | None:
        # Another thread may make room between two look-ups: each statement is looked up once.
        statement = self._statements.get(key, MISSING)
        if statement is MISSING:
            statement = written(build())
            if len(self._statements) >= self._kept:
                self._statements.clear()
            self._statements[key] = statement
        return cast("Statement | None", statement)


def counts_of(statements: Sequence[Statement | None], values: Mapping[str, Any]) -> list[int]:
    """How many rows each has, in one query; none where there is no statement."""
    asked = [statement for statement in statements if statement is not None]
    numbers: list[int] = []
    if asked:
        # Written by Django, each of them.
        parts = ", ".join(f"(SELECT count(*) FROM ({one.fixed[0]}) asked)" for one in asked)  # noqa: S608
        with connection.cursor() as cursor:
            params = [p for one in asked for p in one.filled(values)]
            cursor.execute(f"SELECT {parts}{ONE_PLAN}", params)
            numbers = list(cursor.fetchone())
    found = iter(numbers)
    return [0 if statement is None else next(found) for statement in statements]


def written(queryset: "QuerySet[Any, Any]") -> Statement | None:
    """None for a query that can find nothing."""
    try:
        return Statement.of(queryset)
    except EmptyResultSet:
        return None
