"""How far the examples of the demo are laid out: a file, so that no page asks the database."""

import os
from pathlib import Path
from typing import NamedTuple

from django.conf import settings


class LaidOut(NamedTuple):
    done: int
    total: int


def note(done: int, total: int) -> None:
    """Whole or not at all: a page may read it at any moment."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(".new")
    beside.write_text(f"{done} {total}")
    os.replace(beside, place)


def forget() -> None:
    _place().unlink(missing_ok=True)


def so_far() -> LaidOut | None:
    """None outside the demo, and when nothing is being laid out."""
    if not settings.DEMO:
        return None
    try:
        done, total = _place().read_text().split()
        return LaidOut(int(done), int(total))
    except (OSError, ValueError):
        return None


def _place() -> Path:
    return Path(settings.VAR_DIR) / "demo.progress"
