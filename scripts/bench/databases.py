"""The two databases of the benchmark on the embedded server: made, filled once, kept."""

import hashlib
import json
import os
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from config import embedded_postgres
from config.postgres_connection import ADMIN, ROLES, Connection

ROOT = Path(__file__).resolve().parent.parent.parent
# Raised whenever the loader writes other rows.
SEED_VERSION = 4
# Windows reach 60 days ahead; older data would show fewer and fewer of them.
KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Database:
    """One size: how many towns of 150 persons each."""

    name: str
    towns: int

    @property
    def persons(self) -> int:
        """Every town has as many, so that a page meets the same shape at both sizes."""
        return self.towns * 150

    def url(self, role: str) -> str:
        """Its address for one of the roles of the embedded server."""
        facts = Connection(embedded_postgres.default_var()).facts
        user = ROLES.get(role, ADMIN)
        return f"postgresql://{user}:{facts[role]}@127.0.0.1:{facts['port']}/{self.name}"

    def environment(self) -> dict[str, str]:
        """For processes that work on it: settings as a site on one's own machine has them."""
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("HOMEWARD_", "DATABASE_"))}
        return kept | {
            "DATABASE_URL": self.url("web"),
            "DATABASE_OWNER_URL": self.url("owner"),
            "HOMEWARD_VAR": str(embedded_postgres.default_var()),
            "HOMEWARD_INSECURE_LOCAL": "1",
            "HOMEWARD_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def connect(self, role: str = "web") -> Any:
        """A connection of the driver's own, without Django."""
        return Connection(embedded_postgres.default_var()).connect(role, self.name)


FULL = Database("homeward_bench_full", 200)
TENTH = Database("homeward_bench_tenth", 20)


def prepare(*, anew: bool = False) -> None:
    """Make and fill both, unless they are there and of this schema and seed."""
    embedded_postgres.ensure_running()
    _manage(FULL, "collectstatic", "--no-input", "--verbosity=0")
    if not anew and all(_is_current(database) for database in (TENTH, FULL)):
        return
    with closing(Connection(embedded_postgres.default_var()).connect(database="postgres")) as admin:
        admin.autocommit = True
        with admin.cursor() as cursor:
            for database in (FULL, TENTH):
                cursor.execute(f"DROP DATABASE IF EXISTS {database.name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {TENTH.name} OWNER {ROLES['owner']}")
            _manage(TENTH, "setup", HOMEWARD_DATABASE_ROLE="owner")
            copy = f"CREATE DATABASE {FULL.name} OWNER {ROLES['owner']} TEMPLATE {TENTH.name}"
            cursor.execute(copy)
    for database in (TENTH, FULL):
        command = [sys.executable, "-m", "scripts.bench.load", database.name]
        subprocess.run(command, cwd=ROOT, env=database.environment(), check=True)
        _mark(database)


def counts(database: Database) -> dict[str, int]:
    """Exact rows of the tables that matter."""
    tables = {
        "persons": "persons_person",
        "cases": "cases_case",
        "windows": "schedule_dueitem",
        "check-ins": "checkins_checkin",
        "needs": "needs_need",
        "payments": "assistance_payment",
        "follow-ups": "followups_followuptarget",
    }
    with closing(database.connect()) as connection, connection.cursor() as cursor:
        found = {}
        for words, table in tables.items():
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of our own
            found[words] = int(cursor.fetchone()[0])
        today = "now() AT TIME ZONE 'Asia/Shanghai'"
        cursor.execute(
            "SELECT count(*) FROM cases_case WHERE in_force_from <= "  # noqa: S608
            f"({today})::date AND duties_end_on >= ({today})::date"
        )
        found["cases in force"] = int(cursor.fetchone()[0])
        return found


def _manage(database: Database, *arguments: str, **environment: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=ROOT, env=database.environment() | environment, check=True)


def _version() -> str:
    """Of schema and seed together."""
    migrations = sorted(
        (str(path.relative_to(ROOT)), path.read_text())
        for path in ROOT.glob("apps/*/migrations/0*.py")
    )
    schema = hashlib.sha256(json.dumps(migrations).encode()).hexdigest()[:12]
    return f"{SEED_VERSION}-{schema}"


def _mark(database: Database) -> None:
    with closing(database.connect("admin")) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_marker (version text, loaded_on date)")
        cursor.execute("INSERT INTO bench_marker VALUES (%s, current_date)", [_version()])
        connection.commit()


def _is_current(database: Database) -> bool:
    import psycopg2

    try:
        with closing(database.connect("admin")) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT version, loaded_on FROM bench_marker")
            version, loaded_on = cursor.fetchone()
    except psycopg2.Error:
        return False
    # The server's day is UTC, as the marker's.
    return version == _version() and date.today() - loaded_on < KEPT_FOR  # noqa: DTZ011
