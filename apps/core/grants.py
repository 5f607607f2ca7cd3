"""What the serving role may do in the database: read and add everywhere, change where it must.

Rows that only ever grow (the access log, the history of every row) cannot be changed or deleted
by the role that serves pages, whatever code runs there. It deletes from the tables of `DELETED`
alone, and what it deletes there stays in the history, where that says something about anybody.
It cannot go round the triggers that write the history: see `ALWAYS_WRITTEN`.
"""

from typing import Final, NamedTuple

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from pghistory.models import Event

# Written by migrations alone.
READ_ONLY_TABLES = ("django_migrations",)


class Deleting(NamedTuple):
    """Why rows of a table are deleted, and whether each leaves its row in the history."""

    why: str
    in_history: bool = True


# Every table that the product deletes from; the tests stop a deletion from any other.
DELETED: Final[dict[str, Deleting]] = {
    "accounts_user_villages": Deleting("a worker's villages are chosen anew"),
    "assessments_roundtarget": Deleting("two files are merged that stand in one round"),
    "covers_cover": Deleting("a cover that has not begun is called off"),
    "covers_cover_assignments": Deleting("what such a cover gave, or a new worker took back"),
    "persons_assignment": Deleting("an assignment that had not begun is taken back"),
    "workbench_savedview": Deleting("its owner throws a view away"),
    "accounts_signintry": Deleting("tries are forgotten after a time", in_history=False),
    "core_sent": Deleting("a form's key that no page can send again", in_history=False),
    "imports_importfile": Deleting("files are kept for thirty days", in_history=False),
    "imports_importline": Deleting("lines go with their file, or are found anew", in_history=False),
    "notices_notice": Deleting("read long ago; the act told of stays", in_history=False),
    "django_session": Deleting("who signs out leaves nothing", in_history=False),
    "schedule_dueitem": Deleting("windows follow from the rules, made anew", in_history=False),
}

# pgtrigger asks this function before every trigger, and takes the answer from a setting that any
# role may change. Here nothing is left out, whatever the setting says: the history is complete,
# and rows that only grow cannot be changed. The owner of the tables can still disable a trigger.
ALWAYS_WRITTEN: Final = """
CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME)
RETURNS BOOLEAN LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT FALSE'
"""


# pghistory's own writes anew whose act an older change was, when a session says so, and it runs
# with the rights of the owner. Here a context grows within the transaction that made it, and is
# never another one afterwards: words that differ get a row of their own.
WHOSE_ACT: Final = """
CREATE OR REPLACE FUNCTION "public"._pgh_attach_context()
RETURNS "public".pghistory_context.id%TYPE
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    given UUID := NULLIF(current_setting('pghistory.context_id', true), '');
    told JSONB := NULLIF(current_setting('pghistory.context_metadata', true), '');
    found_ pghistory_context%ROWTYPE;
BEGIN
    IF given IS NULL OR told IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO found_ FROM pghistory_context WHERE id = given;
    IF FOUND AND found_.metadata = told THEN
        RETURN given;
    ELSIF FOUND AND found_.created_at = now() AND told @> found_.metadata THEN
        UPDATE pghistory_context SET metadata = told, updated_at = now() WHERE id = given;
        RETURN given;
    ELSIF FOUND THEN
        given := md5(given::text || told::text)::uuid;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
        VALUES (given, told, now(), now()) ON CONFLICT (id) DO NOTHING;
    RETURN given;
END $$
"""


def append_only_models() -> list[type[models.Model]]:
    """Models whose rows are added and never changed."""
    named = [apps.get_model(label) for label in settings.APPEND_ONLY_MODELS]
    history = [m for m in apps.get_models() if issubclass(m, Event) and m._meta.managed]
    return named + history


def close_the_way_round(connection: BaseDatabaseWrapper) -> None:
    """After every migration, for a migration that adds a trigger writes pgtrigger's own again."""
    with connection.cursor() as cursor:
        cursor.execute(ALWAYS_WRITTEN)
        cursor.execute(WHOSE_ACT)


def apply_grants(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the serving role its rights on every table there is, and the least on future ones.

    A table of a later migration may be read and added to at once; `manage.py setup` runs this
    again and adds the right to change it, unless it is append-only.
    """
    name = connection.ops.quote_name
    who, database = name(role), name(connection.settings_dict["NAME"])
    statements = [
        f"GRANT USAGE ON SCHEMA public TO {who}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        # A table of one's own for the session would stand before the real one in every trigger.
        f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {who}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {who}",
        f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {who}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO {who}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {who}",
    ]
    statements += [f"GRANT DELETE ON {name(table)} TO {who}" for table in sorted(DELETED)]
    for model in append_only_models():
        statements.append(f"REVOKE UPDATE, DELETE ON {name(model._meta.db_table)} FROM {who}")
    for table in READ_ONLY_TABLES:
        statements.append(f"REVOKE INSERT, UPDATE, DELETE ON {name(table)} FROM {who}")
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    close_the_way_round(connection)
