"""The data dictionary: every table and column as the models declare them, in both languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _, override
from pghistory.models import Event

from apps.accounts.models import User
from apps.core.exports import Sheet
from apps.core.fields import EncryptedTextField
from apps.core.text import is_chinese
from apps.persons.models import Person

PATH: Final = Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"
LANGUAGES: Final = ("en", "zh-hans")
# Keys, and what the machine writes for itself.
TECHNICAL: Final = frozenset({"id", "public_id", "client_uuid", "version", "recorded_at"})


@dataclass(frozen=True)
class ToldColumn:
    """One column; `names` and `choices` in the order of LANGUAGES."""

    name: str
    kind: str
    names: tuple[str, ...]
    holds: str
    personal: str
    choices: str
    empty: bool


@dataclass(frozen=True)
class ToldTable:
    label: str
    table: str
    names: tuple[str, ...]
    tracked: bool
    columns: tuple[ToldColumn, ...]
    constraints: tuple[str, ...]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.names[is_chinese()]

    @property
    def whose(self) -> str:
        """Of persons where any column is theirs, else of the staff."""
        of = {column.personal for column in self.columns}
        return _("Persons") if "person" in of else _("Staff") if "staff" in of else ""


def tables() -> list[ToldTable]:
    """Those of the product, without history: each tracked one has a twin of the same columns."""
    found = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("apps.") and not issubclass(model, Event)
        and model._meta.managed and not model._meta.proxy
    ]  # fmt: skip
    return [_told(model) for model in sorted(found, key=lambda model: model._meta.label_lower)]


def _told(model: type[models.Model]) -> ToldTable:
    meta = model._meta
    return ToldTable(
        meta.label, meta.db_table, _both(meta.verbose_name), hasattr(model, "pgh_event_model"),
        tuple(_column(model, one) for one in meta.concrete_fields),
        tuple(_constraints(model)),
    )  # fmt: skip


def _column(model: type[models.Model], one: Any) -> ToldColumn:
    return ToldColumn(
        one.column, _kind(one), _both(one.verbose_name), _holds(one), _personal(model, one),
        _choices(one), bool(one.null or one.blank),
    )  # fmt: skip


def _both(words: str | Promise | None) -> tuple[str, ...]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(capfirst(str(words or "")))
    return tuple(found)


def _kind(one: Any) -> str:
    if isinstance(one, EncryptedTextField):
        return "text"
    if one.is_relation:
        return f"→ {one.related_model._meta.label}"
    name = type(one).__name__.removesuffix("Field")
    return f"{name}({one.max_length})" if one.max_length else name


def _holds(one: Any) -> str:
    if isinstance(one, EncryptedTextField):
        return "encrypted"
    if one.name.endswith("_index") and isinstance(one, models.BinaryField):
        return "blind index"
    return "unique" if one.unique and not one.primary_key else ""


def _personal(model: type[models.Model], one: Any) -> str:
    """Whose: of a person on the register, of the staff, or nobody's."""
    if one.is_relation:
        points_to = one.related_model
        return "person" if points_to is Person else "staff" if points_to is User else ""
    if one.name in TECHNICAL or one.auto_created:
        return ""
    if isinstance(one, EncryptedTextField) or model is Person or _is_about_a_person(model):
        return "person"
    return "staff" if model is User else ""


def _is_about_a_person(model: type[models.Model]) -> bool:
    return any(one.is_relation and one.related_model is Person for one in model._meta.fields)


def _choices(one: Any) -> str:
    """Codes with their words; a long list or one that a function gives is told by its codes."""
    flat = list(getattr(one, "flatchoices", None) or ())
    told = []
    for code, label in flat:
        english, chinese = _both(label)
        told.append(f"{code or '–'} {english} / {chinese}")
    return "; ".join(told)


def _constraints(model: type[models.Model]) -> Iterator[str]:
    for one in model._meta.constraints:
        message = one.violation_error_message
        default = type(one).default_violation_error_message
        words = "" if message == default else " / ".join(_both(message))
        yield f"{one.name}: {words}" if words else one.name


def as_markdown() -> str:
    """The page of the documentation."""
    lines = [
        "# Data dictionary",
        "",
        "Written by `make dictionary` from the models; a test keeps it so. *Encrypted* columns",
        "hold ciphertext in the row and in its history, a *blind index* finds a value without",
        "telling it. *Whose*: data of a person on the register, of the staff, or of nobody. A",
        "table that is *tracked* has a history of every change with the same columns.",
    ]
    for one in tables():
        tracked = ", tracked" if one.tracked else ""
        lines += ["", f"## {one.label}: {_in_a_row(one.names)}", "", f"`{one.table}`{tracked}", ""]
        lines += ["| column | type | meaning | | whose | may be empty | choices |",
                  "|---|---|---|---|---|---|---|"]  # fmt: skip
        for column in one.columns:
            cells = (
                f"`{column.name}`", column.kind, _in_a_row(column.names), column.holds,
                column.personal, "yes" if column.empty else "", column.choices,
            )  # fmt: skip
            lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
        lines += ["", *(f"- {words}" for words in one.constraints)] if one.constraints else []
    return "\n".join(lines) + "\n"


def _in_a_row(names: tuple[str, ...]) -> str:
    return " / ".join(dict.fromkeys(filter(None, names)))


def as_sheet() -> Sheet:
    """The same as a table to take along."""
    labels = [
        _("Table"), _("Meaning of the table"), _("Column"), _("Type"), _("In English"),
        _("In Chinese"), _("Encrypted or indexed"), _("Whose data"), _("May be empty"),
        _("Choices"), _("Constraints"),
    ]  # fmt: skip
    rows = [
        [
            one.table, _in_a_row(one.names), column.name, column.kind, *column.names, column.holds,
            column.personal, "yes" if column.empty else "", column.choices,
            "\n".join(one.constraints) if place == 0 else "",
        ]
        for one in tables()
        for place, column in enumerate(one.columns)
    ]  # fmt: skip
    return Sheet(_("Data dictionary"), labels, rows, _("It names nobody."))
