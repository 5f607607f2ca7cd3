"""A plugin of pytest: the fault of one mutant in the database of the tests."""

import os
from collections.abc import Callable

import pytest

FAULT = os.environ.get("MUTANT_SQL", "")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    if not FAULT:
        return
    # Only now are the apps loaded.
    from django.db import connection

    from tests import database

    copy: Callable[[str], None] = database._copy_template

    def copy_with_fault(name: str) -> None:
        copy(name)
        with connection.cursor() as cursor:
            for statement in FAULT.split(";"):
                cursor.execute(statement)

    database._copy_template = copy_with_fault
