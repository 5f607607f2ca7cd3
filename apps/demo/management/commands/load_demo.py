from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core import laid_out
from apps.core.progress import bar, console_of
from apps.core.refusals import Refused
from apps.demo.lives import PERSONS
from apps.demo.loading import Progress, load_demo


class Command(BaseCommand):
    help = "Load invented persons and a year of work; goes on where it stopped. Demo mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, default=PERSONS, help="fewer for a quick look")

    def handle(self, *args: Any, **options: Any) -> None:
        console = console_of(self)
        persons = min(options["persons"], PERSONS)
        try:
            with bar(console, "Demo data", persons) as advance, told(advance, persons) as progress:
                loaded = load_demo(persons=persons, progress=progress)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        console.print(
            f"The demo is laid out: {loaded.before + loaded.added} invented persons, "
            f"{loaded.added} of them new."
        )


@contextmanager
def told(advance: Progress, total: int) -> Iterator[Progress]:
    """The same progress, which every page of the demo tells until the end of the work."""
    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        laid_out.note(done, total)
        advance(count)

    try:
        yield progress
    finally:
        laid_out.forget()
