"""The process that does the work of imports: one of them at a time for each county."""

import subprocess
import sys
import time
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from apps.imports.models import LedgerImport
from apps.imports.services.working import work_on
from config.processes import die_with_parent

LOOK_AGAIN: Final = 1.0
# Two cores: a third import would only make the other two slower.
AT_ONCE: Final = 2
# Any two numbers, so long as nothing else locks with the first of them.
LOCK: Final = 7_160_702


class Command(BaseCommand):
    requires_system_checks = []
    help = "Read, try and apply what was uploaded; with --loop stay and wait for more."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="stay, beside a server")
        parser.add_argument("--one", type=int, metavar="NUMBER", help="the work of this import")

    def handle(self, *args: Any, loop: bool, one: int | None, **options: Any) -> None:
        if one is not None:
            do(one)
            return
        while loop:
            with suppress(Error):
                Workers.shared.look()
            close_old_connections()
            time.sleep(LOOK_AGAIN)
        for row in LedgerImport.objects.waiting():
            do(row.pk)


def do(number: int) -> None:
    """Unless another process is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, number])
        if not cursor.fetchone()[0]:
            return
    try:
        work_on(LedgerImport.objects.select_related("area", "file", "work").get(pk=number))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, number])


class Workers:
    """The processes that are at work, by county."""

    shared: "Workers"

    def __init__(self) -> None:
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def look(self) -> None:
        """Begin what waits; what is older goes first, and nobody waits for another county."""
        self.running = {k: one for k, one in self.running.items() if one.poll() is None}
        for row in LedgerImport.objects.waiting().select_related("area"):
            county = (row.area.county or row.area).pk
            if len(self.running) >= AT_ONCE:
                return
            if county not in self.running:
                self.running[county] = subprocess.Popen(  # noqa: S603 - a command of our own
                    [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_work",
                     "--one", str(row.pk)],
                    preexec_fn=die_with_parent,  # noqa: PLW1509 - this process has one thread
                )  # fmt: skip


Workers.shared = Workers()
