"""Write docs/data-dictionary.md from the models."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.exports.dictionary import PATH, as_markdown


class Command(BaseCommand):
    help = "Write docs/data-dictionary.md from the models."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is of today")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            if PATH.read_text() != as_markdown():
                raise CommandError("docs/data-dictionary.md is of another day: make dictionary")
            return
        PATH.write_text(as_markdown())
        self.stdout.write(str(PATH.name))
