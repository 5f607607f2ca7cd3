"""Merge two files of one human being. Every door ends here."""

import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.fields import full_name
from apps.areas.models import place_ids
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.core.text import full_day, sentences
from apps.persons.codes import DocumentKind
from apps.persons.merging.facts import GROUPS, MergedFact, facts_of, what_stays
from apps.persons.merging.holding import join_assignments, keep_withdrawn
from apps.persons.merging.rows import Clash, counted, move_rows, references, state_of
from apps.persons.models import Assignment, Merge, MergedRow, NotSame, Person
from apps.persons.services.files import set_facts
from apps.persons.services.moving import follow

Guard = Callable[[Person], None]
_guards: list[Guard] = []
Follower = Callable[[Merge, Mapping[int, Collection[int]]], None]
_followers: list[Follower] = []


def after_merging(follower: Follower) -> None:
    """Apps above are told of a merge, and of an undone one: by person, the ids of whom it
    concerns.
    """
    _followers.append(follower)


def tell_merge(merge: Merge, concerned: Mapping[int, Collection[int]]) -> None:
    for follower in _followers:
        follower(merge, concerned)


def looking_after(*persons: Person) -> set[int]:
    """Who is responsible for one of them today, or covers."""
    rows = Assignment.objects.filter(person__in=persons).current_on(today())
    return set(rows.order_by().values_list("worker_id", flat=True))


def before_merging(guard: Guard) -> None:
    """Apps above refuse a merge by raising `Refused`; asked of both files."""
    _guards.append(guard)


class PreviewedOtherwise(Refused):
    """Somebody changed one of the files after the preview: nothing is merged."""

    conflict = True

    def __init__(self) -> None:
        super().__init__(
            _("One of the files was changed after this preview. Look at it again, then merge.")
        )


@dataclass(frozen=True)
class Preview:
    """What a merge would do, found by doing it and taking it back."""

    kept: Person
    merged: Person
    facts: list[MergedFact]
    moving: list[tuple[str, int]]
    staying: list[tuple[str, int]]
    clashes: list[str]
    notes: list[str] = field(default_factory=list)
    state: str = ""


class _TakenBack(Exception):
    pass


@transaction.atomic
def preview_merge(*, kept: Person, merged: Person, by: User) -> Preview:
    """Nothing of it stays; what the database would refuse is told with what to do first."""
    _ensure_may(by, kept, merged)
    clashes: list[str] = []
    notes: list[str] = []
    try:
        _refuse_impossible(kept, merged)
    except Refused as refusal:
        clashes.append(str(refusal))
    else:
        with suppress(_TakenBack), transaction.atomic():
            changed, found = _join(kept, merged)
            clashes += [str(clash) for clash in found]
            notes = _notes(changed)
            raise _TakenBack
    return Preview(
        kept, merged, facts_of(kept, merged), counted(merged, by), counted(kept, by), clashes,
        notes, fingerprint(kept, merged),
    )  # fmt: skip


def fingerprint(kept: Person, merged: Person) -> str:
    """Differs as soon as anything in one of the two files does."""
    told = [f"{kept.pk} {merged.pk}", *state_of([kept, merged])]
    return sha256("\n".join(told).encode()).hexdigest()


@transaction.atomic
def merge_persons(
    *,
    kept: Person,
    merged: Person,
    by: User,
    reason: str,
    chosen: Mapping[str, str],
    previewed: str,
) -> Merge:
    """All rows of `merged` stand in `kept`; `merged` leads there from now on.

    `chosen`: by the name of a fact that differs, whose value stays. `previewed`: the fingerprint
    of what was looked at.
    """
    _ensure_may(by, kept, merged)
    kept, merged = _lock(kept, merged)
    if known := Merge.objects.standing().filter(merged=merged, person=kept).first():
        return known  # type: ignore[no-any-return]  # the same tap again
    _refuse_impossible(kept, merged)
    if previewed != fingerprint(kept, merged):
        raise PreviewedOtherwise
    changes = what_stays(kept, merged, chosen)
    row = Merge(
        person=kept, merged=merged, merged_by=by, reason=reason, before=_before(kept, merged),
        marks=_marks(), **place_ids(kept),
    )  # fmt: skip
    with acting(by, reason):
        concerned = looking_after(kept, merged)
        came, clashes = _join(kept, merged)
        if clashes:
            raise Refused(sentences(*clashes))
        save_or_refuse(row)
        MergedRow.objects.bulk_create(_of(row, came), batch_size=1000)
        _close(kept, merged, changes)
        follow(kept)
    tell_merge(row, {kept.pk: concerned})
    return row


def _ensure_may(by: User, *persons: Person) -> None:
    """Records staff of the county, and only where they see both."""
    ids = [person.pk for person in persons]
    seen = Person.every.in_area(by.area).filter(pk__in=ids) if by.area else Person.every.none()
    if not by.may(Permission.PERSON_MERGE) or seen.count() != len(set(ids)):
        raise Refused(_("Only the records administration of the county of both files merges."))


def _lock(kept: Person, merged: Person) -> tuple[Person, Person]:
    """Both rows, always in the order of their numbers: two at once wait and do not block."""
    rows = Person.every.select_for_update(of=("self",)).order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[kept.pk, merged.pk])}
    return found[kept.pk], found[merged.pk]


def _refuse_impossible(kept: Person, merged: Person) -> None:
    if kept.pk == merged.pk:
        raise Refused(_("A file cannot be merged into itself."))
    for person in (kept, merged):
        if person.merged_into is not None:
            raise Refused(
                _("%(name)s, file %(number)s, was merged on %(day)s into file %(into)s.")
                % {
                    "name": person.name,
                    "number": person.file_number,
                    "day": full_day(person.merged_on),
                    "into": person.merged_into.file_number,
                }
            )
    if place_ids(kept) != place_ids(merged):
        units = [full_name(p.village or p.town or p.county) for p in (kept, merged)]
        raise Refused(
            _(
                "The files belong to two units: %(kept)s and %(merged)s. First find out who is "
                "responsible, and correct the unit of one file, or transfer it."
            )
            % {"kept": units[0], "merged": units[1]}
        )
    _refuse_decided(kept, merged)
    for guard in _guards:
        for person in (kept, merged):
            guard(person)


def _refuse_decided(kept: Person, merged: Person) -> None:
    first, second = sorted([kept.pk, merged.pk])
    rows = NotSame.objects.filter(person_id=first, other_id=second, withdrawn_at=None)
    if decided := rows.select_related("decided_by").first():
        raise Refused(
            _("%(who)s decided on %(day)s that these are two persons. Take that back first.")
            % {"who": decided.decided_by.name, "day": full_day(decided.decided_at)}
        )


def _join(kept: Person, merged: Person) -> tuple[list[MergedRow], list[Clash]]:
    """Everything that the database has to say, from either file."""
    changed, clashes = join_assignments(kept, merged)
    if clashes:  # the database would only say the same again
        merged.assignments.responsible().update(kind="cover")
    came, more = move_rows(kept, merged)
    return [*changed, *came, *keep_withdrawn(kept)], [*clashes, *more]


def _notes(rows: list[MergedRow]) -> list[str]:
    told = []
    if count := sum("kind" in row.before or "starts_on" in row.before for row in rows):
        told.append(
            _(
                "Assignments of days on which both files had a worker: %(n)s. The worker of the "
                "file that goes stands as cover on these days."
            )
            % {"n": count}
        )
    if count := sum(_is_own_cover(row) for row in rows):
        told.append(
            _("Covers of whoever is responsible on the same days: %(n)s. They go.") % {"n": count}
        )
    if count := sum("withdrawn_on" in row.before for row in rows):
        told.append(
            _("Contacts whose agreement was withdrawn in the other file: %(n)s. That holds.")
            % {"n": count}
        )
    return told


def _is_own_cover(row: MergedRow) -> bool:
    return row.model == Assignment._meta.label and "gone" in row.before


def _of(row: Merge, came: list[MergedRow]) -> list[MergedRow]:
    for one in came:
        one.merge = row
    return came


def _close(kept: Person, merged: Person, changes: dict[str, Any]) -> None:
    """The merged file leads to the kept one; a number that stays there is given up here first."""
    merged.merged_into, merged.merged_on = kept, today()
    if "document_number" in changes:
        merged.document_kind, merged.document_number = DocumentKind.NONE, ""
        merged.document_index = merged.document_last4_index = None
    merged.version += 1
    save_or_refuse(merged)
    if changes:
        set_facts(kept, changes)
    if kept.life_status and kept.cases.open_on(today()).exists():
        raise Refused(
            _("There is an open order: “%(status)s” cannot stand beside it.")
            % {"status": kept.get_life_status_display()},
            field="life_status",
        )
    kept.version += 1
    save_or_refuse(kept)
    kept.cases.exclude(sort_key=kept.sort_key).update(sort_key=kept.sort_key)


def _before(*persons: Person) -> str:
    """The facts of both files, by their number; numbers and phones are readable here only."""
    told = {person.pk: _facts(person) for person in persons}
    return json.dumps(told, ensure_ascii=False)


def _facts(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for group in GROUPS:
        for name in group:
            value = getattr(person, person._meta.get_field(name).attname)  # type: ignore[union-attr]
            found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def _marks() -> dict[str, int]:
    """The last row of each table: what has a higher number was added since."""
    models = {reference.model for reference in references()}
    return {
        model._meta.label: model._base_manager.aggregate(last=Max("pk"))["last"] or 0
        for model in sorted(models, key=lambda model: model._meta.label)
    }
