"""The work of the night: once a day in Shanghai, each command in its order."""

import logging
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from apps.core.days import today
from apps.core.models import NightlyRun

logger = logging.getLogger(__name__)

# Any number will do, so long as nothing else locks it.
LOCK = 7_160_701
LOOK_AGAIN = 60  # seconds
TRY_AGAIN = 3600  # seconds after a failure


class Command(BaseCommand):
    """Runs what `NIGHTLY_COMMANDS` names and has not run today; a second start does nothing."""

    requires_system_checks = []
    help = "Run the nightly commands that have not run today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--loop` beside a server, or without it from cron."""
        parser.add_argument("--loop", action="store_true", help="stay, and look every minute")

    def handle(self, *args: Any, loop: bool = False, **options: Any) -> None:
        """Once, or until the process is stopped."""
        while loop:
            try:
                pause = TRY_AGAIN if run_due() else LOOK_AGAIN
                run_each_minute()
            except Error:
                logger.exception("nightly: the database did not answer")
                pause = LOOK_AGAIN
            close_old_connections()
            time.sleep(pause)
        if failed := run_due():
            raise CommandError(f"Failed: {', '.join(failed)}")


def run_due() -> list[str]:
    """Run each command that has not run today; the names of those that failed."""
    failed = []
    with _alone() as alone:
        for name in _due() if alone else []:
            begun, words = time.monotonic(), StringIO()
            try:
                call_command(name, stdout=words)
            except Exception:
                logger.exception("nightly: %s failed", name)
                failed.append(name)
                continue
            _note(name, time.monotonic() - begun, words.getvalue())
    return failed


def run_each_minute() -> None:
    """What `MINUTE_COMMANDS` names; a failure is logged and tried again with the next look."""
    for name in settings.MINUTE_COMMANDS:
        try:
            call_command(name, stdout=StringIO())
        except Exception:
            logger.exception("nightly: %s failed", name)


def _due() -> list[str]:
    ran = dict(NightlyRun.objects.values_list("name", "ran_for"))
    day, known = today(), get_commands()
    return [
        name
        for name in settings.NIGHTLY_COMMANDS
        if name in known and (name not in ran or ran[name] < day)
    ]


def _note(name: str, seconds: float, words: str) -> None:
    counts = {"seconds": round(seconds, 1), "said": words.strip()[-500:]}
    facts = {"ran_for": today(), "finished_at": timezone.now(), "counts": counts}
    NightlyRun.objects.update_or_create(name=name, defaults=facts)


@contextmanager
def _alone() -> Iterator[bool]:
    """False when another process is at it: two servers beside one database are no fault."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
