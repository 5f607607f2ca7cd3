"""From an empty or older database to one that can serve."""

import time
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from environs import Env

from apps.core import progress, translations
from apps.core.grants import apply_grants
from config import embedded_postgres, setup_mark

# The first migration of each app stands for all up to that day, and cannot go on in their midst.
_TOO_OLD = (
    "This database is of a version before 30 November 2026. Nothing was changed. Install the "
    "version of that day first, run its setup, then this version's."
)


class Command(BaseCommand):
    """Migrates as the owner, grants to the serving role, compiles messages, loads areas.

    May be run again at any time, and is run after every update.
    """

    help = "Migrate, grant, compile translations and load areas; run it after every update."

    def handle(self, *args: Any, **options: Any) -> None:
        """Every step says what it did and how long it took."""
        self.console = progress.console_of(self)
        self._migrate()
        self._grant()
        begun = time.monotonic()
        for path in translations.outdated():
            translations.compile_catalogue(path)
        progress.done(self.console, "Translations compiled", time.monotonic() - begun)
        if "load_areas" in get_commands():
            call_command("load_areas")
        setup_mark.note()

    def _migrate(self) -> None:
        _refuse_too_old()
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        with progress.bar(self.console, "Database migrated", len(plan)) as advance:
            call_command(_Migrate(advance), verbosity=0)

    def _grant(self) -> None:
        begun = time.monotonic()
        role = embedded_postgres.database_settings(Env(), settings.VAR_DIR, "web")["USER"]
        own = connection.settings_dict["USER"]
        if role == own:
            if not settings.DEMO and not settings.DEBUG:
                self.stderr.write(
                    f"Pages are served by '{own}', which owns the tables: set DATABASE_OWNER_URL "
                    "to a role of its own (docs/operations.md, 'Two roles')."
                )
            return
        apply_grants(connection, role)
        progress.done(self.console, f"Rights given to {role}", time.monotonic() - begun)


class _Migrate(migrate.Command):
    """Django's own command, telling how far it is."""

    def __init__(self, advance: progress.Advance) -> None:
        super().__init__()
        self.advance = advance

    def migration_progress_callback(
        self, action: str, migration: Any = None, fake: bool = False
    ) -> None:
        """One step for each migration that was applied."""
        if action == "apply_success":
            self.advance(1)


def _refuse_too_old() -> None:
    """Django leaves out, without a word, a migration whose forerunners were applied in part."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    for key, migration in MigrationLoader(None).disk_migrations.items():
        before = {(app, name) for app, name in migration.replaces}
        if key not in applied and before & applied and before - applied:
            raise CommandError(_TOO_OLD)
