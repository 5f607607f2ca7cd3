"""Is every text translated?"""

from pathlib import Path
from typing import Any

import polib
from django.core.management.base import CommandError

from apps.core.catalogues import faults
from apps.core.management.commands import make_messages


class Command(make_messages.Command):
    """Collects the texts and compares, writing nothing."""

    help = "Fail unless every text of code and templates is translated (needs gettext)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Name every fault."""
        self.faults: list[str] = []
        super().handle(*args, **options)
        if self.faults:
            raise CommandError("\n".join([*self.faults, f"{len(self.faults)} faults"]))

    def treat(self, found: polib.POFile, path: Path) -> None:
        """Compare instead of writing."""
        self.faults += faults(found, path)
