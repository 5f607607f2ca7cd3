"""Markup in every text of the database: a page that shows it unescaped gives itself away."""

import json
from typing import Any, Final

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from apps.core.fields import EncryptedTextField

SHOWN_RAW: Final = "<i class=raw>"
MARK: Final = f"\"'>{SHOWN_RAW}"
# Codes and keys that other rows or the code know: a changed one would lead nowhere.
KEYS: Final = frozenset(
    {
        "code",
        "kind",
        "act",
        "target",
        "password",
        "query",
        "language",
        "sha256",
        "content",
        "receipt_key",
        "receipt",
    }
)
# Many texts in one column.
OF_TEXTS: Final = frozenset(
    {"imports.ImportLine.content", "imports.ImportLine.mended", "exports.ExportRequest.asked"}
)
APART: Final = frozenset({"django_session", "django_content_type", "auth_permission", "areas_area"})


def mark_texts() -> set[str]:
    """Writes the mark into each text of each row; gives the columns that took it."""
    tables = set(connection.introspection.table_names()) - APART
    return {
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_models()
        if model._meta.db_table in tables and not model._meta.db_table.endswith("event")
        for field in model._meta.local_concrete_fields
        if _is_free_text(field)
        for row in model._base_manager.all()
        if _is_marked(row, field)
    }


def _is_free_text(field: Any) -> bool:
    text = isinstance(field, models.CharField | models.TextField | EncryptedTextField)
    is_key = field.name in KEYS and f"{field.model._meta.label}.{field.name}" not in OF_TEXTS
    return text and not field.choices and not field.primary_key and not is_key


def _marked(row: models.Model, field: Any) -> str:
    text = getattr(row, field.attname) or ""
    if f"{row._meta.label}.{field.name}" not in OF_TEXTS:
        return f"{text}{MARK}"
    return json.dumps(_each_marked(json.loads(text or '{"name": ""}')))


def _each_marked(told: Any) -> Any:
    """Each text of what is stored as one."""
    if isinstance(told, dict):
        return {name: _each_marked(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_each_marked(value) for value in told]
    return f"{told}{MARK}"


def _is_marked(row: models.Model, field: Any) -> bool:
    """False where a constraint keeps such a text out of the row."""
    text = _marked(row, field)
    if len(text) > (field.max_length or len(text)):
        return False
    before = getattr(row, field.attname)
    try:
        setattr(row, field.attname, text)
        with transaction.atomic():
            row.save_base(force_update=True, update_fields={field.name})
    except DatabaseError:
        setattr(row, field.attname, before)
        return False
    return True
