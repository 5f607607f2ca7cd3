"""Figures out of samples: a table for the terminal and docs/benchmarks.md."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from scripts.bench.databases import ROOT
from scripts.bench.measure import Samples
from scripts.bench.running import Measured

TARGET_FILE = ROOT / "docs" / "benchmarks.md"
METHOD = Path(__file__).parent / "method.md"
BUSY = (
    ": **other work held the cores**, so milliseconds and p95 are those of a crowded machine;"
    " read the ratios and the CPU time"
)
WRITES = {"log", "grid"}
ENOUGH = 200  # repetitions before a p95 is worth the name


@dataclass(frozen=True)
class Target:
    """What is asked of a page: p95 and CPU in ms, times bare SQL, queries, growth, bytes sent,
    and against the rival.
    """

    words: str
    p95: float
    cpu: float
    times_sql: float | None = None
    queries: int | None = None
    growth: float | None = None
    rival: float | None = None
    sent: int | None = None


TARGETS = {
    "empty": Target("An empty list", 40, 9, queries=5),
    "today": Target("Today of a worker", 40, 20, 5, growth=1.3, sent=15_000),
    "persons": Target(
        "Persons of a county: filter, sort, count", 40, 28, 4.5, growth=1.3, rival=0.35, sent=20_000
    ),
    "person": Target("Person with 50 acts", 40, 22, 8),
    "tests": Target("Drug tests of a county: a list of 50", 40, 28, 4.5, growth=1.3),
    "test": Target("A test with the way of its sample", 40, 22, 8),
    "log": Target("Log a check-in", 30, 9, 6),
    "grid": Target("One entry of the grid", 40, 28, 8),
    "helps": Target("Help of a county: a list of 50", 40, 28, 8, growth=1.3),
    "year": Target("The ledger of a year", 100, 40, 5, growth=1.3),
    "round": Target("A follow-up round of 14,000", 2000, 60, 8, growth=1.3),
    "dashboard": Target("Dashboard of a county: all figures by town", 80, 40, growth=1.6),
    "trend": Target("Twelve months of a county", 400, 120, growth=1.6),
    "prepare": Target("A month's report of a county, prepared", 120, 60, growth=1.6),
    "campaign": Target("A campaign with its list", 40, 28, growth=1.3),
    "results": Target("Results of a campaign, told together", 40, 28, growth=1.3),
}


@dataclass(frozen=True)
class Ratio:
    """Of each repetition to itself: the median and its quartiles."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, above: list[float], below: list[float]) -> "Ratio":
        """A pair a repetition."""
        ratios = [a / b for a, b in zip(above, below, strict=True)]
        return cls(*quantiles(ratios, n=4))

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.low:.2f} to {self.high:.2f})"


def p95(values: list[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return quantiles(values, n=20)[-1]


def verdict(value: float, target: float | None) -> str:
    """The target beside the figure."""
    if target is None:
        return ""
    return f"≤ {target:g} {'met' if value <= target else '**not met**'}"


def rows_of(samples: dict[str, Samples]) -> list[list[str]]:
    """One row a figure: page, what, value, target."""
    found = []
    for page, target in TARGETS.items():
        ms = samples[page].ms
        full, cpu = ms["full"], median(ms["cpu"])
        growth = Ratio.of(full, ms["tenth"])
        found += [
            [
                target.words,
                "CPU of our process, median, ms",
                f"{cpu:.1f}",
                verdict(cpu, target.cpu),
            ],
            ["", "p95, ms", f"{p95(full):.1f}", verdict(p95(full), target.p95)],
            ["", "median, ms", f"{median(full):.1f}", ""],
            *_against_sql(ms, target, None if page in WRITES else samples["empty"].ms["full"]),
            ["", "at a tenth, median, ms", f"{median(ms['tenth']):.1f}", ""],
            ["", "growth, full ÷ tenth", str(growth), verdict(growth.middle, target.growth)],
            *_against_rival(ms, target),
            *_aged(ms),
            *_size(samples[page], target),
        ]
    return found


def _against_sql(
    ms: dict[str, list[float]], target: Target, empty: list[float] | None
) -> list[list[str]]:
    """Beside it what an empty list and the bare SQL are together: no page can be below that."""
    if target.times_sql is None:
        return []
    ratio = Ratio.of(ms["full"], ms["sql"])
    found = [
        ["", "bare SQL, median, ms", f"{median(ms['sql']):.2f}", ""],
        ["", "× bare SQL", str(ratio), verdict(ratio.middle, target.times_sql)],
    ]
    if empty is not None:
        least = Ratio.of([a + b for a, b in zip(empty, ms["sql"], strict=True)], ms["sql"])
        found.append(["", "× bare SQL if drawing it cost nothing", str(least), ""])
    return found


def _against_rival(ms: dict[str, list[float]], target: Target) -> list[list[str]]:
    if "rival" not in ms:
        return []
    beside = Ratio.of(ms["full"], ms["rival"])
    return [
        ["", "Django admin, nine facts, median, ms", f"{median(ms['rival']):.1f}", ""],
        ["", "ours ÷ admin", str(beside), verdict(beside.middle, target.rival)],
    ]


def _aged(ms: dict[str, list[float]]) -> list[list[str]]:
    """After writes without VACUUM."""
    if "full aged" not in ms:
        return []
    words = f"{median(ms['full aged']):.1f}, {median(ms['cpu aged']):.1f}"
    return [["", "after 5,000 writes without VACUUM: median and CPU, ms", words, ""]]


def _size(one: Samples, target: Target) -> list[list[str]]:
    return [
        ["", "queries, BEGIN and COMMIT apart", str(one.queries),
         verdict(one.queries, target.queries)],
        ["", "bytes", f"{one.bytes:,}", ""],
        ["", "bytes over the line (br)", f"{one.sent:,}", verdict(one.sent, target.sent)],
    ]  # fmt: skip


def others(measured: Measured) -> list[list[str]]:
    """What belongs to no page."""
    canary = measured.samples["canary"].ms["full"]
    both = f"{median(canary):.2f}, {p95(canary):.2f}"
    return [
        ["A page without database (/live)", "median and p95, ms", both, ""],
        ["Process that served them", "memory, MB", f"{measured.memory:.0f}",
         verdict(measured.memory, 180)],
        *([f"Over the wire: {TARGETS[page].words}",
           f"{clients} at once: median and p95, ms", f"{median(ms):.1f}, {p95(ms):.1f}", ""]
          for (page, clients), ms in measured.wire.items()),
    ]  # fmt: skip


def show(samples: dict[str, Samples], console: Console) -> None:
    """The short table in the terminal."""
    heads = ("page", "p95", "median", "CPU", "SQL", "× SQL", "growth", "÷ admin", "queries", "sent")
    table = Table(*heads)
    for page, target in TARGETS.items():
        ms = samples[page].ms
        full = ms["full"]
        has_sql = target.times_sql is not None
        table.add_row(
            target.words,
            f"{p95(full):.0f} / {target.p95:g}",
            f"{median(full):.0f}",
            f"{median(ms['cpu']):.1f} / {target.cpu:g}",
            f"{median(ms['sql']):.1f}" if has_sql else "",
            f"{Ratio.of(full, ms['sql']).middle:.1f} / {target.times_sql:g}" if has_sql else "",
            f"{Ratio.of(full, ms['tenth']).middle:.2f}",
            f"{Ratio.of(full, ms['rival']).middle:.2f}" if "rival" in ms else "",
            str(samples[page].queries),
            f"{samples[page].sent:,}",
        )
    console.print(table)


def write(measured: Measured, counts: dict[str, dict[str, int]], server: str) -> Path:
    """The whole of docs/benchmarks.md."""
    repetitions = len(measured.samples["today"].ms["full"])
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; do not edit. Targets are those of the project's design.",
        "",
        *machine(server, repetitions, os.getloadavg()[1]),
        "",
        *sizes(counts),
        "",
        "## Figures",
        "",
        "| page | figure | value | target |",
        "|---|---|---|---|",
        *("| " + " | ".join(row) + " |" for row in rows_of(measured.samples)),
        *(f"| {' | '.join(row)} |" for row in others(measured)),
        "",
        METHOD.read_text().rstrip().replace("{repetitions}", str(repetitions)),
    ]
    TARGET_FILE.write_text("\n".join(lines) + "\n")
    return TARGET_FILE


def machine(server: str, repetitions: int, load: float) -> list[str]:
    """Where and when."""
    packages = ("Django", "psycopg2-binary", "django-tables2")
    named = ", ".join(f"{name} {version(name)}" for name in packages)
    named = f"Python {platform.python_version()}, {named}"
    return [
        f"* {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {repetitions} repetitions"
        + ("" if repetitions >= ENOUGH else f" (a p95 wants {ENOUGH}: read these with care)"),
        f"* {os.cpu_count()} cores ({platform.machine()}), load of five minutes {load:.1f}"
        + (BUSY if load > (os.cpu_count() or 1) else ""),
        f"* PostgreSQL {server} (embedded, shared_buffers 256 MB), {named}",
    ]


def sizes(counts: dict[str, dict[str, int]]) -> list[str]:
    """Rows of both databases."""
    names = list(counts["full"])
    return [
        f"| database | {' | '.join(names)} |",
        "|---|" + "---:|" * len(names),
        *(
            f"| {size} | {' | '.join(f'{found[name]:,}' for name in names)} |"
            for size, found in counts.items()
        ),
    ]
