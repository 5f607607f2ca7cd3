"""Every row that names a person, and how it comes to another one.

The models are found by what they are, so that a new one needs no naming.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _, gettext_lazy
from pghistory.models import Event

from apps.accounts.models import User
from apps.core.records import FileRows, file_rows
from apps.core.saving import words_of
from apps.core.text import sentences
from apps.persons.models import FormerUnit, Merge, MergedRow, NotSame, Person

# Acts on the two files themselves; where a person was is asked of the file of then.
STAYING: frozenset[type[models.Model]] = frozenset({Merge, MergedRow, NotSame, FormerUnit})
SETTLE = gettext_lazy("End, withdraw or correct one of the two first.")


@dataclass(frozen=True)
class Clash:
    """A row that cannot stand in the other file, why, and what to do first."""

    row: str
    why: str
    first: str

    def __str__(self) -> str:
        return sentences(self.row, self.why, self.first)


@dataclass(frozen=True)
class Reference:
    """A column that names a person."""

    model: type[models.Model]
    column: str

    @property
    def label(self) -> str:
        return self.model._meta.label

    def of(self, person: Person) -> Any:
        return self.model._base_manager.filter(**{self.column: person}).order_by("pk")


def references(left_out: Collection[type[models.Model]] = STAYING) -> Iterator[Reference]:
    """All of them, files that were merged into the person included."""
    for model in apps.get_models():
        if issubclass(model, Event) or model in left_out or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            if (field.many_to_one or field.one_to_one) and field.related_model is Person:
                yield Reference(model, field.name)


def move_rows(kept: Person, merged: Person) -> tuple[list[MergedRow], list[Clash]]:
    """Name `kept` wherever `merged` is named; what the database refuses stays and is told."""
    came: list[MergedRow] = []
    clashes: list[Clash] = []
    for reference in references():
        ids = list(reference.of(merged).values_list("pk", flat=True))
        if not ids or _name(reference, ids, kept) is None:
            came += [_came(reference, pk) for pk in ids]
            continue
        for pk in ids:
            error = _name(reference, [pk], kept)
            if error is None:
                came.append(_came(reference, pk))
            elif _declared(reference).has_twin:
                came.append(taken_away(reference, pk))
            else:
                clashes.append(_clash(reference, pk, error))
    return came, clashes


def _declared(reference: Reference) -> FileRows:
    return file_rows().get(reference.model) or FileRows(reference.model)


def _name(reference: Reference, ids: Sequence[int], person: Person) -> IntegrityError | None:
    try:
        with transaction.atomic():
            rows = reference.model._base_manager.filter(pk__in=ids)
            rows.update(**{reference.column: person})
    except IntegrityError as error:
        return error
    return None


def _came(reference: Reference, pk: int, before: dict[str, Any] | None = None) -> MergedRow:
    return MergedRow(model=reference.label, column=reference.column, row=pk, before=before or {})


def taken_away(reference: Reference, pk: int) -> MergedRow:
    """The row goes; what is kept of it lets an undo make it again."""
    rows = reference.model._base_manager.filter(pk=pk)
    [told] = json.loads(serializers.serialize("json", rows))
    rows.delete()
    return _came(reference, pk, {"gone": told["fields"]})


def _clash(reference: Reference, pk: int, error: IntegrityError) -> Clash:
    row = reference.model._base_manager.get(pk=pk)
    return Clash(
        row=_("%(what)s “%(row)s”:") % {"what": row._meta.verbose_name, "row": row},
        why=str(words_of(reference.model, error)),
        first=str(_declared(reference).settle or SETTLE),
    )


def known_rows(reference: Reference, user: User) -> Any:
    """Of which the user may be told by a number: not what nobody reads in a history, nor what is
    restricted.
    """
    if _declared(reference).history is None:
        return reference.model._base_manager.none()
    known = getattr(reference.model._default_manager.all(), "known_to", None)
    return known(user) if known else reference.model._base_manager.all()


def counted(person: Person, user: User) -> list[tuple[str, int]]:
    """How many rows of every kind are in a file, as far as the user may know of them."""
    found: dict[str, int] = {}
    for reference in references():
        rows = known_rows(reference, user).filter(**{reference.column: person})
        if count := rows.order_by().count():
            label = str(reference.model._meta.verbose_name_plural)
            found[label] = found.get(label, 0) + count
    return sorted(found.items())


def state_of(persons: Iterable[Person]) -> list[str]:
    """Something that is different as soon as a row of one of the files is."""
    told = []
    with connection.cursor() as cursor:
        for model, column in _columns():
            ids = sorted(person.pk for person in persons)
            cursor.execute(_STATE.format(**_names(model, column)), [ids])
            told.append(f"{model._meta.label} {cursor.fetchone()[0]}")
    return told


_STATE = (
    "SELECT md5(string_agg(id || ':' || xmin::text, ',' ORDER BY id)) FROM {t} WHERE {c}=ANY(%s)"
)


def _columns() -> Iterator[tuple[type[models.Model], str]]:
    yield Person, "id"
    for reference in references():
        yield reference.model, f"{reference.column}_id"


def _names(model: type[models.Model], column: str) -> dict[str, str]:
    quote = connection.ops.quote_name
    return {"t": quote(model._meta.db_table), "c": quote(column)}
