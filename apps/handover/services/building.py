"""Rows of another installation become rows here: their own days and words, our keys and units."""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import DataError, IntegrityError, models
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area, place_ids
from apps.cases.models import Case
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import words_of
from apps.handover.kinds import CODED, Kind, has_id, keeps, references_of, rows_there
from apps.handover.rows import told_fields
from apps.handover.shapes import value_for
from apps.persons import identity, names
from apps.persons.models import Person

Row = dict[str, Any]


@dataclass
class Builder:
    """Takes kinds in their order. Staff of the other office have no account here: what they wrote
    is recorded by the system, and the file that arrived has their names.
    """

    place: dict[str, Any]
    system: User
    # By model, the key here of each lasting id.
    keys: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)
    were_here: dict[Any, set[str]] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)

    def build_person(self, told: Row) -> Person:
        person = Person(public_id=told["id"], **self.place)
        self._fill(person, told)
        # Spellings and indexes are ours: what a stranger derived is not believed.
        person.name_pinyin, person.name_initials, person.sort_key = names.read(person.name)
        number = person.document_number = identity.plain(person.document_number)
        person.document_index = identity.document_index(number) if number else None
        person.document_last4_index = identity.last4_index(number) if number else None
        person.phone_index = identity.phone_index(person.phone) if person.phone else None
        person.brought_in_on, person.merged_on = today(), None
        self._insert(Person, [person])
        return person

    def build(
        self, kind: Kind, rows: list[Row], person: Person,
        before: Callable[[Any], None] = lambda _row: None,
    ) -> None:  # fmt: skip
        """Those that are not here yet, by their lasting id. `before` is done to each first."""
        known = self._known(kind, rows, person)
        self.were_here[kind.model] = set(known)
        fresh = [
            row for row in rows if row.get("id") not in known and not self._came_with(kind, row)
        ]
        found = [self._row(kind, row, person) for row in fresh]
        for one in found:
            before(one)
        self._insert(kind.model, found)
        keys = self.keys.setdefault(kind.model, dict(known))
        if has_id(kind.model):
            keys.update({str(row.public_id): row.pk for row in found})  # type: ignore[attr-defined]
        self.made[kind.name] = len(found)

    def _known(self, kind: Kind, rows: Iterable[Row], person: Person) -> dict[str, int]:
        if not has_id(kind.model):
            return {}
        ids = [row["id"] for row in rows]
        here = kind.model._base_manager.filter(public_id__in=ids)
        if here.exclude(**{kind.column: person}).exists():
            raise Refused(_("A row of this file belongs to another person here."))
        return {str(number): pk for number, pk in here.values_list("public_id", "pk")}

    def _came_with(self, kind: Kind, row: Row) -> bool:
        """A row without an id of its own is here when what it belongs to was."""
        if has_id(kind.model):
            return False
        return any(
            row.get(one.name) in self.were_here.get(one.related_model, ())
            for one in references_of(kind.model)
        )

    def _row(self, kind: Kind, told: Row, person: Person) -> models.Model:
        first = {"public_id": told["id"]} if "id" in told else {}
        row = kind.model(**first, **{kind.column: person}, **place_ids(person))
        self._fill(row, told)
        if isinstance(row, Case):
            row.brought_in_on = today()  # nothing was due here before
        return row

    def _fill(self, row: models.Model, told: Row) -> None:
        for one in told_fields(type(row)):
            value = told[one.name]
            if one.related_model is not None:
                setattr(row, one.attname, self._named(one, value))
            elif value is not None or one.null:
                setattr(row, one.attname, value_for(one, value))

    def _named(self, one: Any, value: Any) -> int | None:
        target = one.related_model
        if value is None or not keeps(one, set(rows_there())):
            return None
        if target is User:
            return self.system.pk
        if target is Area:
            return area_of(value, must=not one.null)
        if code := CODED.get(target._meta.label):
            return _coded(target, code, value)
        key = self.keys.get(target, {}).get(value)
        if key is None and not one.null:
            raise Refused(_("A row of this file names a row that is not in it."))
        return key

    def _insert(self, model: type[models.Model], rows: list[Any]) -> None:
        """With the days on which they were recorded: Django would write today's."""
        columns = [_as_told(one) for one in model._meta.concrete_fields
                   if not one.primary_key and not getattr(one, "generated", False)]  # fmt: skip
        for row in rows:
            try:
                [(row.pk,)] = model._base_manager._insert(  # type: ignore[attr-defined]
                    [row], fields=columns, returning_fields=[model._meta.pk], using="default"
                )
            except IntegrityError as error:
                what = model._meta.verbose_name
                raise Refused(f"{what}: {words_of(model, error)}") from error
            except DataError as error:
                raise Refused(_("%(what)s: a value has no room here.")
                              % {"what": model._meta.verbose_name}) from error  # fmt: skip


def area_of(code: str, *, must: bool) -> int | None:
    """The unit of the code, or the next one above that is known here."""
    lengths = [length for length in (12, 9, 6, 4, 2) if length <= len(code)]
    known = dict(
        Area.objects.filter(code__in=[code[:n] for n in lengths]).values_list("code", "pk")
    )
    for length in lengths:
        if pk := known.get(code[:length]):
            return pk  # type: ignore[no-any-return]
    if must:
        raise Refused(_("The unit %(code)s is not known here.") % {"code": code})
    return None


def _coded(model: Any, column: str, value: str) -> int:
    found = model._base_manager.filter(**{column: value}).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(_("%(what)s: the code %(code)s is not known here.")
                      % {"what": model._meta.verbose_name, "code": value[:40]})  # fmt: skip
    return found  # type: ignore[no-any-return]


def _as_told(one: Any) -> Any:
    """The column without its clock."""
    if not getattr(one, "auto_now_add", False) and not getattr(one, "auto_now", False):
        return one
    plain = copy.copy(one)
    plain.auto_now_add = plain.auto_now = False
    return plain
