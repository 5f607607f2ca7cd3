"""What the serving role may and may not do, asked of the database itself."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from apps.core.grants import append_only_models, apply_grants
from config.postgres_connection import ROLES, Connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_web() -> Iterator[psycopg2.extensions.cursor]:
    """A connection of the serving role to this test's database."""
    role = Connection(settings.VAR_DIR)
    found = role.connect("web", connection.settings_dict["NAME"])
    yield found.cursor()
    found.close()


def may(table: str, right: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [ROLES["web"], table, right])
        return bool(cursor.fetchone()[0])


def test_history_and_logs_are_append_only() -> None:
    tables = {model._meta.db_table for model in append_only_models()}
    assert {"audit_accesslog", "persons_personevent", "checkins_checkinevent"} <= tables
    for table in tables:
        rights = [may(table, right) for right in ("SELECT", "INSERT", "UPDATE", "DELETE")]
        assert rights == [True, True, False, False], table


@pytest.mark.parametrize(
    "statement", ["DELETE FROM {}", "UPDATE {} SET purpose = ''", "TRUNCATE {}"]
)
def test_the_serving_role_cannot_touch_the_access_log(
    as_web: psycopg2.extensions.cursor, statement: str
) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        as_web.execute(statement.format("audit_accesslog"))


def test_the_serving_role_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [ROLES["web"]])
        assert cursor.fetchone()[0] == 0


def test_acts_may_be_recorded_and_changed() -> None:
    for right in ("SELECT", "INSERT", "UPDATE"):
        assert may("checkins_checkin", right)


def test_migrations_are_not_for_the_serving_role() -> None:
    assert may("django_migrations", "SELECT")
    assert not may("django_migrations", "INSERT")


def test_a_table_of_a_later_migration_is_add_only_until_setup_has_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id int)")
    assert (may("later", "INSERT"), may("later", "UPDATE")) == (True, False)
    apply_grants(connection, ROLES["web"])
    assert may("later", "UPDATE")
