"""When two contents are the same: what is left after cleaning, whatever way it came in."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any, Final
from unicodedata import normalize

from django.core.files.base import File
from django.db import models


def frozen(value: Any) -> Any:
    """A form of the value that is equal exactly where the content is."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    for kind, freeze in FREEZERS:
        if isinstance(value, kind):
            return freeze(value)
    return "" if value is None else str(value)


def tidied(text: str) -> str:
    """Line ends and blanks around a text are no difference."""
    lines = normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return lines.strip()


def expanded(content: Mapping[str, Any]) -> dict[str, Any]:
    """Facts that a service takes together stand beside the others."""
    found: dict[str, Any] = {}
    for name, value in content.items():
        if is_dataclass(value) and not isinstance(value, type):
            found |= asdict(value)
        else:
            found[name] = value.size if isinstance(value, File) else value
    return found


def _of_file(file: "File[Any]") -> str:
    digest = sha256()
    file.seek(0)
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


# The first kind that fits; every word and every list is an Iterable, too.
FREEZERS: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (Enum, lambda value: frozen(value.value)),
    (str, tidied),
    (datetime, lambda value: value.astimezone(UTC).isoformat()),
    (date, lambda value: value.isoformat()),
    (models.Model, lambda value: f"{value._meta.label_lower}:{value.pk}"),
    (File, _of_file),
    (Mapping, lambda value: sorted((str(name), frozen(one)) for name, one in value.items())),
    (Iterable, lambda value: [frozen(one) for one in value]),
)
