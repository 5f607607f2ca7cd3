"""What a whole file holds: every model whose rows name a person, found by what they are.

Of a new subject nothing needs to be said: its rows are in the file. How they arrive in another
installation follows from their columns: what hangs on nothing but the person, other rows of the
file, units and accounts becomes rows there; what hangs on a list of this office (a programme, a
campaign, a clinic) is words there, for it must not count in figures and budgets of another one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import models

from apps.accounts.models import User
from apps.areas.models import Area
from apps.persons.merging.rows import references
from apps.persons.models import Person

# No part of a file: traces of who worked with it, or of two files of one person.
LEFT_OUT: Final = {
    "persons.OutsideLookup": "who of another office looked the person up; a log of this office",
    "persons.Merge": "what was done with two files here",
    "persons.NotSame": "names another person",
    "notices.Notice": "the bell of somebody who works here",
    "schedule.Snooze": "how somebody here arranged a day's work",
    "assistance.SameHelpQuestion": "what somebody was asked at a form here",
    "handover.Package": "the envelope of a file is no part of it",
    "handover.Arrival": "the envelope of a file is no part of it",
}
# Rows in their columns, but of this office's own running: they go as words.
OF_THIS_OFFICE: Final = {
    "persons.Assignment": "nobody there is named by it",
    "persons.FormerUnit": "figures of this installation's past",
    "transfers.Transfer": "between units of this installation",
    "approvals.Proposal": "waits for, or was decided by, somebody here",
    "schedule.DueItem": "windows are laid out anew",
    "intake.Release": "an inbox of this office",
    "documents.IssuedDocument": "bears a number of this office; goes as its own document",
}
# Dictionaries that are the same everywhere: by their code.
CODED: Final = {"drugtests.Analyte": "code"}


@dataclass(frozen=True)
class Kind:
    """A model of the file. `column` names the person. `becomes_rows`: in the other office."""

    model: type[models.Model]
    column: str
    becomes_rows: bool

    @property
    def name(self) -> str:
        return self.model._meta.label


@cache
def kinds() -> tuple[Kind, ...]:
    """All of them, each after those that it names."""
    columns = {
        one.model: one.column for one in references(()) if one.model._meta.label not in LEFT_OUT
    }
    del columns[Person]
    as_rows = {model for model in columns if model._meta.label not in OF_THIS_OFFICE}
    while unfit := {model for model in as_rows if not _stands(model, as_rows)}:
        as_rows -= unfit
    return tuple(Kind(model, columns[model], model in as_rows) for model in _in_order(columns))


def _stands(model: type[models.Model], as_rows: set[type[models.Model]]) -> bool:
    """Whether each reference that must be there can be kept in another installation."""
    return all(field.null or keeps(field, as_rows) for field in references_of(model))


def keeps(field: Any, as_rows: set[type[models.Model]]) -> bool:
    """Whether what the column names is known there, too."""
    target = field.related_model
    return target in (Person, User, Area) or target in as_rows or target._meta.label in CODED


def references_of(model: type[models.Model]) -> Iterator[Any]:
    for field in model._meta.concrete_fields:
        if field.many_to_one or field.one_to_one:
            yield field


def has_id(model: type[models.Model]) -> bool:
    return any(field.name == "public_id" for field in model._meta.concrete_fields)


def _in_order(columns: dict[type[models.Model], str]) -> list[type[models.Model]]:
    """A row after those that it names; a model that names itself keeps the order of its rows."""
    waiting = [model for model in apps.get_models() if model in columns]
    found: list[type[models.Model]] = []
    while waiting:
        ready = [
            model for model in waiting
            if not {f.related_model for f in references_of(model)} & (set(waiting) - {model})
        ]  # fmt: skip
        found += ready
        waiting = [model for model in waiting if model not in ready]
    return found


@cache
def rows_there() -> frozenset[type[models.Model]]:
    return frozenset(kind.model for kind in kinds() if kind.becomes_rows)
