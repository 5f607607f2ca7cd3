"""Stop the embedded PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand

from config import embedded_postgres

WORDS = {"stopped": "PostgreSQL is stopped.", "down": "PostgreSQL was not running."}


class Command(BaseCommand):
    """`make stop`: the server of `DATABASE_URL` is not ours and is left alone."""

    help = "Stop the embedded PostgreSQL of this project."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Stop it and say what happened."""
        if not embedded_postgres.is_embedded():
            self.stdout.write("DATABASE_URL names the server: it is left running.")
            return
        self.stdout.write(WORDS[embedded_postgres.stop()])
