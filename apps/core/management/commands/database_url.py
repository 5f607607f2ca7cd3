"""The address of the database, for psql, pg_dump and other tools."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.management.base import BaseCommand
from environs import Env

from config import embedded_postgres
from config.postgres_connection import ROLES


class Command(BaseCommand):
    """Prints a secret: for a shell's substitution, not for a log."""

    help = "Print the database's address, with the password, for psql and pg_dump."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The owner sees and may do everything; the serving role has its grants."""
        parser.add_argument("--role", choices=sorted(ROLES), default="owner")

    def handle(self, *args: Any, role: str = "owner", **options: Any) -> None:
        """One line."""
        facts = embedded_postgres.database_settings(Env(), settings.VAR_DIR, role)
        user, password = quote(facts["USER"], safe=""), quote(facts["PASSWORD"], safe="")
        place = f"{facts['HOST']}:{facts['PORT']}".rstrip(":")
        self.stdout.write(
            f"postgresql://{user}:{password}@{place}/{quote(facts['NAME'])}?{urlencode(facts['OPTIONS'])}"
        )
