"""Stop the server, if one serves this project, and the embedded PostgreSQL."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from apps.core.serving import end_holder
from config import embedded_postgres

WORDS = {"stopped": "PostgreSQL is stopped.", "down": "PostgreSQL was not running."}


class Command(BaseCommand):
    """`make stop`: the server of `DATABASE_URL` is not ours and is left alone.

    The PostgreSQL of the tests stops with it.
    """

    help = "Stop the server and the embedded PostgreSQL of this project."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop both and say what happened."""
        if end_holder(settings.VAR_DIR / "serve.pid"):
            self.stdout.write("The server is stopped.")
        if not embedded_postgres.is_embedded():
            self.stdout.write("DATABASE_URL names the server: it is left running.")
            return
        self.stdout.write(WORDS[embedded_postgres.stop()])
        tests = settings.VAR_DIR / "tests"
        if tests.exists():
            embedded_postgres.stop(tests)
