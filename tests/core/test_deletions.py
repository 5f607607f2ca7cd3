"""The serving role deletes what the product deletes, and each deletion is in the history."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from pghistory.models import Event

from apps.accounts.models import UserVillage
from apps.core.grants import ALWAYS_WRITTEN, DELETED
from config.postgres_connection import ROLES, Connection
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, area
from tests.factories.persons import AssignmentFactory

pytestmark = pytest.mark.django_db
NEW_AREA = """
INSERT INTO areas_area (code, name, name_initials, level, is_pseudo, active, shared_caseload,
  former_names)
VALUES ('97', 'x', 'x', 'province', false, true, false, '{}')
"""


@pytest.fixture
def as_web() -> Iterator[Any]:
    """A connection of the serving role to this test's database."""
    found = Connection(settings.VAR_DIR).connect("web", connection.settings_dict["NAME"])
    yield found.cursor()
    found.close()


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def test_of_all_tables_only_the_named_ones_may_be_deleted_from() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace ="
            " 'public'::regnamespace AND has_table_privilege(%s, oid, 'DELETE')",
            [ROLES["web"]],
        )
        assert {row[0] for row in cursor.fetchall()} == set(DELETED)
    assert len(tables()) > 100
    assert set(DELETED) < set(tables())


def test_what_is_deleted_is_kept_unless_it_says_nothing_about_anybody() -> None:
    """Each table that is named as kept has a trigger that writes its deletions."""
    with connection.cursor() as cursor:
        # 8: the bit of a trigger that fires on DELETE.
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger"
            " WHERE tgname LIKE 'pgtrigger_delete_delete%%' AND tgtype & 8 = 8 AND tgenabled = 'O'"
        )
        kept = {row[0] for row in cursor.fetchall()}
    assert {table for table, deleting in DELETED.items() if deleting.in_history} <= kept
    tracked = {
        event.pgh_tracked_model._meta.db_table  # type: ignore[attr-defined]
        for event in apps.get_models()
        if issubclass(event, Event) and hasattr(event, "pgh_tracked_model")
    }
    quiet = {table for table, deleting in DELETED.items() if not deleting.in_history}
    assert quiet & tracked == set()


@pytest.mark.parametrize(
    "setting",
    [
        "SET pgtrigger.ignore = '{areas_area:%}'",
        "SET pgtrigger.ignore = '{update_update,delete_delete,insert_insert,append_only}'",
        "SET pgtrigger.ignore = %s",
    ],
)
def test_no_setting_of_a_session_writes_without_history(as_web: Any, setting: str) -> None:
    as_web.execute("SELECT array_agg(tgname)::text FROM pg_trigger WHERE NOT tgisinternal")
    every = as_web.fetchone()[0]
    as_web.execute(setting, [every] if setting.endswith("%s") else None)
    as_web.execute(NEW_AREA)
    as_web.execute("UPDATE areas_area SET name = 'y' WHERE code = '97'")
    as_web.execute("SELECT name FROM areas_areaevent WHERE code = '97' ORDER BY pgh_id")
    assert [name for (name,) in as_web.fetchall()][-1:] == ["y"]
    as_web.execute("SELECT count(*) FROM areas_areaevent WHERE code = '97'")
    assert as_web.fetchone() == (2,)
    as_web.connection.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE areas_area DISABLE TRIGGER USER",
        "ALTER ROLE CURRENT_USER SET session_replication_role = replica",
        "CREATE TEMP TABLE areas_areaevent (LIKE areas_areaevent)",
        "CREATE SCHEMA mine",
        ALWAYS_WRITTEN.replace("FALSE", "TRUE"),
        "DROP TABLE areas_areaevent",
        "COPY areas_area TO PROGRAM 'true'",
        "COPY areas_area FROM '/etc/passwd'",
        f"SET ROLE {ROLES['owner']}",
        f"SET SESSION AUTHORIZATION {ROLES['owner']}",
        "TRUNCATE areas_area",
        "TRUNCATE audit_accesslog",
        "DELETE FROM audit_accesslog",
        "UPDATE audit_accesslog SET username = 'x'",
        "UPDATE audit_accessseal SET rows = 0",
        "CREATE TABLE public.areas_areaevent2 (x int)",
        "CREATE TABLE pg_catalog.areas_areaevent (x int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE EXTENSION hstore",
        "CREATE TRIGGER mine BEFORE INSERT ON areas_area EXECUTE FUNCTION audit_seal_in_order()",
        "CREATE RULE mine AS ON INSERT TO areas_areaevent DO INSTEAD NOTHING",
        "ALTER TABLE areas_areaevent RENAME TO gone",
        "ALTER FUNCTION audit_seal_in_order() RENAME TO gone",
        "SELECT pg_read_file('PG_VERSION')",
        "SELECT pg_ls_dir('.')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT setval('audit_accesslog_id_seq', 1)",
    ],
)
def test_the_triggers_cannot_be_switched_off_or_led_astray(as_web: Any, statement: str) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_web.execute(statement)


def test_the_serving_role_is_nobody_else_and_owns_nothing(as_web: Any) -> None:
    as_web.execute(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls"
        " FROM pg_roles WHERE rolname = current_user"
        " UNION ALL SELECT true FROM pg_auth_members WHERE member = current_user::regrole"
        " UNION ALL SELECT true FROM pg_class WHERE relowner = current_user::regrole"
        " UNION ALL SELECT true FROM pg_proc WHERE proowner = current_user::regrole"
        " UNION ALL SELECT true FROM pg_namespace WHERE has_schema_privilege(oid, 'CREATE')"
        " UNION ALL SELECT true FROM pg_database WHERE datname = current_database()"
        " AND has_database_privilege(oid, 'CREATE,TEMPORARY')"
    )
    assert as_web.fetchall() == [(False,)]


def test_no_function_lends_the_rights_of_its_owner(as_web: Any) -> None:
    """But two, which look in public alone: one says whose act a change was (see the next test), one
    takes an import back (tests/imports/test_taken_back.py says of what and how far).
    """
    as_web.execute(
        "SELECT oid::regprocedure::text, proconfig::text FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1"
    )
    path = '{"search_path=public, pg_temp"}'
    assert as_web.fetchall() == [
        ("_pgh_attach_context()", path), ("imports_take_back(uuid)", path),
    ]  # fmt: skip


CONTEXT = """
SELECT set_config('pghistory.context_id', '{id}', false),
  set_config('pghistory.context_metadata', '{words}', false)
"""
OLD, OTHER = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def test_whose_act_an_older_change_was_is_never_written_anew(as_web: Any) -> None:
    """By a session that names the context of another's act, with or without a change of its own."""
    for words in ('{"user": 8}', '{"user": 7, "reason": "x"}'):
        as_web.execute(
            "INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES"
            " (%s, '{\"user\": 7}', now() - interval '1 day', now())",
            [OLD],
        )
        as_web.execute(NEW_AREA)
        as_web.execute(CONTEXT.format(id=OLD, words=words))
        as_web.execute("SELECT _pgh_attach_context()")
        as_web.execute("UPDATE areas_area SET name = 'y' WHERE code = '97'")
        as_web.execute(
            "SELECT metadata FROM pghistory_context c JOIN areas_areaevent e"
            " ON e.pgh_context_id = c.id WHERE e.code = '97'"
        )
        assert as_web.fetchall() == [(json.loads(words),)]
        as_web.execute("SELECT metadata FROM pghistory_context WHERE id = %s", [OLD])
        assert as_web.fetchall() == [({"user": 7},)]
        as_web.connection.rollback()


def test_what_a_request_adds_to_its_own_context_is_one_row(as_web: Any) -> None:
    """View and reason are known later than the user; another user is another row."""
    said = ('{"user": 7}', '{"user": 7, "view": "a"}', '{"user": 8, "view": "a"}')
    for words in (*said, said[2]):
        as_web.execute(CONTEXT.format(id=OTHER, words=words))
        as_web.execute("SELECT _pgh_attach_context()")
    as_web.execute("SELECT metadata FROM pghistory_context WHERE created_at = now()")
    assert sorted(row[0]["user"] for row in as_web.fetchall()) == [7, 8]
    as_web.connection.rollback()


@pytest.mark.parametrize("path", ["''", "pg_catalog", "pg_temp, pg_catalog", "no_such_schema"])
def test_a_search_path_of_ones_own_writes_nothing_without_history(as_web: Any, path: str) -> None:
    """The row and its history, or neither."""
    as_web.execute(NEW_AREA)
    as_web.execute("SET search_path = " + path)
    as_web.execute("SAVEPOINT before")
    try:
        as_web.execute("UPDATE public.areas_area SET name = 'y' WHERE code = '97'")
    except psycopg2.errors.UndefinedTable:
        as_web.execute("ROLLBACK TO SAVEPOINT before")
    as_web.execute(
        "SELECT (SELECT name FROM public.areas_area WHERE code = '97') = 'y',"
        " EXISTS (SELECT FROM public.areas_areaevent WHERE code = '97' AND name = 'y')"
    )
    changed, told = as_web.fetchone()
    assert changed == told
    as_web.connection.rollback()


def test_an_assignment_and_a_village_that_are_taken_back_are_in_the_history() -> None:
    row = AssignmentFactory(worker=UserFactory())
    pk = row.pk
    row.delete()
    event = apps.get_model("persons", "AssignmentEvent")
    assert event.objects.filter(pgh_label="delete", id=pk).count() == 1

    worker, town = UserFactory(), area(JIAJI)
    worker.villages.set([town])
    worker.villages.set([])
    events = UserVillage.pgh_event_model._default_manager
    labels = events.filter(user=worker).order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "delete"]
