"""The server with all that belongs to it, until it is told to stop."""

import hashlib
import os
import sys
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import URLError

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.core import progress
from apps.core.models import NightlyRun
from apps.core.serving import AlreadyServingError, Child, Supervisor, hold
from config import embedded_postgres
from config.postgres_connection import is_free

START_PATIENCE = 120.0


class Command(BaseCommand):
    """Pages, nightly work, the embedded PostgreSQL and, in demo mode, the demo data."""

    # `setup` and `make check` look at the program; a start does not load every page for it.
    requires_system_checks = []
    help = "Serve on HOMEWARD_HOST (127.0.0.1) and PORT (8000) until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Start everything, wait, and stop everything."""
        self.console = progress.console_of(self)
        self.host = os.environ.get("HOMEWARD_HOST", "127.0.0.1")
        self.port = int(os.environ.get("PORT", "8000"))
        self.address = f"http://{self.host}:{self.port}/"
        try:
            claim = hold(settings.VAR_DIR / "serve.pid", self.address)
        except AlreadyServingError as other:
            raise CommandError(f"Served already (process and address): {other}") from None
        if not is_free(self.port):
            raise CommandError(
                f"Port {self.port} is taken by another program. "
                f"Choose another one: PORT={self.port + 1} make run"
            )
        if is_older():
            raise CommandError("The database is older than the program: run `make setup` first.")
        self._collect_static()
        supervisor = Supervisor(watch_database)
        try:
            code = self._serve(supervisor)
        finally:
            supervisor.end()
            self._leave_database()
            claim.close()
        sys.exit(code)

    def _serve(self, supervisor: Supervisor) -> int:
        supervisor.children.append(Child("The server", self._granian()))
        if not self._wait_until_it_answers(supervisor):
            return 0 if supervisor.stopping else 1
        for name in settings.LOOP_COMMANDS:
            supervisor.children.append(Child(f"manage.py {name}", manage(name, "--loop")))
        self.console.print(f"\nHomeward 归途 [bold]{self.address}[/bold]", highlight=False)
        if settings.DEMO:
            self._demo(supervisor)
        self.console.print("Ctrl-C stops it.", highlight=False)
        return supervisor.run()

    def _granian(self) -> list[str]:
        workers = os.environ.get("HOMEWARD_WORKERS", "2")
        return [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws",
            "--host", self.host, "--port", str(self.port),
            "--workers", workers, "--blocking-threads", "4",
            "--respawn-failed-workers", "--respawn-interval", "0.5",
            "--workers-kill-timeout", "5", "--log-level", "warning",
            "config.wsgi:application",
        ]  # fmt: skip

    def _wait_until_it_answers(self, supervisor: Supervisor) -> bool:
        """The address is printed when it works, not before."""
        deadline = time.monotonic() + START_PATIENCE
        while time.monotonic() < deadline and not supervisor.stopping:
            if answers(self.port):
                return True
            if not supervisor.children[0].revive():
                break
            time.sleep(0.1)
        if not supervisor.stopping:
            self.stderr.write("The server did not start: see the messages above.")
        return False

    def _demo(self, supervisor: Supervisor) -> None:
        """Begun and not finished it goes on; finished it is left alone."""
        known = get_commands()
        if "demo_accounts" in known:
            call_command("demo_accounts")
        if "load_demo" in known and not is_finished("load_demo"):
            self.console.print(
                "The examples are still being laid out, which takes some minutes: every page "
                "tells how far, and a line here when it is done.",
                highlight=False,
            )
            supervisor.children.append(Child("Demo data", manage("load_demo"), again=False))

    def _collect_static(self) -> None:
        mark = settings.VAR_DIR / "static.mark"
        now = static_fingerprint()
        if mark.exists() and mark.read_text() == now:
            return
        begun = time.monotonic()
        with self.console.status("Collecting static files"):
            call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(now)
        progress.done(self.console, "Static files collected", time.monotonic() - begun)

    def _leave_database(self) -> None:
        if not embedded_postgres.is_embedded():
            return
        if embedded_postgres.stop(only_if_unused=True) == "in use":
            self.stdout.write("PostgreSQL goes on: another process uses it (make stop ends it).")


def is_older() -> bool:
    """A migration of the program has not been applied."""
    executor = MigrationExecutor(connection)
    unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connection.close()
    return bool(unapplied)


def is_finished(name: str) -> bool:
    """Long work that was done to its end, so that no process is started to find that out."""
    found = NightlyRun.objects.filter(name=name, counts__finished=True).exists()
    connection.close()
    return found


def watch_database() -> None:
    """A killed embedded PostgreSQL is back within a second or two."""
    if embedded_postgres.is_embedded():
        embedded_postgres.revive()


def manage(*arguments: str) -> list[str]:
    """A command of this project as a process of its own."""
    return [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]


def answers(port: int) -> bool:
    """The server answers /live."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/live", timeout=2) as response:
            return bool(response.status == 200)
    except (URLError, OSError):
        return False


def static_fingerprint() -> str:
    """Changes when a static file does."""
    # Whether files are compressed for brotli as well.
    digest = hashlib.sha256(b"br" if find_spec("brotli") else b"")
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
