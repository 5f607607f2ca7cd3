import json
import os
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO, cast

from django.utils.translation import gettext as _, ngettext
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn as Elapsed,
)
from rich.table import Table

from apps.accounts.commands import ByCommand, add_area, area_of
from apps.accounts.models import User
from apps.core.typed import clean_text
from apps.imports.headers import Choices
from apps.imports.matching import matches_said
from apps.imports.services import import_ledger
from apps.imports.services.by_command import bring_in_on_record
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report

FAULTS_SHOWN = 20


class Command(ByCommand):
    help = (
        "Bring in a ledger of an office: xlsx, xls, xlsb, ods or csv. Wrong lines stay out and are "
        "named; everything or nothing if it breaks off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(ledgers()))
        parser.add_argument("file", type=Path)
        add_area(parser)
        parser.add_argument("--dry-run", action="store_true", help="check, and change nothing")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="what was done")
        parser.add_argument(
            "--ignore",
            action="append",
            default=[],
            metavar="WORD",
            help="leave this column out; several times for several",
        )
        parser.add_argument(
            "--match",
            action="append",
            default=[],
            metavar="WORD=STANDARD HEADING",
            help="read this column as that one: --match 签协议时间=协议签订日期",
        )

    def act(self, *, by: User, **options: Any) -> None:
        area = area_of(options["area"]) if options["area"] else by.area
        ledger = ledgers()[options["kind"]]
        matches = matches_said(ledger, options["ignore"], options["match"])
        with _progress(options["verbosity"]) as progress:
            given: dict[str, Any] = {
                "ledger": ledger,
                "path": options["file"],
                "by": by,
                "area": area,
                "choices": Choices(matches=matches, all_columns=True),
                "on_progress": _Steps(progress),
            }
            if options["dry_run"]:
                report = import_ledger(dry_run=True, **given)
            else:
                report = bring_in_on_record(**given)
        if options["report"]:
            _write(options["report"], report)
        self._print(report, dry_run=options["dry_run"])

    def _print(self, report: Report, *, dry_run: bool) -> None:
        console = Console(file=cast("TextIO", self.stdout), highlight=False, soft_wrap=True)
        _print_faults(console, report)
        console.print(_counts(report))
        if report.held:
            console.print(
                ngettext(
                    "%(count)d line waits for a decision; what stands here was kept.",
                    "%(count)d lines wait for a decision; what stands here was kept.",
                    report.held,
                )
                % {"count": report.held}
            )
        for gap in report.gaps:
            console.print(
                ngettext(
                    "Gap: %(words)s (%(count)d line)", "Gap: %(words)s (%(count)d lines)", gap.count
                )
                % {"words": gap.words, "count": gap.count},
                markup=False,
            )
        _print_ignored(console, report)
        if dry_run:
            console.print(_("Dry run: nothing was changed."))


def _seen(words: str) -> str:
    """Without the codes that steer a terminal: a cell may hold anything."""
    return clean_text(words, lines=False)


def _print_faults(console: Console, report: Report) -> None:
    for fault in report.errors[:FAULTS_SHOWN]:
        console.print(
            _seen(
                _("Line %(row)d, %(column)s “%(value)s”: %(reason)s")
                % {"row": fault.row, "column": fault.column, "value": fault.value,
                   "reason": fault.reason}
            ),
            markup=False,
        )  # fmt: skip
    if len(report.errors) > FAULTS_SHOWN:
        console.print(
            _("… %(count)d faults in all; the report names every one.")
            % {"count": len(report.errors)}
        )
    for conflict in report.conflicts[:FAULTS_SHOWN]:
        console.print(
            _seen(
                _("Line %(row)d, %(column)s: here “%(here)s”, in the file “%(file)s”. %(reason)s")
                % asdict(conflict)
            ),
            markup=False,
        )
    if len(report.conflicts) > FAULTS_SHOWN:
        console.print(
            _("… %(count)d differences in all; the report names every one.")
            % {"count": len(report.conflicts)}
        )


def _print_ignored(console: Console, report: Report) -> None:
    if report.ignored:
        console.print(
            _("Not read, their words are not known: %(columns)s. If one of them is a fact of this "
              "ledger, a system administrator adds the word, and the file goes in again.")
            % {"columns": "、".join(report.ignored)},
            markup=False,
        )  # fmt: skip


def _counts(report: Report) -> Table:
    table = Table(box=None, pad_edge=False)
    words = [
        _("Lines"), _("New"), _("Changed"), _("Unchanged"), _("Duplicates"), _("Rejected"),
        _("To be decided"),
    ]  # fmt: skip
    for word in words:
        table.add_column(word, justify="right")
    numbers = (
        report.rows, report.new, report.changed, report.unchanged, report.duplicates,
        report.rejected, report.held,
    )  # fmt: skip
    table.add_row(*(str(number) for number in numbers))
    return table


def _write(path: Path, report: Report) -> None:
    """The report names persons: only its owner may read it."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(report.as_json(), file, ensure_ascii=False, indent=1)


def _progress(verbosity: int) -> Progress:
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Elapsed(),
        console=Console(stderr=True), disable=verbosity == 0 or not sys.stderr.isatty(),
    )  # fmt: skip


class _Steps:
    """One bar a step, in the order in which the steps begin."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int) -> None:
        if step not in self.tasks:
            self.tasks[step] = self.progress.add_task(step)
        self.progress.update(self.tasks[step], completed=done, total=total)
