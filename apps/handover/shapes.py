"""What each column may say, from the models: one source for the schema and for the check."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from apps.areas.models import Area
from apps.core.days import FIRST_DAY, LAST_DAY
from apps.core.fields import EncryptedTextField
from apps.handover.kinds import has_id, kinds, rows_there
from apps.handover.rows import told_fields
from apps.persons.models import Person

Schema = dict[str, Any]
LONGEST_WORDS: Final = 100_000
UUID_SHAPE: Final = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
AREA_SHAPE: Final = "^[0-9]{2,12}$"


class Misshapen(Exception):
    """A row says what none of ours could; the words name the column."""


def schema_of(field: Any) -> Schema:
    """What a column may hold, as JSON Schema."""
    found = _not_empty(field)
    if field.null:
        found = {"anyOf": [found, {"type": "null"}]}
    return found


# The first that fits; a day is a moment to Python, a lossless number a decimal to Django.
_SHAPES: Final[tuple[tuple[Any, Schema], ...]] = (
    (EncryptedTextField, {"type": "string", "maxLength": LONGEST_WORDS}),
    (models.BooleanField, {"type": "boolean"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.DecimalField, {"type": "string", "format": "decimal"}),
    (models.UUIDField, {"type": "string", "pattern": UUID_SHAPE}),
    (models.JSONField, {"type": ["object", "array"]}),
    (models.IntegerField, {"type": "integer"}),
)


def _not_empty(field: Any) -> Schema:
    if field.related_model is not None:
        return _reference(field.related_model)
    for model_field, shape in _SHAPES:
        if isinstance(field, model_field):
            return shape
    return _words(field)


def _words(field: Any) -> Schema:
    if field.flatchoices and not callable(getattr(field, "_choices", None)):
        codes = {str(code) for code, _label in field.flatchoices} | ({""} if field.blank else set())
        return {"type": "string", "enum": sorted(codes)}
    return {"type": "string", "maxLength": field.max_length or LONGEST_WORDS}


def _reference(model: type[models.Model]) -> Schema:
    if model is Area:
        return {"type": "string", "pattern": AREA_SHAPE}
    if model in rows_there():
        return {"type": "string", "pattern": UUID_SHAPE}
    return {"type": "string", "maxLength": 500}


def schema_of_kind(model: type[models.Model]) -> Schema:
    """A row: every column is there, and nothing else."""
    columns = {field.name: schema_of(field) for field in told_fields(model)}
    first = {"id": {"type": "string", "pattern": UUID_SHAPE}} if has_id(model) else {}
    both = first | columns
    return {"type": "object", "properties": both, "required": list(both),
            "additionalProperties": False}  # fmt: skip


def check_row(model: type[models.Model], row: Any) -> None:
    """Raises `Misshapen`, in words."""
    schema = schema_of_kind(model)
    if not isinstance(row, dict) or row.keys() != schema["properties"].keys():
        raise Misshapen(_("its columns are others than in this version"))
    for name, shape in schema["properties"].items():
        if not fits(row[name], shape):
            raise Misshapen(_("“%(column)s” says what it cannot") % {"column": _label(model, name)})


def _label(model: type[models.Model], name: str) -> str:
    if name == "id":
        return name
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def fits(value: Any, shape: Schema) -> bool:
    """The part of JSON Schema that `schema_of` writes."""
    if "anyOf" in shape:
        return any(fits(value, one) for one in shape["anyOf"])
    match shape["type"]:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "string":
            return isinstance(value, str) and _fits_text(value, shape)
    return isinstance(value, dict | list)


def _fits_text(value: str, shape: Schema) -> bool:
    if "\x00" in value or len(value) > shape.get("maxLength", LONGEST_WORDS):
        return False
    if "enum" in shape:
        return value in shape["enum"]
    if "pattern" in shape:
        return re.fullmatch(shape["pattern"], value) is not None
    match shape.get("format"):
        case "date":
            return _reads(_day, value)
        case "date-time":
            return _reads(_moment, value)
        case "decimal":
            return re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,12})?", value) is not None
    return True


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None or not _counts(found.date()):
        raise ValueError(text)
    return found


def _day(text: str) -> date:
    found = date.fromisoformat(text)
    if len(text) != 10 or not _counts(found):
        raise ValueError(text)
    return found


def _counts(day: date) -> bool:
    """At the ends of the calendar no years can be added, and the database gives nothing back."""
    return FIRST_DAY <= day <= LAST_DAY


def _reads(read: Any, value: str) -> bool:
    try:
        read(value)
    except (ValueError, OverflowError, InvalidOperation):
        return False
    return True


def moment_of(text: str) -> datetime | None:
    """With its zone, and within the days that are counted."""
    return _moment(text) if _reads(_moment, text) else None


def value_for(field: Any, value: Any) -> Any:
    """What the column of the model holds for what a row says; references are not its matter."""
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        return _moment(value)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field, models.DecimalField):
        return Decimal(value)
    if isinstance(field, models.UUIDField):
        return UUID(value)
    return value


def schema() -> Schema:
    """The whole interface of this version."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Homeward hand-over, format 1",
        "$defs": {
            "person.json": schema_of_kind(Person),
            **{kind.name: schema_of_kind(kind.model) for kind in kinds()},
        },
    }
