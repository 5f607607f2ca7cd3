"""A lock names its rows: a lock on a whole table makes everybody of the office wait."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

LOCKING = re.compile(r"\bFOR (?:NO KEY )?UPDATE\b")
# A column is compared with what was given: a key, a day, a state.
NAMED = re.compile(r'\bWHERE\b.*"\w+" (?:= |IN )')


def _watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Called by Django around every statement."""
    if isinstance(sql, str) and LOCKING.search(sql) and not NAMED.search(sql):
        raise AssertionError(f"Rows are locked that nobody named: {sql}")
    return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[None]:
    """For the time of a test."""
    with connection.execute_wrapper(_watch):
        yield
