import json
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any, TextIO, cast

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from apps.accounts.commands import add_area, area_of
from apps.core.days import day_argument
from apps.core.rates import fraction_text
from apps.persons.figures import Figure, Period
from apps.reports.indicators import INDICATORS


class Command(BaseCommand):
    help = "The figures of an area and a period, each with its numerator and denominator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_area(parser, required=True)
        parser.add_argument("--from", dest="first", type=day_argument, required=True)
        parser.add_argument("--to", dest="last", type=day_argument, required=True)
        parser.add_argument("--as-at", type=day_argument, help="day of the facts (--to)")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = options["first"], options["last"]
        if last < first:
            raise CommandError("--to lies before --from")
        period = Period(area_of(options["area"]), first, last, options["as_at"] or last)
        # Counts of nobody, for who keeps the server.
        period = replace(period, knows_sealed=True)
        figures = {code: entry.measure(period) for code, entry in INDICATORS.items()}
        if options["format"] == "json":
            found = {code: figure.as_json() for code, figure in figures.items()}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            Console(file=cast("TextIO", self.stdout), highlight=False).print(_table(figures))


def _table(figures: dict[str, Figure]) -> Table:
    table = Table(box=None, show_header=False)
    for figure in figures.values():
        whole = figure.denominator
        table.add_row(
            str(figure.indicator.title),
            figure.text,
            "" if whole is None else fraction_text(figure.numerator, whole),
        )
    return table
