"""A plugin of pytest: the fault of one mutant in the database of the tests."""

import os
from collections.abc import Callable

import pytest
from django.db import connection

from tests import database

FAULT = os.environ.get("MUTANT_SQL", "")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    copy: Callable[[str], None] = database._copy_template

    def copy_with_fault(name: str) -> None:
        copy(name)
        with connection.cursor() as cursor:
            for statement in FAULT.split(";"):
                cursor.execute(statement)

    if FAULT:
        database._copy_template = copy_with_fault
