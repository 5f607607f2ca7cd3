"""Save a row, or say in words which fact of the database forbids it."""

from collections.abc import Collection, Sequence
from typing import Any, Final, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.core.day_checks import SUFFIX
from apps.core.refusals import Refused
from apps.core.text import labelled, sentences

# Rows in one statement.
BATCH: Final = 500


def save_or_refuse(row: models.Model, **kwargs: Any) -> None:
    """Check the shape of the fields, save, and turn a broken constraint into its words.

    Two requests at once end here too: the database sees what neither of them could. A row has no
    savepoint of its own: what is refused is taken back with the act around it, which is whole.
    """
    refuse_shape(row)
    try:
        with transaction.atomic(savepoint=False):
            row.save(**kwargs)
    except IntegrityError as error:
        raise Refused(words_of(type(row), error)) from error


def refuse_shape(row: models.Model, *, leaving_out: Collection[str] = ()) -> None:
    """What no field of its kind can hold; `leaving_out`: references that are not stored yet."""
    try:
        row.clean_fields(exclude=_set_references(row) | {*leaving_out})
    except ValidationError as error:
        raise Refused(sentences(*_labelled(row, error))) from error


def insert_or_refuse(rows: Sequence[models.Model]) -> None:
    """New rows of one model whose shape was looked at, by the hundred: all of them or none."""
    if not rows:
        return
    model = type(rows[0])
    try:
        with transaction.atomic(savepoint=False):
            model._base_manager.bulk_create(rows, batch_size=BATCH)
    except IntegrityError as error:
        raise Refused(words_of(model, error)) from error


def words_of(model: type[models.Model], error: IntegrityError) -> str | Promise:
    """The `violation_error_message` of the constraint that was broken; other errors go on."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in model._meta.constraints:
        if constraint.name == name:
            return cast("str | Promise", constraint.violation_error_message)
    if name and "client_uuid" in name:  # a page from before the key was remembered: core.once
        return _("This page was used already. Load it anew.")
    if name and name.endswith(SUFFIX):
        return _("%(field)s: no day that can be meant.") % {
            "field": capfirst(model._meta.get_field(name.removesuffix(SUFFIX)).verbose_name)  # type: ignore[union-attr]
        }
    raise error


def _set_references(row: models.Model) -> set[str]:
    """References that have a value: Django would ask the database for each row they name, half of
    the queries of an import; the database asks itself when it stores them.
    """
    return {
        field.name
        for field in row._meta.concrete_fields
        if field.is_relation and getattr(row, field.attname) is not None
    }


def _labelled(row: models.Model, error: ValidationError) -> list[str]:
    return [
        labelled(row._meta.get_field(name).verbose_name, sentences(*words))  # type: ignore[union-attr]
        for name, words in error.message_dict.items()
    ]
