"""Looking into a ZIP of a whole file."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as box:
        return {name: box.read(name) for name in box.namelist()}


def manifest_of(parts: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parts["manifest.json"])
    return found


def rows_in(parts: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """By kind."""
    return {
        part["kind"]: json.loads(parts[part["name"]])
        for part in manifest_of(parts)["parts"]
        if part["name"].startswith("records/")
    }
