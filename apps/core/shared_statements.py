"""Statements that users who read alike share: written once for all of them.

What a query asks of a user are numbers (account, unit, units merged into it): but for these the SQL
of all workers of all towns is the same. A query is written for two invented users of one shape,
whose numbers nobody has. Where the two statements differ by these numbers alone, each becomes a
place that the reader's own number fills; where anything else differs, or writing asks the
database, the statement is written for each user.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, cast

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from apps.core.prepared import MISSING, Filled, PreparedByScope, Statement, counts_of, written


class Reader(Protocol):
    """What decides how a query of a user's rows is written."""

    @property
    def scope_shape(self) -> Hashable:
        """Equal for users whose queries differ by numbers alone."""

    @property
    def scope_numbers(self) -> tuple[int, ...]:
        """As many for each user of a shape, in one order."""

    def alike(self, seed: int) -> Any:
        """An invented user of this shape; for each seed with numbers that nobody has."""


Build = Callable[[Any], "QuerySet[Any, Any]"]
# Under which the numbers of the reader come with the values of the slots.
_NUMBERS: Final = "numbers of the reader"


@dataclass(frozen=True, slots=True)
class Place(Filled):
    """Where one of the reader's numbers belongs among the values of a statement."""

    number: int

    def among(self, values: Mapping[str, Any]) -> Any:
        return values[_NUMBERS][self.number]


@dataclass(frozen=True, slots=True)
class Places(Filled):
    """Where a list of them belongs."""

    numbers: tuple[int, ...]

    def among(self, values: Mapping[str, Any]) -> Any:
        return [values[_NUMBERS][number] for number in self.numbers]


class NotAlike(Exception):
    """Two users of one shape are not asked by one statement."""


_OWN: Final[Any] = object()


class PreparedForReaders:
    """Written queries of many users. A key holds all that a query depends on, but for the user."""

    def __init__(self, kept: int = 500) -> None:
        self._kept = kept
        self._shared: dict[Hashable, Any] = {}
        self._own = PreparedByScope(kept)
        # How often a statement was asked and compared with what the reader alone would be written.
        self._asked: Counter[Hashable] = Counter()

    def rows(self, reader: Reader, key: Hashable, build: Build, **values: Any) -> list[Any]:
        """Rows of the model or named tuples, for one value for each slot; an empty scope asks
        nothing. `build` makes the query of a user who reads like `reader`.
        """
        statement = self._statement(reader, key, build)
        return [] if statement is None else statement.rows(self._with_numbers(reader, values))

    def counts(
        self, reader: Reader, key: Hashable, builds: Sequence[Build], **values: Any
    ) -> list[int]:
        """How many rows each of the queries has; one query for all of them."""
        found = [self._statement(reader, (key, place), one) for place, one in enumerate(builds)]
        return counts_of(found, self._with_numbers(reader, values))

    def _statement(self, reader: Reader, key: Hashable, build: Build) -> Statement | None:
        place = (reader.scope_shape, key)
        shared = self._shared.get(place, MISSING)
        if shared is MISSING:
            shared = _shared_by_all_like(reader, build)
            if len(self._shared) >= self._kept:
                self._shared.clear()
                self._asked.clear()
            self._shared[place] = shared
        if shared is _OWN:
            return self._own.statement((reader.scope_numbers, place), lambda: build(reader))
        if self._asked[place] < settings.STATEMENTS_COMPARED:
            self._asked[place] += 1
            own = self._own.statement((reader.scope_numbers, place), lambda: build(reader))
            _compare(shared, own, reader)
        return cast("Statement | None", shared)

    @staticmethod
    def _with_numbers(reader: Reader, values: Mapping[str, Any]) -> dict[str, Any]:
        return {_NUMBERS: reader.scope_numbers, **values}


def _shared_by_all_like(reader: Reader, build: Build) -> Any:
    """The statement, None where such readers see nothing, or _OWN."""
    one, other = reader.alike(1), reader.alike(2)
    try:
        with _no_queries():
            first, second = written(build(one)), written(build(other))
        shared = _with_places(first, second, one, other)
        _compare(shared, written(build(reader)), reader)
    except NotAlike:
        return _OWN
    return shared


def _with_places(
    first: Statement | None, second: Statement | None, one: Reader, other: Reader
) -> Statement | None:
    if first is None or second is None:
        if first is not second:
            raise NotAlike
        return None
    if first.sql != second.sql or len(first.params) != len(second.params):
        raise NotAlike
    numbers = zip(one.scope_numbers, other.scope_numbers, strict=True)
    places = {pair: place for place, pair in enumerate(numbers)}
    pairs = zip(first.params, second.params, strict=True)
    return replace(first, params=tuple(_param(mine, theirs, places) for mine, theirs in pairs))


def _param(mine: Any, theirs: Any, places: Mapping[tuple[int, int], int]) -> Any:
    if mine == theirs:
        return mine
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        return Places(tuple(_number(pair, places) for pair in zip(mine, theirs, strict=True)))
    return Place(_number((mine, theirs), places))


def _number(pair: tuple[Any, Any], places: Mapping[tuple[int, int], int]) -> int:
    try:
        return places[pair]
    except (KeyError, TypeError):
        raise NotAlike from None


def _compare(shared: Statement | None, own: Statement | None, reader: Reader) -> None:
    """Raises NotAlike where the reader's own statement is another one."""
    if shared is None or own is None:
        if shared is not own:
            raise NotAlike
        return
    values = {_NUMBERS: reader.scope_numbers}
    filled = [p.among(values) if isinstance(p, Place | Places) else p for p in shared.params]
    if shared.sql != own.sql or filled != list(own.params):
        raise NotAlike(shared.sql, filled, own.sql, own.params)


@contextmanager
def _no_queries() -> Iterator[None]:
    """An invented user finds nothing: what depends on an answer is no statement of theirs."""

    def refuse(*_asked: Any) -> Any:
        raise NotAlike

    with connection.execute_wrapper(refuse):
        yield
