"""All that `make bench` measures, in its order."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console

from scripts.bench.databases import FULL, TENTH
from scripts.bench.http import ask as ask_over, server
from scripts.bench.load import FIRST_USER
from scripts.bench.measure import RECORDS_ADMIN, WARM_UP, Loop, Samples, workers

WRITES = 5000
# What is measured after them has this behind the name of its way.
AGED = " aged"


@dataclass
class Measured:
    """All samples; memory of the process that served the full database; answers over the wire."""

    samples: dict[str, Samples]
    memory: float
    wire: dict[tuple[str, int], list[float]]


def measure(repetitions: int, console: Console) -> Measured:
    """The loop just after VACUUM, over the wire, and again after writes without VACUUM."""
    from apps.core.progress import bar

    with (
        workers() as asked,
        closing(FULL.connect()) as sql,
        closing(FULL.connect("admin")) as full,
        closing(TENTH.connect("admin")) as tenth,
    ):
        for link in (sql, full, tenth):
            link.autocommit = True
        for admin in (full, tenth):
            with admin.cursor() as cursor:
                cursor.execute("VACUUM (ANALYZE)")
                cursor.execute("SET session_replication_role = replica")
                cursor.execute("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date")
                day = cursor.fetchone()[0]
        loop = Loop(asked, {"sql": sql, "full": full, "tenth": tenth}, day)
        for _ in range(WARM_UP):
            loop.run(keep=False)
        loop.count_queries()
        _repeat(loop, repetitions, console, "repetitions")
        wire = _over_the_wire(loop, repetitions, console)
        with _resting_vacuum(full):
            with bar(console, f"{WRITES:,} writes without VACUUM", WRITES) as advance:
                loop.write(WRITES, advance)
            loop.suffix = AGED
            _repeat(loop, max(repetitions // 4, 10), console, "repetitions on the aged tables")
        return Measured(loop.samples, asked["full"].ask(page="memory")["ms"], wire)


def _repeat(loop: Loop, times: int, console: Console, words: str) -> None:
    from apps.core.progress import bar

    with bar(console, f"{times} {words}", times) as advance:
        for _ in range(times):
            loop.run(keep=True)
            advance(1)


@contextmanager
def _resting_vacuum(admin: Any) -> Iterator[None]:
    tables = ("checkins_checkin", "schedule_dueitem")
    with admin.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
        try:
            yield
        finally:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")


def _over_the_wire(
    loop: Loop, repetitions: int, console: Console
) -> dict[tuple[str, int], list[float]]:
    """Today of workers, Persons and the empty list, by one client and by sixteen."""
    ask = loop.asked["full"].ask
    staff = [ask(page="cookie", user=FIRST_USER + n)["cookie"] for n in range(16)]
    office = [ask(page="cookie", user=RECORDS_ADMIN)["cookie"]]
    addresses = {
        "empty": ("/approvals/", office),
        "today": ("/today/", staff),
        "persons": ("/persons/?status=running&employment=farming&sort=-name", office),
    }
    found = {}
    with server(FULL) as port, console.status("Over the wire"):
        for page, (address, cookies) in addresses.items():
            ask_over(port, address, cookies, 16, 5)
            found[page, 1] = ask_over(port, address, cookies, 1, max(repetitions, 20))
            found[page, 16] = ask_over(port, address, cookies, 16, max(repetitions // 10, 10))
    return found
