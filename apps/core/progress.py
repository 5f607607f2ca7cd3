"""What a command shows while it works: one line a step, a bar for whatever is long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, cast

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

Advance = Callable[[int], None]


def console_of(command: BaseCommand) -> Console:
    """The terminal, or wherever the command's output was sent.

    Past Django's wrapper, which ends every write with a new line: a bar writes the same line anew.
    """
    return Console(file=cast(IO[str], getattr(command.stdout, "_out", command.stdout)))


@contextmanager
def bar(console: Console, words: str, total: int) -> Iterator[Advance]:
    """A bar that goes when it is full, and a line with the time the work took.

    Where the output is no terminal (a log, CI) only the line is written.
    """
    begun = time.monotonic()
    columns = (
        TextColumn("  {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as progress:
        task = progress.add_task(words, total=total)
        yield lambda steps: progress.advance(task, steps)
    done(console, words, time.monotonic() - begun)


def done(console: Console, words: str, seconds: float) -> None:
    """The line of a finished step."""
    console.print(f"[green]✓[/green] {words} [dim]{seconds:.1f} s[/dim]", highlight=False)
