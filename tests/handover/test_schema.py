"""The interface is a file that others read: it changes only with its number."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from apps.handover.codes import VERSION
from apps.handover.shapes import schema

KEPT = Path(settings.BASE_DIR) / "docs" / "interface" / f"handover-{VERSION}.schema.json"


def without_toys(found: dict[str, Any]) -> dict[str, Any]:
    """The tests' own subject, its duty too, is in no installation."""
    kept = {name: one for name, one in found.items() if not name.startswith("toy_letters.")}
    if "enum" in kept:
        kept["enum"] = [code for code in kept["enum"] if code != "letter"]
    return kept


def test_the_schema_of_this_version_is_the_one_that_is_kept() -> None:
    """A column more or less is another version: `manage.py handover schema` writes it, and
    `docs/interface.md` says what has changed.
    """
    ours = json.loads(json.dumps(schema()), object_hook=without_toys)
    assert json.loads(KEPT.read_text(), object_hook=without_toys) == ours
