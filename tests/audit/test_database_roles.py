"""The role that serves pages cannot rewrite what happened, whatever code runs in it."""

from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from psycopg2.errors import InsufficientPrivilege

from apps.core.grants import append_only_models
from config import embedded_postgres
from config.postgres_connection import Connection

# Committed rows are needed for none of these: the right is asked before any row.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not embedded_postgres.is_embedded(), reason="roles of the embedded server"),
]
TABLES = sorted(model._meta.db_table for model in append_only_models())


@pytest.fixture
def serving() -> Iterator[Any]:
    """A connection of the serving role to the database of this test."""
    web = Connection(settings.VAR_DIR).connect("web", connection.settings_dict["NAME"])
    yield web
    web.close()


def refused(serving: Any, statement: str) -> bool:
    with serving.cursor() as cursor:
        try:
            cursor.execute(statement)
        except InsufficientPrivilege:
            return True
        finally:
            serving.rollback()
    return False


def test_log_and_history_are_among_the_tables_that_only_grow() -> None:
    assert {
        "audit_accesslog", "audit_accessseal", "pghistory_context", "persons_personevent",
        "cases_caseevent", "checkins_checkinevent", "accounts_userevent",
    } <= set(TABLES)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_what_only_grows_can_be_neither_changed_nor_deleted_nor_emptied(
    serving: Any, table: str
) -> None:
    with connection.cursor() as cursor:
        # A generated column would refuse by itself.
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position DESC LIMIT 1",
            [table],
        )
        (column,) = cursor.fetchone()
    assert refused(serving, f'UPDATE "{table}" SET "{column}" = NULL')
    assert refused(serving, f'DELETE FROM "{table}"')
    assert refused(serving, f'TRUNCATE "{table}" CASCADE')


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE persons_person ADD COLUMN x int",
        "ALTER TABLE persons_person DISABLE TRIGGER ALL",
        "DROP TABLE persons_person",
        "TRUNCATE persons_person CASCADE",
        "CREATE TABLE mine (id int)",
        "CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE sql AS ''",
        "SET ROLE homeward_owner",
        "CREATE ROLE mine",
        "DELETE FROM django_migrations",
    ],
)
def test_the_serving_role_changes_no_structure(serving: Any, statement: str) -> None:
    assert refused(serving, statement)


def test_it_cannot_switch_the_triggers_off(serving: Any) -> None:
    assert refused(serving, "SET session_replication_role = replica")


def test_what_the_serving_role_writes_is_in_the_history_with_the_users_name(serving: Any) -> None:
    """Raw SQL of the serving role: the trigger adds the row, the context names the user."""
    with serving.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', gen_random_uuid()::text, true)")
        cursor.execute(
            "SELECT set_config('pghistory.context_metadata', '{\"username\": \"w1\"}', true)"
        )
        cursor.execute(
            "INSERT INTO areas_area (code, name, name_initials, level, is_pseudo, active,"
            " shared_caseload, former_names)"
            " VALUES ('97', 'x', 'x', 'province', false, true, false, '{}')"
        )
        cursor.execute("UPDATE areas_area SET name = 'y' WHERE code = '97'")
        cursor.execute(
            "SELECT e.name, c.metadata ->> 'username' FROM areas_areaevent e"
            " JOIN pghistory_context c ON c.id = e.pgh_context_id WHERE e.code = '97'"
            " ORDER BY e.pgh_id"
        )
        assert cursor.fetchall() == [("x", "w1"), ("y", "w1")]
    serving.rollback()


def test_a_wrong_password_opens_nothing() -> None:
    facts = Connection(settings.VAR_DIR).facts
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(
            host="127.0.0.1", port=facts["port"], user="homeward_web", password="guess",
            dbname=connection.settings_dict["NAME"],
        )  # fmt: skip
