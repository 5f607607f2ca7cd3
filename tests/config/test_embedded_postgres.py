"""The launcher of PostgreSQL: shared, safe to kill, safe to start twice."""

import os
import shutil
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from environs import Env

from config import embedded_postgres
from config.postgres_connection import Connection, from_url
from config.postgres_programs import DatabaseUnavailableError


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cluster of this module's own."""
    folder = tmp_path_factory.mktemp("server") / "var"
    embedded_postgres.ensure_running(folder)
    yield folder
    remove(folder)


def remove(var: Path) -> None:
    place = embedded_postgres.data_folder(var).parent.parent
    embedded_postgres.stop(var)
    shutil.rmtree(place)


def lock_file(var: Path) -> Path:
    return embedded_postgres.data_folder(var) / "postmaster.pid"


def ask(var: Path, question: str, role: str = "owner") -> object:
    with closing(Connection(var).connect(role)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_a_second_starter_uses_the_running_server(var: Path) -> None:
    assert embedded_postgres.ensure_running(var) is False


def test_of_many_starters_at_once_one_starts(var: Path) -> None:
    embedded_postgres.stop(var)
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(embedded_postgres.ensure_running, [var] * 4))
    assert sorted(started) == [False, False, False, True]


def test_a_committed_row_survives_kill_9(var: Path) -> None:
    with closing(Connection(var).connect("owner")) as connection:
        connection.cursor().execute("CREATE TABLE kept AS SELECT 42 AS answer")
        connection.commit()
    os.kill(
        int((embedded_postgres.data_folder(var) / "postmaster.pid").read_text().split()[0]),
        signal.SIGKILL,
    )
    assert embedded_postgres.ensure_running(var) is True
    assert ask(var, "SELECT answer FROM kept") == 42


def test_a_stale_lock_file_with_a_living_strangers_number_does_not_block(var: Path) -> None:
    embedded_postgres.stop(var)
    (embedded_postgres.data_folder(var) / "postmaster.pid").write_text(
        f"{os.getpid()}\n{embedded_postgres.data_folder(var)}\n"
    )
    assert embedded_postgres.ensure_running(var) is True


def test_a_copied_project_has_a_server_of_its_own(var: Path, tmp_path: Path) -> None:
    ask(var, "CREATE TABLE IF NOT EXISTS original (id int); SELECT 1")
    copy = tmp_path / "var"
    shutil.copytree(var, copy, ignore=shutil.ignore_patterns("lock"))
    place = embedded_postgres.data_folder(copy).parent
    if place.is_relative_to(copy):
        shutil.rmtree(place)
    assert embedded_postgres.ensure_running(copy) is True
    try:
        assert Connection(copy).facts["port"] != Connection(var).facts["port"]
        assert ask(copy, "SELECT to_regclass('original')") is None
    finally:
        remove(copy)


def test_a_taken_port_is_left_to_its_owner(var: Path) -> None:
    embedded_postgres.stop(var)
    connection = Connection(var)
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        taken = other.getsockname()[1]
        connection.write(connection.facts | {"port": taken})
        embedded_postgres.ensure_running(var)
    assert Connection(var).facts["port"] != taken


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("server_encoding", "UTF8"),
        ("lc_collate", "C.UTF-8"),
        ("data_checksums", "on"),
        ("timezone", "UTC"),
        ("log_min_duration_statement", "-1"),
        ("listen_addresses", "127.0.0.1"),
    ],
)
def test_the_cluster_is_set_up_as_decided(var: Path, setting: str, value: str) -> None:
    if setting == "lc_collate":
        question = "SELECT datcollate FROM pg_database WHERE datname = current_database()"
    else:
        question = f"SELECT current_setting('{setting}')"
    assert ask(var, question) == value


def test_both_extensions_are_there(var: Path) -> None:
    question = "SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension"
    assert ask(var, question) == ["btree_gist", "pg_trgm", "plpgsql"]


def test_the_web_role_owns_and_makes_nothing(var: Path) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(var, "CREATE TABLE mine (id int)", "web")


def test_passwords_are_for_our_own_account_alone(var: Path) -> None:
    assert (var / "postgres" / "connection.json").stat().st_mode & 0o077 == 0


def test_the_server_stays_while_others_use_it(var: Path) -> None:
    with closing(Connection(var).connect("web")):
        assert embedded_postgres.stop(var, only_if_unused=True) == "in use"
    assert embedded_postgres.ensure_running(var) is False


def test_a_replaced_password_file_is_named_in_words(var: Path) -> None:
    connection = Connection(var)
    facts = dict(connection.facts)
    embedded_postgres.stop(var)
    connection.write(facts | {"admin": "wrong", "web": "wrong"})
    with pytest.raises(DatabaseUnavailableError, match=r"connection\.json"):
        embedded_postgres.ensure_running(var)
    connection.write(facts)
    assert embedded_postgres.ensure_running(var) is False


def test_the_owner_falls_back_to_the_common_url(monkeypatch: pytest.MonkeyPatch, var: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://web@db/homeward")
    assert embedded_postgres.database_settings(Env(), var, "owner")["USER"] == "web"
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/homeward")
    assert embedded_postgres.database_settings(Env(), var, "owner")["USER"] == "owner"
    assert embedded_postgres.database_settings(Env(), var, "web")["USER"] == "web"


def test_a_database_url_is_read_with_its_options() -> None:
    found = from_url("postgresql://u:p%40ss@db.example:6432/home?sslmode=verify-full")
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("u", "p@ss", "home")
    assert (found["HOST"], found["PORT"]) == ("db.example", "6432")
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_another_database_is_refused() -> None:
    with pytest.raises(DatabaseUnavailableError, match="postgresql://"):
        from_url("mysql://u@db/home")
