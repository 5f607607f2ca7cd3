"""Begin a cover, change its last day: the caseload goes to the cover and comes back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.covers.models import Cover
from apps.persons.models import Assignment, AssignmentKind, Person
from apps.persons.services import assign_worker

ONE_DAY: Final = timedelta(days=1)
# Which assignments a cover has made.
Given: Final = Cover.assignments.through


@transaction.atomic
@once(Cover, target="worker")
def begin_cover(
    *,
    worker: User,
    cover: User,
    by: User,
    client_uuid: UUID,
    starts_on: date,
    until_on: date | None = None,
    words: str = "",
) -> Cover:
    """Everybody of the worker's caseload gets the cover beside the worker, who stays responsible.

    The same form sent twice is one cover. Refused: a day that has passed, somebody who is away
    on the same days, who may not look after the persons, or a worker who is covered already.
    """
    if starts_on < today():
        raise Refused(_("A cover begins today or later."), field="starts_on")
    if worker.pk == cover.pk:
        raise Refused(_("Nobody covers for themselves."), field="cover")
    _refuse_absent(cover, starts_on, until_on)
    found = Cover(
        client_uuid=client_uuid, worker=worker, cover=cover, starts_on=starts_on,
        until_on=until_on, words=words.strip(), recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(found)
    _hand_over(found, _caseload(worker, starts_on), by)
    return found


@transaction.atomic
def set_last_day(*, cover: Cover, on: date | None, by: User) -> Cover:
    """The worker is back the day after, earlier or later than was planned; None: not known yet."""
    locked = _lock(cover)
    if locked.until_on == on:
        return locked
    if locked.is_over_on(today()):
        raise Refused(_("The cover has ended; begin a new one."))
    if on is not None and on < max(locked.starts_on, today()):
        raise Refused(_("The last day is today or later, and not before the beginning."))
    locked.until_on = on
    _refuse_absent(locked.cover, locked.starts_on, on)
    with acting(by):
        save_or_refuse(locked)
        for row in locked.assignments.not_over_on(today()).order_by("pk"):
            row.ends_on = on
            save_or_refuse(row)
    return locked


@transaction.atomic
def call_off(*, cover: Cover, by: User) -> None:
    """The worker stays. A cover that has begun ends on a day instead."""
    locked = _lock(cover)
    if locked.starts_on <= today():
        raise Refused(_("The cover has begun; enter its last day."))
    with acting(by):
        rows = list(locked.assignments.values_list("pk", flat=True))
        locked.delete()
        Assignment.objects.filter(pk__in=rows).delete()


def cover_newcomers(rows: Sequence[Assignment], by: User) -> None:
    """Who is given to a worker while somebody covers gets the cover, too; whoever covered for the
    worker before sees the person no longer.
    """
    new = {row.person_id: row for row in rows if row.kind == AssignmentKind.RESPONSIBLE}
    workers = {row.worker_id for row in new.values()}
    running = Cover.objects.filter(worker__in=workers).not_over_on(today())
    _take_back(new.values(), by)
    for cover in running.select_related("worker", "cover"):
        theirs = [row.person_id for row in new.values() if row.worker_id == cover.worker_id]
        _hand_over(cover, Person.objects.filter(pk__in=theirs), by)


def _take_back(rows: Iterable[Assignment], by: User) -> None:
    """End what covers of other workers gave, the day before the new worker begins."""
    groups: dict[tuple[int, date], list[int]] = defaultdict(list)
    for row in rows:
        groups[row.worker_id, row.starts_on].append(row.person_id)
    for (worker_id, day), persons in groups.items():
        given = Given._default_manager.exclude(cover__worker_id=worker_id)
        links = given.filter(assignment__person_id__in=persons)
        if ids := list(links.values_list("assignment_id", flat=True)):
            with acting(by):
                links.delete()
                covered = Assignment.objects.filter(pk__in=ids)
                covered.filter(starts_on__gte=day).delete()
                covered.not_over_on(day).update(ends_on=day - ONE_DAY)


def _lock(cover: Cover) -> Cover:
    held = Cover.objects.select_for_update(of=("self",)).select_related("worker", "cover")
    return held.get(pk=cover.pk)


def _caseload(worker: User, day: date) -> list[Person]:
    """Persons for whom the worker is responsible on the day or from a later one on."""
    rows = Assignment.objects.responsible().filter(worker=worker).not_over_on(day)
    return list(Person.objects.filter(pk__in=rows.values("person_id")).order_by("pk"))


def _hand_over(cover: Cover, persons: Iterable[Person], by: User) -> None:
    day = max(cover.starts_on, today())
    try:
        rows = assign_worker(
            persons=persons, worker=cover.cover, by=by, on=day, kind=AssignmentKind.COVER
        )
    except Refused as refusal:
        refusal.field = refusal.field or "cover"
        raise
    if cover.until_on is not None:
        with acting(by):
            ids = [row.pk for row in rows]
            Assignment.objects.filter(pk__in=ids).update(ends_on=cover.until_on)
    cover.assignments.add(*rows)


def _refuse_absent(cover: User, first: date, last: date | None) -> None:
    absent = Cover.objects.filter(worker=cover).filter(Q(until_on=None) | Q(until_on__gte=first))
    if last is not None:
        absent = absent.filter(starts_on__lte=last)
    if absent.exists():
        raise Refused(
            _("%(who)s is away on some of these days, too.") % {"who": cover.name}, field="cover"
        )
