"""Whose changes the history of a file tells: of every tracked row that names the person."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.db.models import Model, Q
from pghistory.models import Event

from apps.accounts.models import User
from apps.areas.querysets import ScopedQuerySet
from apps.core.records import file_rows
from apps.persons.merging.rows import references
from apps.persons.models import Person


def rows_of(person: Person, user: User) -> Iterator[Model]:
    """The person and what belongs to the file, as far as the user sees it."""
    yield person
    for model, mine, permission in told_models():
        if permission and not user.may(permission):
            continue
        rows: Any = model._default_manager.all()
        # Assignments have no scope of their own: whoever sees the person sees who looks after it.
        rows = rows.visible_to(user) if isinstance(rows, ScopedQuerySet) else rows
        yield from rows.filter(mine(person)).order_by("pk")


@cache
def told_models() -> tuple[tuple[type[Model], Any, str], ...]:
    """Models found by what they are, the condition of their rows, and who may read them."""
    differs = {model: rows.history for model, rows in file_rows().items()}
    columns: dict[type[Model], list[str]] = {}
    for reference in references(left_out=()):
        if is_tracked(reference.model) and differs.get(reference.model, "") is not None:
            columns.setdefault(reference.model, []).append(reference.column)
    return tuple(
        (model, lambda person, names=names: Q(*((name, person) for name in names), _connector=Q.OR),
         differs.get(model) or "")
        for model, names in columns.items()
        if model is not Person
    )  # fmt: skip


def is_tracked(model: type[Model]) -> bool:
    """Whether the database keeps what its rows have said."""
    return any(issubclass(one.related_model, Event) for one in model._meta.related_objects)
