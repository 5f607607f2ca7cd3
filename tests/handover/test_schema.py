"""The interface is a file that others read: it changes only with its number."""

import json
from pathlib import Path

from django.conf import settings

from apps.handover.codes import VERSION
from apps.handover.shapes import schema

KEPT = Path(settings.BASE_DIR) / "docs" / "interface" / f"handover-{VERSION}.schema.json"
TOYS = "toy_letters."


def test_the_schema_of_this_version_is_the_one_that_is_kept() -> None:
    """A column more or less is another version: `manage.py handover schema` writes it, and
    `docs/interface.md` says what has changed.
    """
    ours = schema()
    ours["$defs"] = {name: one for name, one in ours["$defs"].items() if not name.startswith(TOYS)}
    assert json.loads(KEPT.read_text()) == ours
