"""Compile the translations, where they have changed."""

from typing import Any

from django.core.management.base import BaseCommand

from apps.core.translations import compile_catalogue, outdated


class Command(BaseCommand):
    """Like Django's compilemessages, without the gettext tools."""

    help = "Compile the translations that have changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile and say how many entries each has."""
        for path in outdated():
            entries = compile_catalogue(path)
            self.stdout.write(f"{path.parent.parent.name}/{path.name}: {entries} entries")
