"""A row as JSON: codes, ISO days, words; whom and what it names by its lasting id, code or name."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from apps.accounts.models import User
from apps.areas.models import PLACE_FIELDS, Area
from apps.core.fields import EncryptedTextField
from apps.handover.kinds import CODED, has_id
from apps.persons.models import Person

Told = dict[str, Any]
# The key of a form, the count of changes, which unit sees the row: nothing of them holds elsewhere.
NOT_TOLD = frozenset({"public_id", "client_uuid", "version", *PLACE_FIELDS})


def told_fields(model: type[models.Model]) -> Iterator[Any]:
    """The columns that a file tells: facts, and not what this installation derives from them."""
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in NOT_TOLD or isinstance(field, models.FileField):
            continue
        if getattr(field, "generated", False) or field.related_model is Person:
            continue
        if isinstance(field, models.BinaryField) and not isinstance(field, EncryptedTextField):
            continue
        yield field


def told(row: models.Model) -> Told:
    """The whole row. `id` is the same in every installation."""
    first: Told = {"id": str(row.public_id)} if has_id(type(row)) else {}  # type: ignore[attr-defined]
    return first | {field.name: value_of(row, field) for field in told_fields(type(row))}


def value_of(row: models.Model, field: Any) -> Any:
    if field.related_model is not None:
        return _named(getattr(row, field.name))
    return plain(getattr(row, field.attname))


def _named(other: Any) -> Any:
    match other:
        case None:
            return None
        case Area():
            return other.code
        case User():
            return str(other)
    if code := CODED.get(other._meta.label):
        return getattr(other, code)
    # Rows of the file by their id; what only this office has a list of, in words.
    return str(other.public_id) if _is_of_file(other) else str(other)


def _is_of_file(other: Any) -> bool:
    return has_id(type(other)) and any(
        field.related_model is Person for field in other._meta.concrete_fields
    )


def plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str():
            return value
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
        case Decimal() | UUID():
            return str(value)
        case dict():
            return {str(name): plain(one) for name, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case float():
            return repr(value)
    raise TypeError(f"{type(value)} in a file")
