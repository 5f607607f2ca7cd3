"""Compiles translations without the gettext tools."""

import os
from pathlib import Path

import polib
from django.conf import settings


def catalogues() -> list[Path]:
    """Every translation file of the project."""
    return sorted(p for root in settings.LOCALE_PATHS for p in Path(root).glob("*/*/*.po"))


def outdated() -> list[Path]:
    """The ones whose compiled form is missing or older."""
    return [path for path in catalogues() if _is_outdated(path)]


def compile_catalogue(path: Path) -> int:
    """Write the compiled file beside its source; how many entries it has."""
    catalogue = polib.pofile(str(path))
    unfinished = path.with_suffix(f".{os.getpid()}")
    catalogue.save_as_mofile(str(unfinished))
    unfinished.replace(path.with_suffix(".mo"))
    return len(catalogue.translated_entries())


def _is_outdated(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime
