"""The history of a row in words: who changed what, from what to what, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import models
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.accounts.models import User
from apps.audit.acting import LEDGER
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


def history_of(*rows: models.Model) -> list[HistoryEntry]:
    """All that happened to the rows, the newest first. The rows' models are tracked."""
    told = []
    for row in rows:
        events = list(row.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
        told += [(row, before, after) for before, after in pairwise([None, *events])]
    people = _names_of_users(after for _row, _before, after in told)
    names = _Names(told)
    entries = [_entry(row, before, after, people, names) for row, before, after in told]
    # Rows of one transaction share their moment: among them the later row comes first.
    newest_first = [entry for entry in reversed(entries) if entry is not None]
    return sorted(newest_first, key=lambda entry: entry.when, reverse=True)


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
) -> HistoryEntry | None:
    what = [] if before is None else list(_changes(row, before, after, names))
    if before is not None and not what and after.pgh_label != "delete":
        return None
    context = after.pgh_context.metadata if after.pgh_context else {}
    return HistoryEntry(
        when=after.pgh_created_at,
        who=people.get(context.get("user") or 0, "") or _("outside the product"),
        act=_act(before, after.pgh_label),
        subject=str(row._meta.verbose_name),
        why=str(context.get("reason", "")),
        what=what,
    )


def _act(before: Any, label: str) -> str:
    if label == "delete":
        return pgettext("history", "deleted")
    added = before is None and label == "insert"
    return pgettext("history", "recorded") if added else pgettext("history", "changed")


def _changes(row: models.Model, before: Any, after: Any, names: "_Names") -> Iterator[Change]:
    for column in _told_fields(row):
        old, new = (_stored(event, column) for event in (before, after))
        if isinstance(column, EncryptedTextField):
            if _opened(row, column, old) != _opened(row, column, new):
                yield Change(str(column.verbose_name), "", "")
        elif old != new:
            label = str(column.verbose_name)
            yield Change(label, names.words(column, old), names.words(column, new))


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

    def __init__(self, told: Iterable[tuple[models.Model, Any, Any]]) -> None:
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for row, _before, event in told:
            for column in _told_fields(row):
                if column.many_to_one and (key := _stored(event, column)):
                    wanted[column.related_model].add(key)
        self._found = {model: _all_of(model).in_bulk(keys) for model, keys in wanted.items()}

    def words(self, column: Any, value: Any) -> str:
        if value is None or value == "":
            return ""
        if column.many_to_one:
            return str(self._found[column.related_model].get(value, value))
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


def _all_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """Names only, of rows that a row in the reader's scope points to."""
    return model._base_manager.all()


def _names_of_users(events: Iterable[Any]) -> dict[int, str]:
    ids = {event.pgh_context.metadata.get("user") for event in events if event.pgh_context}
    return dict(User.objects.filter(pk__in=ids - {None}).values_list("pk", "name"))
