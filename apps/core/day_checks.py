"""The outer bounds of every day, as a fact in the database.

Forms bound days more narrowly and say so in words; this is the net under commands, imports and
whatever code comes. The checks are no part of migrations: after each `migrate` every column of
days that has none gets one, those of a later migration too. None locks a table for longer than a
moment: a check holds for new rows at once, and rows that are there are looked at beside the work.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event

from apps.core.days import FIRST_DAY, LAST_DAY

SUFFIX = "_is_a_day"


def day_columns() -> Iterator[tuple[str, str]]:
    """Table and column of every day that is kept; histories copy rows that passed."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy or issubclass(model, Event):
            continue
        for field in model._meta.local_concrete_fields:
            is_day = isinstance(field, models.DateField)
            if is_day and not isinstance(field, models.DateTimeField):
                yield model._meta.db_table, str(field.column)


def ensure_day_checks(connection: BaseDatabaseWrapper) -> list[str]:
    """Add what is missing; what held rows beyond the bounds stays unproven and is returned."""
    name = connection.ops.quote_name
    unproven = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conname LIKE %s",
            [f"%{SUFFIX}"],
        )
        known = {(table.strip('"'), constraint) for table, constraint in cursor.fetchall()}
        for table, column in day_columns():
            check = f"{column}{SUFFIX}"
            if table not in tables or (table, check) in known:
                continue
            within = f"{name(column)} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}'"
            add = f"ALTER TABLE {name(table)} ADD CONSTRAINT {name(check)}"
            cursor.execute(f"{add} CHECK ({within}) NOT VALID")
            cursor.execute(f"SELECT EXISTS (SELECT FROM {name(table)} WHERE NOT {within})")  # noqa: S608 - our own names
            if cursor.fetchone()[0]:
                unproven.append(f"{table}.{column}")
            else:
                cursor.execute(f"ALTER TABLE {name(table)} VALIDATE CONSTRAINT {name(check)}")
    return unproven


def after_migrate(*, using: str, verbosity: int = 1, **_signal: Any) -> None:
    """Once, when all migrations have run."""
    from django.db import connections

    for column in ensure_day_checks(connections[using]):
        if verbosity:
            print(f"  {column} holds days before 1900 or after 2199: correct them")  # noqa: T201
