import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import Progress

from apps.areas import loading
from apps.core.refusals import Refused


class Command(BaseCommand):
    help = (
        "Load areas from a file code,name,level,parent_code; without a file, Hainan. "
        "Loading again adds and renames, and never deletes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=loading.HAINAN)
        parser.add_argument("--province", metavar="CODE", default="", help="only this province: 44")
        parser.add_argument(
            "--progress", action="store_true", help="show progress, terminal or not"
        )

    def handle(self, *args: Any, file: Path, province: str, progress: bool, **options: Any) -> None:
        shown = (progress or sys.stdout.isatty()) and options["verbosity"] > 0
        try:
            rows = loading.read_areas(file, province)
            with Progress(disable=not shown, transient=False) as bar:
                task = bar.add_task("Areas", total=len(rows))
                counts = loading.store_areas(rows, lambda done: bar.advance(task, done))
        except (OSError, KeyError, UnicodeDecodeError) as problem:
            raise CommandError(f"{file}: {problem}") from problem
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"Areas: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged."
        )
