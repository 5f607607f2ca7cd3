from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.core.progress import bar, console_of
from apps.core.refusals import Refused
from apps.demo.lives import PERSONS
from apps.demo.loading import load_demo


class Command(BaseCommand):
    help = "Load invented persons and a year of work; goes on where it stopped. Demo mode only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, default=PERSONS, help="fewer for a quick look")

    def handle(self, *args: Any, **options: Any) -> None:
        console = console_of(self)
        persons = min(options["persons"], PERSONS)
        try:
            with bar(console, "Demo data", persons) as advance:
                loaded = load_demo(persons=persons, progress=advance)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        console.print(
            f"{loaded.before + loaded.added} invented persons, {loaded.added} of them new."
        )
