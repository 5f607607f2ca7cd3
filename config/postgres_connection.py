"""How the embedded server is reached: its port, its passwords, its lock; or a DATABASE_URL."""

import fcntl
import json
import random
import secrets
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg2

from config.postgres_programs import DatabaseUnavailableError

DATABASE = "homeward"
ROLES = {"owner": "homeward_owner", "web": "homeward_web"}
ADMIN = "homeward_admin"
# Below the range from which systems hand out ports of their own: it is free again after a crash.
PORTS = range(20000, 30000)


class Connection:
    """Port and passwords of the embedded server, kept in a file for our own account alone."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.folder = var / "postgres"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.path = self.folder / "connection.json"
        self.facts: dict[str, Any] = self._read()
        if self.facts.get("home") != self._home():
            with self.lock():
                self._settle_in()

    def _read(self) -> dict[str, Any]:
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def _home(self) -> str:
        return str(self.folder.resolve())

    def _settle_in(self) -> None:
        """Port and passwords, made once; a copied project gets a port of its own.

        The port in a copied file belongs to the server of the project it was copied from.
        """
        if self.facts.get("home") == self._home():
            return
        names = ("admin", "owner", "web")
        passwords = {name: secrets.token_urlsafe(24) for name in names}
        own = {"home": self._home(), "port": free_port(), "mark": secrets.token_hex(6)}
        self.write(passwords | self.facts | own)

    def write(self, facts: dict[str, Any]) -> None:
        """Keep the facts; a reader sees the old file or the new one, never half of it."""
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(facts))
        unfinished.replace(self.path)
        self.facts = facts

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One starter or stopper at a time; the system releases it when the process dies."""
        with (self.folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            self.facts = self._read()
            yield

    def connect(self, role: str = "admin", database: str = DATABASE) -> Any:
        """A connection of the driver's own, without Django."""
        return psycopg2.connect(
            host="127.0.0.1",
            port=self.facts["port"],
            user=ROLES.get(role, ADMIN),
            password=self.facts[role],
            dbname=database,
            connect_timeout=3,
        )

    def answers(self, role: str = "web", database: str = DATABASE) -> bool:
        """Our server, with its database and roles, takes connections."""
        try:
            self.connect(role, database).close()
        except psycopg2.OperationalError as error:
            # A server with all its places taken is up.
            return "connection slots" in str(error) or "too many clients" in str(error)
        return True

    def clients(self) -> int:
        """How many others are connected."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            return int(cursor.fetchone()[0])


def is_free(port: int) -> bool:
    """Nothing listens on the port of this machine."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port for the server to keep."""
    for port in random.sample(PORTS, 200):
        if is_free(port):
            return port
    raise DatabaseUnavailableError(f"No free port between {PORTS.start} and {PORTS.stop}.")


def from_url(url: str) -> dict[str, Any]:
    """Settings for `postgresql://user:password@host:port/name?sslmode=verify-full`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise DatabaseUnavailableError("DATABASE_URL begins with postgresql://")
    options = {"connect_timeout": 5} | dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
