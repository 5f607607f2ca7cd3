"""What the serving role may do in the database: read and add everywhere, change where it must.

Rows that only ever grow (the access log, the history of every row) cannot be changed or deleted
by the role that serves pages, whatever code runs there.
"""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event

# Written by migrations alone.
READ_ONLY_TABLES = ("django_migrations",)


def append_only_models() -> list[type[models.Model]]:
    """Models whose rows are added and never changed."""
    named = [apps.get_model(label) for label in settings.APPEND_ONLY_MODELS]
    history = [m for m in apps.get_models() if issubclass(m, Event) and m._meta.managed]
    return named + history


def apply_grants(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the serving role its rights on every table there is, and the least on future ones.

    A table of a later migration may be read and added to at once; `manage.py setup` runs this
    again and adds the right to change it, unless it is append-only.
    """
    name = connection.ops.quote_name
    who = name(role)
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {who}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {who}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {who}",
    ]
    for model in append_only_models():
        table = name(model._meta.db_table)
        statements.append(f"REVOKE UPDATE, DELETE ON {table} FROM {who}")
    for table in READ_ONLY_TABLES:
        statements.append(f"REVOKE INSERT, UPDATE, DELETE ON {name(table)} FROM {who}")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
