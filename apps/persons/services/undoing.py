"""Undo a merge: both files as they were, each row back where it came from."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse, words_of
from apps.core.text import full_day, labelled
from apps.persons.merging.facts import GROUPS
from apps.persons.merging.rows import Reference, known_rows, references
from apps.persons.models import Merge, MergedRow, Person
from apps.persons.services.files import set_facts
from apps.persons.services.merging import looking_after, tell_merge
from apps.persons.services.moving import follow

# By label of the model, ids of its rows.
Ids = dict[str, set[int]]


@dataclass(frozen=True)
class Undone:
    """What an undo did: rows that stay in the kept file, as they were added since the merge."""

    merge: Merge
    staying: list[str] = field(default_factory=list)
    going: list[str] = field(default_factory=list)


@transaction.atomic
def undo_merge(*, merge: Merge, by: User, reason: str) -> Undone:
    """Rows added since stay in the kept file, but for those that hang on an order or another row
    that goes back; a fact that somebody changed since stays changed.
    """
    kept, merged = _lock(merge)
    locked: Merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    _ensure_possible(locked, kept, by)
    with acting(by, reason):
        locked.undone_at, locked.undone_by, locked.undo_reason = timezone.now(), by, reason
        save_or_refuse(locked)
        back = _give_back(locked, kept, merged)
        added = _added_since(locked, kept, back)
        going = _go_along(kept, merged, back, added)
        _restore(locked, kept, merged)
        for person in (kept, merged):
            person.cases.exclude(sort_key=person.sort_key).update(sort_key=person.sort_key)
            follow(person)
    after = looking_after(merged)
    tell_merge(locked, {kept.pk: looking_after(kept) - after, merged.pk: after})
    return Undone(locked, staying=_told(added, going, by, left=True), going=_told(added, going, by))


def added_since(merge: Merge, user: User) -> list[str]:
    """For the page that asks: what was recorded in the kept file since, as the user may know."""
    back: Ids = defaultdict(set)
    for row in merge.rows.exclude(column=""):
        back[row.model].add(row.row)
    return _told(_added_since(merge, merge.person, back), defaultdict(set), user, left=True)


def _lock(merge: Merge) -> tuple[Person, Person]:
    rows = Person.every.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[merge.person_id, merge.merged_id])}
    return found[merge.person_id], found[merge.merged_id]


def _ensure_possible(merge: Merge, kept: Person, by: User) -> None:
    if not by.may(Permission.PERSON_MERGE) or not by.area or not by.area.contains(kept.county):
        raise Refused(_("Only the records administration of the county of both files merges."))
    if merge.undone_at is not None:
        raise Refused(
            _("%(who)s undid this on %(day)s.")
            % {"who": merge.undone_by, "day": full_day(merge.undone_at)}
        )
    if kept.merged_into is not None:
        raise Refused(
            _("The file was merged into file %(into)s since. Undo that first.")
            % {"into": kept.merged_into.file_number}
        )
    later = Merge.objects.standing().filter(person=kept, pk__gt=merge.pk)
    if newer := later.select_related("merged").order_by("-pk").first():
        raise Refused(
            _("File %(number)s was merged into this one later. Undo that first.")
            % {"number": newer.merged.file_number}
        )
    if place_ids(kept) != place_ids(merge.merged):
        raise Refused(
            _(
                "The file has come to another unit since the merge: what belongs to which of the "
                "two can no longer be told apart by itself."
            )
        )


def _give_back(merge: Merge, kept: Person, merged: Person) -> Ids:
    """Rows that are still there come back, with what the merge changed in them."""
    back: Ids = defaultdict(set)
    for model, column, rows in _by_reference(merge):
        gone = [row for row in rows if "gone" in row.before]
        ids = [row.row for row in rows if row not in gone]
        _recreate(model, gone)
        if column:
            found = model._base_manager.filter(pk__in=ids, **{column: kept})
            back[model._meta.label] |= set(found.values_list("pk", flat=True))
            _to(model, column, ids, kept, merged)
    for row in merge.rows.exclude(before={}):
        if "gone" not in row.before:
            _take_back(row)
    return back


def _by_reference(merge: Merge) -> Iterator[tuple[type[models.Model], str, list[MergedRow]]]:
    found: dict[tuple[str, str], list[MergedRow]] = defaultdict(list)
    for row in merge.rows.order_by("pk"):
        found[row.model, row.column].append(row)
    # What the merge changed in a row is taken back after the row has gone: see _give_back.
    for (label, column), rows in found.items():
        yield apps.get_model(label), column, rows


def _to(
    model: type[models.Model], column: str, ids: list[int], kept: Person, merged: Person
) -> None:
    try:
        with transaction.atomic():
            rows = model._base_manager.filter(pk__in=ids, **{column: kept})
            rows.update(**{column: merged})
    except IntegrityError as error:
        raise Refused(labelled(model._meta.verbose_name, words_of(model, error))) from error


def _recreate(model: type[models.Model], gone: list[MergedRow]) -> None:
    for row in gone:
        values = {
            model._meta.get_field(name).attname: value  # type: ignore[union-attr]
            for name, value in row.before["gone"].items()
        }
        model._base_manager.bulk_create([model(pk=row.row, **values)])
        # The moment of its entry is that of then.
        moments = {
            field.attname: values[field.attname]
            for field in model._meta.concrete_fields
            if getattr(field, "auto_now_add", False)
        }
        if moments:
            model._base_manager.filter(pk=row.row).update(**moments)


def _take_back(row: MergedRow) -> None:
    """Values that still stand as the merge left them; a row that is gone stays so."""
    model = apps.get_model(row.model)
    stored = model._base_manager.filter(pk=row.row).first()
    if stored is None:
        return
    for name, (before, after) in row.before.items():
        column = model._meta.get_field(name)
        if getattr(stored, name) == column.to_python(after):
            setattr(stored, name, column.to_python(before))
    save_or_refuse(stored, update_fields=list(row.before))


def _added_since(merge: Merge, kept: Person, back: Ids) -> Ids:
    added: Ids = defaultdict(set)
    for reference in references():
        last = merge.marks.get(reference.label, 0)
        ids = reference.of(kept).filter(pk__gt=last).values_list("pk", flat=True)
        added[reference.label] |= set(ids) - back[reference.label]
    return added


def _go_along(kept: Person, merged: Person, back: Ids, added: Ids) -> Ids:
    """A row of an order, a window, a search … goes where that goes, and so on."""
    going: Ids = defaultdict(set)
    while fresh := _hanging(back, added, going):
        for reference in references():
            if ids := fresh.get(reference.label):
                _to(reference.model, reference.column, list(ids), kept, merged)
        for label, ids in fresh.items():
            going[label] |= ids
    return going


def _hanging(back: Ids, added: Ids, going: Ids) -> Ids:
    fresh: Ids = {}
    for reference in references():
        left = added[reference.label] - going[reference.label]
        if left and (ids := _held(reference, left, back, going)):
            fresh[reference.label] = ids
    return fresh


def _held(reference: Reference, left: set[int], back: Ids, going: Ids) -> set[int]:
    found: set[int] = set()
    for column in reference.model._meta.concrete_fields:
        related: Any = column.related_model
        target = related._meta.label if related else ""
        if held := back.get(target, set()) | going.get(target, set()):
            rows = reference.model._base_manager.filter(pk__in=left, **{f"{column.name}__in": held})
            found |= set(rows.values_list("pk", flat=True))
    return found


def _restore(merge: Merge, kept: Person, merged: Person) -> None:
    """The kept file says again what it said; its number is free before the other takes it."""
    before = json.loads(merge.before)
    merged_then, kept_then = before[str(merged.pk)], before[str(kept.pk)]
    changes: dict[str, Any] = {}
    for group in GROUPS:
        now = [_plain(kept, name) for name in group]
        then, theirs = ([source[name] for name in group] for source in (kept_then, merged_then))
        if now != then and (now == theirs or group[0] == "call_note"):
            changes |= _values(kept, group, kept_then)
    if changes:
        set_facts(kept, changes)
    kept.version += 1
    save_or_refuse(kept)
    merged.merged_into = merged.merged_on = None
    number = ("document_number", "document_kind")
    if [_plain(merged, name) for name in number] != [merged_then[name] for name in number]:
        set_facts(merged, _values(merged, number, merged_then))
    merged.version += 1
    save_or_refuse(merged)


def _values(person: Person, group: tuple[str, ...], told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in group:
        column: Any = person._meta.get_field(name)
        value = told[name]
        if column.many_to_one:
            found[name] = column.related_model._base_manager.filter(pk=value).first()
        else:
            found[name] = column.to_python(value)
    return found


def _plain(person: Person, name: str) -> Any:
    value = getattr(person, person._meta.get_field(name).attname)  # type: ignore[union-attr]
    return value.isoformat() if isinstance(value, date) else value


def _told(added: Ids, going: Ids, user: User, *, left: bool = False) -> list[str]:
    """ "check-ins 2": what stays, or what goes along, as far as the user may know of it."""
    told = []
    for reference in sorted(references(), key=lambda one: one.label):
        label = reference.label
        ids = added[label] - going[label] if left else added[label] & going[label]
        if ids and (count := known_rows(reference, user).filter(pk__in=ids).order_by().count()):
            told.append(f"{reference.model._meta.verbose_name_plural} {count}")
    return list(dict.fromkeys(told))
