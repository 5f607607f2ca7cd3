"""Begin a cover, change its last day: the caseload goes to the cover and comes back."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.covers.absent import may_be_away
from apps.covers.models import Cover
from apps.covers.notices import ring_nobody_present, tell_arranged, tell_changed, tell_off
from apps.covers.passing import ONE_DAY, cut_short, hand_over, pass_all_on, pass_on, refuse_absent
from apps.persons.models import Assignment, AssignmentKind
from apps.persons.services.assigning import Taken, tell_taken

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
    passed_on: Mapping[int, User] | None = None,
) -> Cover:
    """Everybody of the worker's caseload gets the cover beside the worker, who stays responsible.

    Whom the worker covers meanwhile is `passed_on`: by the id of who is away, the cover. The same
    form sent twice is one cover. Refused: a day that has passed, somebody who is away on the same
    days, who may not look after the persons, a worker who is covered already, or an absence of
    somebody who is no worker and looks after nobody.
    """
    if starts_on < today():
        raise Refused(_("A cover begins today or later."), field="starts_on")
    if worker.pk == cover.pk:
        raise Refused(_("Nobody covers for themselves."), field="cover")
    _hold({worker.pk, cover.pk, *(user.pk for user in (passed_on or {}).values())})
    _refuse_without_persons(worker)
    refuse_absent(cover, starts_on, until_on)
    found = Cover(
        client_uuid=client_uuid, worker=worker, cover=cover, starts_on=starts_on,
        until_on=until_on, words=words.strip(), recorded_by=by,
    )  # fmt: skip
    with acting(by):
        save_or_refuse(found)
    pass_all_on(worker, starts_on, until_on, passed_on or {}, by)
    hand_over(found, by)
    tell_arranged(found, by)
    return found


def _refuse_without_persons(worker: User) -> None:
    if not may_be_away(User.objects.filter(pk=worker.pk)).exists():
        words = _("%(who)s looks after nobody, so nobody has to cover.") % {"who": worker.name}
        raise Refused(words, field="worker")


@transaction.atomic
def set_last_day(
    *, cover: Cover, on: date | None, by: User, passed_on: Mapping[int, User] | None = None
) -> Cover:
    """The worker is back the day after, earlier or later than was planned; None: not known yet."""
    locked = _lock(cover)
    _hold({locked.worker_id, locked.cover_id})
    if locked.until_on == on:
        return locked
    if locked.is_over_on(today()):
        raise Refused(_("The cover has ended; begin a new one."))
    if on is not None and on < max(locked.starts_on, today()):
        raise Refused(_("The last day is today or later, and not before the beginning."))
    before, locked.until_on = locked.until_on, on
    refuse_absent(locked.cover, locked.starts_on, on)
    with acting(by):
        save_or_refuse(locked)
        if on is not None and (before is None or on < before):
            cut_short(locked, on)
            tell_changed(locked, by)
            return locked
        if before is not None:
            _prolong(locked, before)
    pass_all_on(locked.worker, locked.starts_on, on, passed_on or {}, by)
    hand_over(locked, by)
    tell_changed(locked, by)
    return locked


@transaction.atomic
def name_another(*, cover: Cover, to: User, on: date, by: User) -> None:
    """From a day on somebody else covers."""
    locked = _lock(cover)
    _hold({locked.worker_id, locked.cover_id, to.pk})
    if locked.is_over_on(on):
        raise Refused(_("The cover has ended by then."), field="on")
    if on < today():
        raise Refused(_("A cover begins today or later."), field="on")
    if to.pk == locked.cover_id:
        raise Refused(_("%(who)s covers already.") % {"who": to.name}, field="to")
    pass_on(locked, to, on, None, by)
    ring_nobody_present(today(), {locked.worker_id}, by)


@transaction.atomic
def call_off(*, cover: Cover, by: User) -> None:
    """The worker stays. A cover that has begun ends on a day instead."""
    locked = _lock(cover)
    if locked.starts_on <= today():
        raise Refused(_("The cover has begun; enter its last day."))
    with acting(by):
        rows = list(locked.assignments.values_list("pk", flat=True))
        tell_off(locked, by)
        locked.delete()
        Assignment.objects.filter(pk__in=rows).delete()


def _prolong(cover: Cover, before: date) -> None:
    """Who is still the worker's on the day after the old last day stays covered; who has gone to
    another worker by then does not come back.
    """
    own = Assignment.objects.responsible().current_on(before + ONE_DAY)
    theirs = dict(own.filter(worker_id=cover.worker_id).values_list("person_id", "ends_on"))
    for row in cover.assignments.filter(ends_on=before, person_id__in=theirs).order_by("pk"):
        row.ends_on = min(filter(None, (cover.until_on, theirs[row.person_id])), default=None)
        save_or_refuse(row)


def cover_newcomers(rows: Sequence[Assignment], by: User) -> None:
    """Who is given to a worker while somebody covers gets the cover, too; whoever covered for the
    worker before sees the person no longer.
    """
    new = {row.person_id: row for row in rows if row.kind == AssignmentKind.RESPONSIBLE}
    workers = {row.worker_id for row in new.values()}
    running = Cover.objects.filter(worker__in=workers).not_over_on(today())
    _take_back(new.values(), by)
    for cover in running.select_related("worker", "cover"):
        theirs = {row.person_id for row in new.values() if row.worker_id == cover.worker_id}
        hand_over(cover, by, only=theirs)


def forget_withdrawn(rows: Sequence[Assignment], by: User) -> None:
    """What a cover gave because of an assignment that is taken back is taken back, too."""
    for row in rows:
        if row.kind == AssignmentKind.RESPONSIBLE:
            given = Given._default_manager.filter(
                cover__worker_id=row.worker_id,
                assignment__person_id=row.person_id,
                assignment__starts_on__gte=row.starts_on,
            )
            ids = list(given.values_list("assignment_id", flat=True))
            with acting(by):
                Assignment.objects.filter(pk__in=ids).delete()


def _take_back(rows: Iterable[Assignment], by: User) -> None:
    """End what covers of other workers gave, the day before the new worker begins."""
    groups: dict[tuple[int, date], list[int]] = defaultdict(list)
    for row in rows:
        groups[row.worker_id, row.starts_on].append(row.person_id)
    for (worker_id, day), persons in groups.items():
        given = Given._default_manager.exclude(cover__worker_id=worker_id)
        links = given.filter(assignment__person_id__in=persons)
        if ids := list(links.values_list("assignment_id", flat=True)):
            covered = Assignment.objects.filter(pk__in=ids)
            taken = _taken(covered.not_over_on(day).exclude(worker=worker_id), worker_id, day)
            with acting(by):
                covered.filter(starts_on__gte=day).delete()
                covered.not_over_on(day).update(ends_on=day - ONE_DAY)
            tell_taken(taken, by)


def _taken(rows: Any, worker_id: int, day: date) -> list[Taken]:
    """Whoever covered hears who looks after the person now."""
    to = User.objects.get(pk=worker_id)
    found = rows.select_related("worker").order_by("pk")
    return [Taken(row, row.worker, max(row.starts_on, day), to=to) for row in found]


def _lock(cover: Cover) -> Cover:
    held = Cover.objects.select_for_update(of=("self",)).select_related("worker", "cover")
    return held.get(pk=cover.pk)


def _hold(ids: set[int]) -> None:
    """Two absences of the same people are recorded one after the other."""
    list(
        User.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    )
