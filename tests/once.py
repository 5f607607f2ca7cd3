"""Rows that many tests begin with are made once: each test works in a savepoint beside them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

Made = TypeVar("Made")


@contextmanager
def once(blocker: DjangoDbBlocker, make: Callable[[], Made]) -> Iterator[Made]:
    """For a fixture of a module or class: one transaction around its tests, taken back at the end.

    What a test changes in the database is taken back after it; what it changes in an object of
    the fixture stays, so tests ask for such a row again. No test of the module may commit
    (`transaction=True`).
    """
    around: Any = transaction.atomic()
    # As Django's own around a test: what is to be outermost in the product may begin inside.
    around._from_testcase = True
    with blocker.unblock(), translation.override(settings.LANGUAGE_CODE), around:
        made = make()
        # Else the keys of these rows would be checked anew after each test.
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)
