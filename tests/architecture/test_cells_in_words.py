"""A cell of a list says a code of a list of choices in words."""

from collections.abc import Iterator
from typing import Any

import django_tables2 as tables
from django.db.models import CharField, Model
from django.urls import get_resolver

from apps.core.list_page import ListPage


def pages(patterns: Any = None) -> Iterator[type[ListPage]]:
    """Every list of the product, by its addresses."""
    for pattern in patterns or get_resolver().url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from pages(pattern.url_patterns)
        view = getattr(getattr(pattern, "callback", None), "view_class", None)
        if isinstance(view, type) and issubclass(view, ListPage):
            yield view


def model_of(page: type[ListPage]) -> type[Model] | None:
    shape = getattr(page, "filterset_class", None) or getattr(page, "table_class", None)
    model: type[Model] | None = getattr(getattr(shape, "_meta", None), "model", None)
    return model


def raw(page: type[ListPage]) -> Iterator[str]:
    """Columns that show what is stored of a field with choices."""
    model, table = model_of(page), page.table_class
    if model is None:
        return
    coded = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, CharField) and field.choices
    }
    for name, column in table.base_columns.items():  # type: ignore[attr-defined]
        shown = str(column.accessor or name)
        plain = type(column) is tables.Column and not hasattr(table, f"render_{name}")
        if plain and shown in coded:
            yield f"{table.__name__}.{name}"


def test_no_list_shows_a_code() -> None:
    walked = set(pages())
    assert len(walked) > 15
    assert sorted({fault for page in walked for fault in raw(page)}) == []
