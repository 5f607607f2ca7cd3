"""Test databases are copies of one migrated template, made again when a migration changes.

Migrating takes many seconds, copying a tenth of one: each worker, and each run of one test,
starts with a database of its own. Copies lie in memory where it has room: one is some 1,600 files,
which a disk may make at a twentieth of that speed.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from apps.core.grants import apply_grants
from config.embedded_postgres import is_embedded
from config.postgres_connection import ROLES, Connection
from config.postgres_programs import find

TEMPLATE = "test_homeward_template_"
COPY = "test_homeward_run_"
MEMORY, ROOM = Path("/dev/shm"), 1 << 30  # noqa: S108 - a folder of the server's own in it
SPACE = "test_homeward_memory"
SOURCES = (
    "apps/*/migrations/*.py", "tests/*/migrations/*.py", "apps/core/grants.py",
    "apps/core/day_checks.py", "apps/persons/place_triggers.py", "constraints.txt",
    "tests/factories/areas.py", "apps/areas/loading.py",
)  # fmt: skip


@contextmanager
def fresh() -> Iterator[None]:
    """Point Django at a new copy of the template, and drop it at the end."""
    before = connection.settings_dict["NAME"]
    _copy_template(f"{COPY}{os.getpid()}")
    yield
    name = connection.settings_dict["NAME"]
    _point_at(before)
    _drop(name)


def commits(item: pytest.Item) -> bool:
    """Whether a test leaves something behind in its database."""
    marker = item.get_closest_marker("django_db")
    names = {"live_server", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(names or (marker and marker.kwargs.get("transaction")))


def renew() -> None:
    """After a test that committed: what it left is gone, what migrations put in is back."""
    name = connection.settings_dict["NAME"]
    if name.startswith(COPY):  # not after the last test, when the copy is gone already
        connection.close()
        _drop(name)
        _copy_template(name)


def prepare() -> None:
    """The template, for whoever copies it later."""
    with _alone():
        _template()


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time makes the template, or copies it."""
    with (settings.VAR_DIR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _copy_template(name: str) -> None:
    with _alone():
        template = _template()
        place = f" TABLESPACE {SPACE} STRATEGY FILE_COPY" if _has_memory() else ""
        _run(f"CREATE DATABASE {name} TEMPLATE {template}{place}")
        # Rights on the database itself are not copied with it: as apply_grants has them.
        _run(f"REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC")
    _point_at(name)


@cache
def _has_memory() -> bool:
    """The server is ours, and has a tablespace in memory: a new one after the machine's start."""
    if not is_embedded() or not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return False
    server = Connection(settings.VAR_DIR)
    folder = MEMORY / f"homeward-tests-{server.facts['mark']}"
    with closing(server.connect("admin", "postgres")) as admin:
        admin.autocommit = True  # a tablespace is made in no transaction
        cursor = admin.cursor()
        cursor.execute("SELECT 1 FROM pg_tablespace WHERE spcname = %s", [SPACE])
        known = cursor.fetchone()
        if known and any(folder.glob("PG_*")):
            return True
        if known:
            cursor.execute(f"DROP TABLESPACE {SPACE}")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        find(server.var, server.facts["mark"]).give(folder)
        owner, place = ROLES["owner"], str(folder)
        cursor.execute(f"CREATE TABLESPACE {SPACE} OWNER {owner} LOCATION %s", [place])
    return True


def _template() -> str:
    """The name of a database migrated by exactly these migrations."""
    template = TEMPLATE + _fingerprint()
    found = _databases()
    for name in found:
        if _is_left_over(name, template):
            _drop(name)
    if template not in found:
        unfinished = f"{template}_unfinished"
        before = connection.settings_dict["NAME"]
        _run(f"CREATE DATABASE {unfinished}")
        _point_at(unfinished)
        call_command("migrate", verbosity=0)
        _furnish()
        _grant()
        _point_at(before)
        _run(f"ALTER DATABASE {unfinished} RENAME TO {template}")
    return template


def _furnish() -> None:
    """What nearly every test needs: the small tree of areas, and the account of the system."""
    from apps.accounts.models import User
    from tests.factories.areas import load_tree

    load_tree()
    User.objects.system()


def _grant() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLES["web"]])
        if cursor.fetchone():
            apply_grants(connection, ROLES["web"])


def _is_left_over(name: str, template: str) -> bool:
    """An older template, or a copy whose test run was killed."""
    if name.startswith(TEMPLATE):
        return name != template
    return name.startswith(COPY) and not _is_alive(int(name.removeprefix(COPY).split("_")[0]))


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _databases() -> list[str]:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return [row[0] for row in cursor.fetchall()]


def _drop(name: str) -> None:
    """Only what tests have made: never the database that people work in."""
    if not name.startswith((TEMPLATE, COPY)):
        raise ValueError(f"{name} is not a database of the tests")
    try:
        # Ends an autovacuum in it, too, which the owner may not end by FORCE.
        _run(f"DROP DATABASE IF EXISTS {name}")
    except OperationalError:
        _run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _run(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _point_at(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
