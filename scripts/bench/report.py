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

TARGET_FILE = ROOT / "docs" / "benchmarks.md"
METHOD = Path(__file__).parent / "method.md"
BUSY = (
    ": **other work held the cores**, so milliseconds and p95 are those of a crowded machine;"
    " read the ratios and the CPU time"
)
ENOUGH = 200  # repetitions before a p95 is worth the name


@dataclass(frozen=True)
class Target:
    """What performance.md asks of a page: p95 in ms, times bare SQL, growth, against the admin."""

    words: str
    p95: float
    times_sql: float
    growth: float | None = None
    admin: float | None = None


TARGETS = {
    "today": Target("Today of a worker", 60, 12, 1.3),
    "persons": Target("Persons of a county: filter, sort, count", 60, 10, 1.3, 0.6),
    "person": Target("Person with 50 acts", 60, 8),
    "log": Target("Log a check-in", 40, 12),
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
        full, words = ms["full"], target.words
        sql, growth = Ratio.of(full, ms["sql"]), Ratio.of(full, ms["tenth"])
        found += [
            [words, "p95, ms", f"{p95(full):.1f}", verdict(p95(full), target.p95)],
            ["", "median, ms", f"{median(full):.1f}", ""],
            ["", "of it CPU of our process, median, ms", f"{median(ms['cpu']):.1f}", ""],
            ["", "bare SQL, median, ms", f"{median(ms['sql']):.2f}", ""],
            ["", "× bare SQL", str(sql), verdict(sql.middle, target.times_sql)],
            ["", "at a tenth, median, ms", f"{median(ms['tenth']):.1f}", ""],
            ["", "growth, full ÷ tenth", str(growth), verdict(growth.middle, target.growth)],
        ]
        if "admin" in ms:
            beside = Ratio.of(full, ms["admin"])
            found += [
                ["", "Django admin, median, ms", f"{median(ms['admin']):.1f}", ""],
                ["", "ours ÷ admin", str(beside), verdict(beside.middle, target.admin)],
            ]
        found.append(["", "queries, BEGIN and COMMIT apart", str(samples[page].queries), ""])
        found.append(["", "bytes", f"{samples[page].bytes:,}", ""])
    return found


def others(samples: dict[str, Samples], memory: float) -> list[list[str]]:
    """What belongs to no page."""
    canary = samples["canary"].ms["full"]
    both = f"{median(canary):.2f}, {p95(canary):.2f}"
    return [
        ["A page without database (/live)", "median and p95, ms", both, ""],
        ["Process that served them", "memory, MB", f"{memory:.0f}", verdict(memory, 180)],
    ]


def show(samples: dict[str, Samples], console: Console) -> None:
    """The short table in the terminal."""
    heads = ("page", "p95", "median", "CPU", "SQL", "× SQL", "growth", "÷ admin", "queries")
    table = Table(*heads)
    for page, target in TARGETS.items():
        ms = samples[page].ms
        full = ms["full"]
        table.add_row(
            target.words,
            f"{p95(full):.0f} / {target.p95:g}",
            f"{median(full):.0f}",
            f"{median(ms['cpu']):.0f}",
            f"{median(ms['sql']):.1f}",
            f"{Ratio.of(full, ms['sql']).middle:.1f} / {target.times_sql:g}",
            f"{Ratio.of(full, ms['tenth']).middle:.2f}",
            f"{Ratio.of(full, ms['admin']).middle:.2f}" if "admin" in ms else "",
            str(samples[page].queries),
        )
    console.print(table)


def write(
    samples: dict[str, Samples], memory: float, counts: dict[str, dict[str, int]], server: str
) -> Path:
    """The whole of docs/benchmarks.md."""
    repetitions = len(samples["today"].ms["full"])
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
        *("| " + " | ".join(row) + " |" for row in rows_of(samples)),
        *(f"| {' | '.join(row)} |" for row in others(samples, memory)),
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
