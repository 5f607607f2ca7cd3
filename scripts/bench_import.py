"""`make benchimport`: a county's register and its check-ins come in, measured in CPU seconds.

Dry run, apply and the repeat of both ledgers, by the process that does it in life; meanwhile a
worker taps check-ins on the product's own server. CPU is counted of that process with the reader it
starts, and of PostgreSQL as a whole. A server and a database of its own, made anew each time, on
loopback only.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import urllib.parse
import uuid
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from scripts.bench_ledgers import (  # noqa: E402
    CHECKIN_HEADER,
    HEADER,
    checkins,
    persons,
    sheet,
)
from scripts.crash_client import CSRF  # noqa: E402
from scripts.crash_test import (  # noqa: E402
    forget,
    manage,
    postmaster,
    prepared,
    say,
    surroundings,
    wait_until_ready,
)

PER_PERSON = 4
TAPPED = 200
PAUSE = 0.25


@dataclass
class Figure:
    """One step: CPU seconds of ours and of PostgreSQL, wall, memory, and the taps beside it."""

    step: str
    lines: dict[str, int]
    ours: float
    postgres: float
    wall: float
    megabytes: int
    taps: list[float] = field(default_factory=list)

    def row(self) -> str:
        taps = sorted(self.taps)
        p95 = f"{taps[int(len(taps) * 0.95)]:.2f}" if taps else ""
        worst = f"{taps[-1]:.2f}" if taps else ""
        said = ", ".join(f"{n:,} {name}" for name, n in self.lines.items() if n)
        total = self.ours + self.postgres
        return (
            f"| {self.step} | {said} | {total:.1f} | {self.ours:.1f} | {self.postgres:.1f} |"
            f" {self.wall:.0f} | {self.megabytes} | {len(taps)} | {p95} | {worst} |"
        )


def main() -> None:
    """Make, measure, show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=50_000)
    parser.add_argument("--no-taps", action="store_true")
    parser.add_argument("--profile", help="profile the process into files of this folder")
    options = parser.parse_args()
    folder = ROOT / "var" / f"bench-import-{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    port = surroundings(folder)
    server, bench = None, None
    try:
        manage("setup", stdout=subprocess.DEVNULL)
        task = prepared()
        if not options.no_taps:
            server = _serve(port)
        bench = Bench(port, task, options)
        bench.run()
    finally:
        if server:
            server.terminate()
            server.wait()
        forget(folder)
    say(json.dumps([asdict(one) | {"taps": len(one.taps)} for one in bench.figures], indent=1))
    say("\n".join(one.row() for one in bench.figures))


def _serve(port: int) -> "subprocess.Popen[bytes]":
    """The product's server; imports are worked on by processes that are measured."""
    code = (
        "import django; from django.conf import settings; settings.LOOP_COMMANDS = [];"
        "django.setup(); from django.core.management import call_command; call_command('serve')"
    )
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    wait_until_ready(port)
    return server


class Bench:
    """The steps one after the other, and what each cost."""

    def __init__(self, port: int, task: dict[str, Any], options: argparse.Namespace) -> None:
        from tests.factories.accounts import UserFactory

        self.port, self.task, self.options = port, task, options
        self.figures: list[Figure] = []
        self.by: Any = UserFactory(records_admin=True)

    def run(self) -> None:
        register = sheet(HEADER, persons(self.options.persons))
        self._bring_in("Persons", "persons", register)
        self._give_to_worker()
        contacts = sheet(CHECKIN_HEADER, checkins(self.options.persons, PER_PERSON))
        self._bring_in("Check-ins", "checkins", contacts)

    def _bring_in(self, words: str, ledger: str, content: bytes) -> None:
        one = self._receive(ledger, content)
        self._work(f"{words}: dry run", one)
        self._ask(one)
        self._work(f"{words}: apply", one)
        again = self._receive(ledger, content)
        self._work(f"{words}: the same file again", again)

    def _receive(self, ledger: str, content: bytes) -> int:
        from apps.core.fields import uuid7
        from apps.imports.services.receiving import receive_file

        one = receive_file(
            area=self.by.area, by=self.by, client_uuid=uuid7(), ledger=ledger, content=content,
            file_name=f"{ledger}.xlsx", sha256=sha256(content).hexdigest(),
        )  # fmt: skip
        return int(one.pk)

    def _ask(self, number: int) -> None:
        from apps.imports.models import LedgerImport
        from apps.imports.services.receiving import ask_to_apply

        ask_to_apply(ledger_import=LedgerImport.objects.get(pk=number), by=self.by)

    def _work(self, step: str, number: int) -> None:
        """One process as the server starts it; its own time and that of the database."""
        from apps.imports.models import LedgerImport
        from apps.imports.models.ledger_import import COUNTS

        command = [sys.executable, "manage.py", "import_work", "--one", str(number)]
        if self.options.profile:
            out = Path(self.options.profile) / f"{step.replace(': ', '-').replace(' ', '-')}.prof"
            command[1:1] = ["-m", "cProfile", "-o", str(out)]
        before, begun = postgres_seconds(), time.monotonic()
        with Taps(self.port, self.task, on=not self.options.no_taps) as taps:
            used, peak = _watched(subprocess.Popen(command, cwd=ROOT), step)
        one = LedgerImport.objects.get(pk=number)
        if one.refused_words:
            sys.exit(f"{step}: {one.refused_words}")
        lines = {name: getattr(one, name) for name in COUNTS}
        self.figures.append(Figure(
            step, lines, used.ru_utime + used.ru_stime, postgres_seconds() - before,
            time.monotonic() - begun, peak >> 10, taps.waited,
        ))  # fmt: skip
        say(self.figures[-1].row())

    def _give_to_worker(self) -> None:
        """Some whom the ledger brought, so that taps meet rows that the next one writes."""
        from apps.accounts.models import User
        from apps.core.days import today
        from apps.persons.models import Person
        from apps.persons.services import assign_worker

        worker = User.objects.get(pk=self.task["worker"])
        rows = Person.objects.in_area(worker.area).filter(brought_in_on__isnull=False)
        found = list(rows.exclude(assignments__kind="responsible").order_by("?")[:TAPPED])
        assign_worker(persons=found, worker=worker, by=self.by, on=today())
        self.task["persons"] = [str(one.public_id) for one in found]


def _watched(child: "subprocess.Popen[bytes]", step: str) -> tuple[Any, int]:
    """What it and the reader that it started used, and its peak in KiB. The kernel's own figure of
    the peak begins with the memory of who started it.
    """
    peak = 0
    while True:
        pid, status, used = os.wait4(child.pid, os.WNOHANG)
        if pid:
            break
        with suppress(OSError, ValueError, StopIteration):
            told = Path(f"/proc/{child.pid}/status").read_text().splitlines()
            peak = int(next(line for line in told if line.startswith("VmHWM")).split()[1])
        time.sleep(0.1)
    if status:
        sys.exit(f"{step}: the process failed.")
    return used, peak


class Taps:
    """A worker who taps four times a second, from a thread of its own."""

    def __init__(self, port: int, task: dict[str, Any], *, on: bool) -> None:
        self.port, self.task, self.on = port, task, on
        self.waited: list[float] = []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._tap)

    def __enter__(self) -> "Taps":
        if self.on:
            self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        if self.on:
            self.thread.join()

    def _tap(self) -> None:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sid={self.task['session']}; csrf={CSRF}",
        }
        choose = random.Random(1)  # noqa: S311 - which person is tapped is no secret
        while not self.ended.wait(PAUSE):
            person = choose.choice(self.task["persons"])
            form = {"csrfmiddlewaretoken": CSRF, "uuid": str(uuid.uuid4()), "act": "in_person",
                    "next": "/live"}  # fmt: skip
            begun = time.monotonic()
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
            body = urllib.parse.urlencode(form)
            line.request("POST", f"/checkins/log/{person}/", body, headers)
            answer = line.getresponse()
            answer.read()
            line.close()
            if answer.status != 302:
                say(f"A tap was answered {answer.status}")
            self.waited.append(time.monotonic() - begun)


def postgres_seconds() -> float:
    """CPU of the server and all its processes, those that have ended included."""
    import psutil

    root = psutil.Process(postmaster())
    spent = root.cpu_times()
    total = spent.user + spent.system + spent.children_user + spent.children_system
    for child in root.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            total += times.user + times.system
    return float(total)


if __name__ == "__main__":
    main()
