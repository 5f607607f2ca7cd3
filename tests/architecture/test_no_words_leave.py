"""What somebody wrote about a person in words stays on the screen: no sheet has a column of it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.urls import get_resolver

from apps.core.fields import EncryptedTextField
from apps.core.list_page import ListPage
from apps.core.records import every
from apps.core.tables import BaseTable
from apps.persons.figures import FigureList


def pages(of: type[Any] = ListPage) -> Iterator[type[Any]]:
    for page in of.__subclasses__():
        yield page
        yield from pages(page)


def tables() -> dict[type[BaseTable], Any]:
    """All that leaves as a sheet, with the model of its rows."""
    assert get_resolver().url_patterns  # all pages are known
    found: dict[type[BaseTable], Any] = {}
    for page in pages():
        if page.export_permission and hasattr(page, "table_class"):
            filters: Any = page.filterset_class
            found[page.table_class] = filters._meta.model if filters else None
    for figure in every(FigureList):
        found[figure.table] = None
    return {table: table._meta.model or model for table, model in found.items()}


def is_words(model: Any, accessor: str) -> bool:
    field: Any = None
    for step in accessor.split("__"):
        try:
            field = model._meta.get_field(step)
        except FieldDoesNotExist:
            return False
        model = field.related_model
    return isinstance(field, EncryptedTextField)


def test_no_sheet_has_a_column_of_words_about_a_person() -> None:
    known = tables()
    assert len(known) > 40
    words = {
        (table.__name__, column.name)
        for table, model in known.items() if model is not None
        for column in table([])._exported() if is_words(model, str(column.accessor))
    }  # fmt: skip
    assert not words
