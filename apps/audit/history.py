"""The history of a row in words: who changed what, from what to what, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any, Final, NamedTuple

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from apps.accounts.models import User
from apps.audit.acting import LEDGER, reason_of
from apps.core.crypto import unseal
from apps.core.fields import EncryptedTextField

# Kept by the programme for itself, or said elsewhere in the entry.
NOT_TOLD = frozenset(
    {
        "id", "public_id", "client_uuid", "version", "sort_key", "name_pinyin", "name_initials",
        "recorded_at", "recorded_by", "created_at", "created_by", "source_id", "password",
        "last_login",
    }
)  # fmt: skip
# Some acts keep so much of their reason.
REASON_KEPT: Final = 200
ELSEWHERE: Final = gettext_lazy("name not shown: outside your area or caseload")


class Change(NamedTuple):
    """One field in words; both values are empty for an encrypted one, which only says so."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryEntry:
    when: datetime
    who: str
    act: str
    subject: str
    why: str = ""
    what: list[Change] = field(default_factory=list)


class RowEvent(NamedTuple):
    """An event of a row, and the one before it."""

    row: models.Model
    before: Any
    after: Any


def history_of(*rows: models.Model, reader: User) -> list[HistoryEntry]:
    """All that happened to the rows, the newest first. The rows' models are tracked."""
    return in_words(changes_of(*rows), reader)


def changes_of(*rows: models.Model) -> list[RowEvent]:
    """The events that say something, the newest first; one query a model."""
    events = _events_of(rows)
    told = [
        RowEvent(row, before, after)
        for row in rows
        for before, after in pairwise([None, *events[type(row), row.pk]])
        if before is None or after.pgh_label == "delete" or any(_changed(row, before, after))
    ]
    # Rows of one transaction share their moment: among them the later row comes first.
    told.reverse()
    return sorted(told, key=lambda one: one.after.pgh_created_at, reverse=True)


def in_words(told: Sequence[RowEvent], reader: User) -> list[HistoryEntry]:
    """Whoever shows a page of them has words made for that page alone.

    Nobody outside the reader's scope is named, though a row once pointed there.
    """
    people = _names_of_users(one.after for one in told)
    names = _Names(told, reader)
    return [_entry(*one, people, names) for one in told]


def _events_of(rows: Iterable[models.Model]) -> dict[tuple[type[models.Model], Any], list[Any]]:
    ids: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        ids[type(row)].append(row.pk)
    found: dict[tuple[type[models.Model], Any], list[Any]] = defaultdict(list)
    for model, keys in ids.items():
        events = model.events.rel.related_model.objects.filter(pgh_obj_id__in=keys)
        for event in events.select_related("pgh_context").order_by("pgh_id"):
            found[model, event.pgh_obj_id].append(event)
    return found


def set_by_hand(row: models.Model, name: str) -> bool:
    """Whether the value of a field was put there by somebody, and not by a ledger.

    An empty field that never held anything is nobody's word: it may be filled.
    """
    column = row._meta.get_field(name)
    events = list(row.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
    found, before = None, None
    for event in events:
        value = _plain_value(row, column, event)
        if found is None or value != before:
            found, before = event, value
    if found is None:
        return True  # of before the history: nothing says that it may be taken back
    if found is events[0] and before in (None, "", b""):
        return False
    return LEDGER not in (found.pgh_context.metadata if found.pgh_context else {})


def _plain_value(row: models.Model, column: Any, event: Any) -> Any:
    stored = _stored(event, column)
    return _opened(row, column, stored) if isinstance(column, EncryptedTextField) else stored


def _entry(
    row: models.Model, before: Any, after: Any, people: dict[int, str], names: "_Names"
) -> HistoryEntry:
    context = after.pgh_context.metadata if after.pgh_context else {}
    why = reason_of(context).strip()
    return HistoryEntry(
        when=after.pgh_created_at,
        who=people.get(context.get("user") or 0, "") or _("outside the product"),
        act=_act(before, after.pgh_label),
        subject=str(row._meta.verbose_name),
        why=why,
        what=[] if before is None else list(_changes(row, before, after, names, why)),
    )


def _act(before: Any, label: str) -> str:
    if label == "delete":
        return pgettext("history", "deleted")
    added = before is None and label == "insert"
    return pgettext("history", "recorded") if added else pgettext("history", "changed")


def _changes(
    row: models.Model, before: Any, after: Any, names: "_Names", why: str
) -> Iterator[Change]:
    """Each field once: what stands as the reason of the act is not said to be kept encrypted."""
    for column, old, new in _changed(row, before, after):
        label = str(column.verbose_name)
        if isinstance(column, EncryptedTextField):
            if not why or _opened(row, column, new)[:REASON_KEPT] != why[:REASON_KEPT]:
                yield Change(label, "", "")
        else:
            yield Change(label, names.words(column, old), names.words(column, new))


def _changed(row: models.Model, before: Any, after: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Columns whose value differs, with both as they are stored."""
    for column in _told_fields(row):
        old, new = (_stored(event, column) for event in (before, after))
        if isinstance(column, EncryptedTextField):
            if _opened(row, column, old) != _opened(row, column, new):
                yield column, old, new
        elif old != new:
            yield column, old, new


def _told_fields(row: models.Model) -> list[Any]:
    tracked = {column.name for column in row.events.model._meta.concrete_fields}  # type: ignore[attr-defined]
    return [
        column
        for column in row._meta.concrete_fields
        if column.name in tracked - NOT_TOLD
        and (isinstance(column, EncryptedTextField) or not isinstance(column, models.BinaryField))
    ]


def _stored(event: Any, column: Any) -> Any:
    """The value as the database holds it: an event must not be opened in the event's name."""
    return event.__dict__.get(column.attname)


def _opened(row: models.Model, column: EncryptedTextField, stored: Any) -> str:
    """Every save encrypts anew, so equal texts have unequal bytes."""
    return unseal(bytes(stored), column.context_of(row)) if stored else ""


class _Names:
    """Words for values; what foreign keys point to is fetched once for each model."""

    def __init__(self, told: Iterable[RowEvent], reader: User) -> None:
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row, before, after in told:
            for column in _told_fields(row):
                for event in (before, after) if column.many_to_one else ():
                    if event is not None and (key := _stored(event, column)):
                        wanted[column.related_model].add(key)
        self._found = {model: _named(model, reader).in_bulk(keys) for model, keys in wanted.items()}

    def words(self, column: Any, value: Any) -> str:
        if value is None or value == "":
            return ""
        if column.many_to_one:
            found = self._found[column.related_model]
            return str(found.get(value, ELSEWHERE if _tells(column.related_model) else value))
        if column.flatchoices:
            return str(dict(column.flatchoices).get(value, value))
        return _plain(value)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case datetime():
            return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
        case date():
            return formats.date_format(value, "DATE_FORMAT")
    return str(value)


def _named(model: type[models.Model], reader: User) -> Any:
    """Rows that may be named to the reader."""
    rows: Any = type(model._default_manager.all())(model)
    return rows.named_to(reader) if _tells(model) else model._base_manager.all()


def _tells(model: type[models.Model]) -> bool:
    """Whether the rows of the model are named to some readers only."""
    return hasattr(model._default_manager.all(), "named_to")


def _names_of_users(events: Iterable[Any]) -> dict[int, str]:
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
