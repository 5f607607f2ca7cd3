"""Tests run as the owner, who may delete anything: what the product may not is noticed here."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

from apps.core.grants import DELETED

STATEMENT = re.compile(
    r'\bDELETE\s+FROM\s+(?:ONLY\s+)?"?(\w+)|\bTRUNCATE\s+(?:TABLE\s+)?"?(\w+)', re.IGNORECASE
)


def _asked_by_the_product() -> bool:
    """The nearest frame of our own is the product's, not the test's."""
    ours = (str(settings.BASE_DIR / "apps"), str(settings.BASE_DIR / "tests"))
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(ours) and name != __file__:
            return name.startswith(ours[0])
        frame = frame.f_back  # type: ignore[assignment]
    return False


def _watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Called by Django around every statement."""
    if isinstance(sql, str) and ("DELETE" in sql or "TRUNCATE" in sql):
        tables = {first or second for first, second in STATEMENT.findall(sql)}
        if (strange := tables - set(DELETED)) and _asked_by_the_product():
            raise AssertionError(
                f"The serving role may not delete from {sorted(strange)}: see apps/core/grants.py"
            )
    return execute(sql, params, many, context)


@contextmanager
def watched() -> Iterator[None]:
    """For the time of a test."""
    with connection.execute_wrapper(_watch):
        yield
