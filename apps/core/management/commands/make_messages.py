"""Collect translatable texts into locale/."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.commands import makemessages

from apps.core.catalogues import merged

LANGUAGES = ["zh_Hans"]
IGNORED = [".venv", "var", "tests", "scripts", "docs", "static"]


class Command(makemessages.Command):
    """Django's collector with our own merge: sorted, without places, never fuzzy."""

    help = "Collect translatable texts into locale/ (needs the package gettext)."

    def handle(self, *args: Any, **options: Any) -> None:
        """From the project's own code and templates, where the texts stand in English."""
        self.paths: set[Path] = set()
        options |= {"locale": LANGUAGES, "ignore_patterns": IGNORED, "no_location": True}
        super().handle(*args, **options)

    def write_po_file(self, potfile: str, locale: str) -> None:
        """Called by Django for each language with what it found, twice for the same folder."""
        path = Path(settings.LOCALE_PATHS[0]) / locale / "LC_MESSAGES" / "django.po"
        if path not in self.paths:
            self.paths.add(path)
            self.treat(polib.pofile(potfile), path)

    def treat(self, found: polib.POFile, path: Path) -> None:
        """Write what was found, with the translations there are."""
        catalogue = merged(found, path)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(path))
        missing = len(catalogue.untranslated_entries())
        language = path.parent.parent.name
        self.stdout.write(f"{language}: {len(catalogue)} texts, {missing} without a translation")
