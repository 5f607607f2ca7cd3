"""What of one file cannot simply stand beside the other: workers, and agreements that ended."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from apps.core.days import today
from apps.core.text import bracketed
from apps.persons.merging.rows import Clash, Reference, taken_away
from apps.persons.models import Assignment, AssignmentKind, Contact, MergedRow, Person
from apps.persons.names import same

ONE_DAY = timedelta(days=1)
Change = dict[str, Any]


def join_assignments(kept: Person, merged: Person) -> tuple[list[MergedRow], list[Clash]]:
    """One worker is responsible on a day: on days on which there were two, a file each, the worker
    of the merged one stands as cover. Two who are so today are first made one by hand.
    """
    changed: list[MergedRow] = []
    clashes: list[Clash] = []
    ours = list(kept.assignments.responsible().select_related("worker").order_by("pk"))
    for row in merged.assignments.responsible().select_related("worker").order_by("pk"):
        beside = [own for own in ours if _overlap(own, row)]
        if not beside:
            continue
        if (change := _stands_as(row, beside)) is None:
            clashes.append(_two_workers(row, beside))
        else:
            changed.append(_store(row, change))
    return [*changed, *_without_own_covers(kept, merged)], clashes


def _without_own_covers(kept: Person, merged: Person) -> list[MergedRow]:
    """Nobody covers for herself: of a cover only the days stay on which somebody else is
    responsible.
    """
    changed: list[MergedRow] = []
    rows = Assignment.objects.filter(person__in=[kept, merged]).order_by("pk")
    held = list(rows.responsible())
    for row in rows.filter(kind=AssignmentKind.COVER):
        for own in held:
            if own.worker_id != row.worker_id or not _overlap(own, row):
                continue
            if row.starts_on < own.starts_on:
                changed.append(_store(row, {"ends_on": own.starts_on - ONE_DAY}))
            elif own.ends_on and (row.ends_on is None or row.ends_on > own.ends_on):
                changed.append(_store(row, {"starts_on": own.ends_on + ONE_DAY}))
            else:
                changed.append(taken_away(Reference(Assignment, "person"), row.pk))
                break
    return changed


def _stands_as(row: Assignment, beside: list[Assignment]) -> Change | None:
    """What the merged file's assignment becomes; None where somebody has to decide."""
    day = today()
    if row.ends_on is not None and row.ends_on < day:
        return {"kind": AssignmentKind.COVER}
    still = [own for own in beside if own.ends_on is None or own.ends_on >= day]
    if not still:
        last = max(own.ends_on for own in beside if own.ends_on is not None)
        return {"starts_on": max(last + ONE_DAY, row.starts_on)}
    if row.starts_on <= day and all(own.worker_id == row.worker_id for own in still):
        return {"kind": AssignmentKind.COVER, "ends_on": max(row.starts_on, day - ONE_DAY)}
    return None


def _two_workers(row: Assignment, beside: list[Assignment]) -> Clash:
    own = max(beside, key=lambda one: one.ends_on or date.max)
    return Clash(
        row=_("Responsible are %(kept)s and, for the file that goes, %(merged)s.")
        % {"kept": _who(own), "merged": _who(row)},
        why=_("One worker is responsible for a person."),
        first=_("Assign both files to the same worker first."),
    )


def _who(row: Assignment) -> str:
    return f"{row.worker.name}{bracketed(row.worker.area)}"


def _overlap(one: Assignment, other: Assignment) -> bool:
    starts = max(one.starts_on, other.starts_on)
    return starts <= min(one.ends_on or date.max, other.ends_on or date.max)


def keep_withdrawn(kept: Person) -> list[MergedRow]:
    """Whoever is no longer to be contacted is so in the one file, too: what protects more holds."""
    rows = list(Contact.objects.filter(person=kept).order_by("pk"))
    changed: list[MergedRow] = []
    for row in rows:
        ends = [
            other.withdrawn_on
            for other in rows
            if other.withdrawn_on
            and _same_contact(row, other)
            and other.withdrawn_on >= row.agreed_on
        ]
        if row.withdrawn_on is None and ends:
            changed.append(_store(row, {"withdrawn_on": max(ends)}))
    return changed


def _same_contact(one: Contact, other: Contact) -> bool:
    return same(one.name, other.name) or bool(one.phone and one.phone == other.phone)


def _store(row: Any, change: Change) -> MergedRow:
    """The row with the change, and what an undo needs; an empty column: the row did not move."""
    told = {name: [_plain(getattr(row, name)), _plain(value)] for name, value in change.items()}
    for name, value in change.items():
        setattr(row, name, value)
    row.save(update_fields=list(change))
    return MergedRow(model=row._meta.label, column="", row=row.pk, before=told)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
