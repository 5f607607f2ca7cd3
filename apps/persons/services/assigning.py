"""Who is responsible for whom, from which day on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.areas.models import Area, place_ids
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse, words_of
from apps.core.text import full_day
from apps.persons.models import Assignment, AssignmentKind, Person

MAY_BE_RESPONSIBLE = frozenset({Role.WORKER, Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR})
Follower = Callable[[Sequence[Assignment], User], None]
_followers: list[Follower] = []
_withdrawn: list[Follower] = []
_handed: list[Follower] = []


@dataclass(frozen=True)
class Taken:
    """From a day on a worker looks after a person no longer. `to`: who does instead; `moved`: the
    person has come to another unit.
    """

    row: Assignment
    worker: User
    starts_on: date
    to: User | None = None
    moved: bool = False


_taken: list[Callable[[Sequence[Taken], User], None]] = []
Guard = Callable[[Assignment, date], None]
_guards: list[Guard] = []


def before_ending(guard: Guard) -> None:
    """Apps above refuse what would leave a person with nobody present."""
    _guards.append(guard)


def after_assigning(follower: Follower) -> None:
    """Apps above are told, in the same transaction, which assignments are new or changed."""
    _followers.append(follower)


def after_handing(follower: Follower) -> None:
    """Apps above are told which persons somebody gave to a worker; not what a cover gives."""
    _handed.append(follower)


def after_taking(follower: Callable[[Sequence[Taken], User], None]) -> None:
    """Apps above are told from which workers persons were taken, and who has them now."""
    _taken.append(follower)


def tell_taken(taken: Sequence[Taken], by: User) -> None:
    for follower in _taken if taken else ():
        follower(taken, by)


def before_withdrawing(follower: Follower) -> None:
    """Apps above are told which assignments are about to be taken back."""
    _withdrawn.append(follower)


@transaction.atomic
def assign_worker(
    *,
    persons: Iterable[Person],
    worker: User,
    by: User,
    on: date,
    kind: str = AssignmentKind.RESPONSIBLE,
) -> list[Assignment]:
    """Make a worker responsible for (or the cover of) persons from a day on; all or none.

    The assignment that runs ends the day before. Who has the worker already is passed over.
    Returns the assignments that are new or changed.
    """
    ids = sorted({person.pk for person in persons})
    locked = list(Person.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    # Held until the end: nobody closes the account between the check and the assignment.
    held = User.objects.select_for_update(of=("self",), no_key=True).select_related("area")
    worker = held.get(pk=worker.pk)
    refuse_unfit(worker, locked)
    running = _by_person(ids, kind, worker, on)
    others = [row for row in running.values() if row.worker_id != worker.pk]
    taken = [Taken(row, row.worker, on, to=worker) for row in others]
    changed: list[Assignment] = []
    new: list[Assignment] = []
    for person in locked:
        current = running.get(person.pk)
        if current is not None and current.worker_id == worker.pk and current.ends_on is None:
            continue
        if current is not None and current.starts_on != on and current.worker_id != worker.pk:
            current.ends_on = on - timedelta(days=1)
            changed.append(current)
            current = None
        if current is None:
            new.append(_assignment(person, worker, by, on, kind))
        else:
            current.worker, current.recorded_by, current.ends_on = worker, by, None
            changed.append(current)
    _store(changed, new, by)
    running_now = [row for row in changed if row.ends_on is None] + new
    for follower in [*_followers, *_handed] if running_now else ():
        follower(running_now, by)
    tell_taken(taken, by)
    return running_now


@transaction.atomic
def cover_persons(
    *, rows: Sequence[Assignment], worker: User, by: User, first: date, last: date | None
) -> list[Assignment]:
    """The worker covers whom these rows name, on the days of each row between the two days.

    Who has the worker as cover on all of these days is passed over.
    """
    worker = User.objects.select_for_update(of=("self",), no_key=True).get(pk=worker.pk)
    refuse_unfit(worker, [row.person for row in rows])
    covers = Assignment.objects.filter(kind=AssignmentKind.COVER, worker=worker)
    new: list[Assignment] = []
    for row in rows:
        begins = max(row.starts_on, first)
        ends = min((day for day in (row.ends_on, last) if day is not None), default=None)
        same = covers.filter(person_id=row.person_id, starts_on__lte=begins)
        if same.filter(Q(ends_on=None) | Q(ends_on__gte=ends or date.max)).exists():
            continue
        new.append(_assignment(row.person, worker, by, begins, AssignmentKind.COVER))
        new[-1].ends_on = ends
    _store([], new, by)
    for follower in _followers if new else ():
        follower(new, by)
    return new


@transaction.atomic
def assign_village(
    *, village: Area, worker: User, by: User, on: date, kind: str = AssignmentKind.RESPONSIBLE
) -> list[Assignment]:
    """Everybody of a village gets the worker from a day on."""
    persons = Person.objects.in_area(village).exclude(life_status__in=["deceased", "abroad"])
    return assign_worker(persons=persons, worker=worker, by=by, on=on, kind=kind)


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User, on: date) -> Assignment:
    """The last day of a worker's responsibility or cover; nobody follows by itself."""
    locked = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if locked.ends_on == on:
        return locked  # the same tap again
    if locked.ends_on is not None and locked.ends_on < on:
        raise Refused(_("The assignment has ended already."))
    if on < locked.starts_on:
        raise Refused(_("The end lies before the beginning."))
    for guard in _guards if locked.kind == AssignmentKind.COVER else ():
        guard(locked, on)
    locked.ends_on = on
    with acting(by):
        save_or_refuse(locked)
    tell_taken([Taken(locked, locked.worker, on + timedelta(days=1))], by)
    return locked


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment, by: User) -> Assignment | None:
    """An assignment that has not begun is taken back; history keeps it.

    Whom it would have relieved stays responsible; returns that assignment, or None.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=assignment.person_id)
    locked = Assignment.objects.select_for_update(of=("self",)).filter(pk=assignment.pk).first()
    if locked is None:
        return None  # the same tap again
    if locked.starts_on <= today():
        raise Refused(_("The assignment has begun: assign another worker, or enter its last day."))
    for guard in _guards if locked.kind == AssignmentKind.COVER else ():
        guard(locked, today())
    relieved = _relieved_by(locked, person)
    with acting(by):
        for follower in _withdrawn:
            follower([locked], by)
        locked.delete()
        if relieved is not None:
            relieved.ends_on = None
            save_or_refuse(relieved)
            for follower in _handed:  # who was told of the loss
                follower([relieved], by)
    return relieved


def _relieved_by(row: Assignment, person: Person) -> Assignment | None:
    """Who was responsible until the day before, and still can be."""
    if row.kind != AssignmentKind.RESPONSIBLE:
        return None
    before = Assignment.objects.responsible().select_related("worker", "worker__area")
    before = before.filter(person_id=row.person_id, ends_on=row.starts_on - timedelta(days=1))
    found = before.select_for_update(of=("self",)).first()
    try:
        refuse_unfit(found.worker, [person]) if found else None
    except Refused:
        return None
    return found


def refuse_unfit(worker: User, persons: Iterable[Person]) -> None:
    """Whoever is responsible is active, has a unit, and works where the persons are."""
    if worker.role not in MAY_BE_RESPONSIBLE or not worker.is_active or worker.area is None:
        raise Refused(_("Only an active case worker or supervisor can be responsible."))
    first_of: dict[int, Person] = {}
    for person in persons:
        first_of.setdefault(person.village_id or person.town_id or person.county_id, person)
    units = Area.objects.select_related("merged_into").in_bulk(first_of)
    for pk, person in first_of.items():
        if not fits(worker, unit := units[pk]):
            raise Refused(
                _("%(worker)s works in %(area)s; %(person)s belongs to %(unit)s, outside of it.")
                % {"worker": worker.name, "area": worker.area.name, "unit": unit.name,
                   "person": person.name}
            )  # fmt: skip


def fits(worker: User, unit: Area) -> bool:
    """Whether the worker works where the unit is; of an unknown village the town will do."""
    return worker.area is not None and (worker.area.contains(unit) or unit.contains(worker.area))


def _by_person(ids: list[int], kind: str, worker: User, on: date) -> dict[int, Assignment]:
    """The assignment of each person that runs on the day; a later one refuses the act."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("person", "worker")
    rows = rows.filter(person_id__in=ids, kind=kind)
    if kind == AssignmentKind.COVER:
        rows = rows.filter(worker=worker)
    later = rows.filter(starts_on__gt=on).order_by("pk").first()
    if later is not None:
        raise Refused(
            _(
                "%(worker)s has %(person)s from %(day)s; choose that day or a later one, "
                "or withdraw that assignment first."
            )
            % {
                "worker": later.worker.name,
                "person": later.person.name,
                "day": full_day(later.starts_on),
            }
        )
    return {row.person_id: row for row in rows.current_on(on)}


def _assignment(person: Person, worker: User, by: User, on: date, kind: str) -> Assignment:
    return Assignment(
        person=person, worker=worker, kind=kind, starts_on=on, recorded_by=by, **place_ids(person)
    )


def _store(changed: list[Assignment], new: list[Assignment], by: User) -> None:
    with acting(by):
        try:
            with transaction.atomic():
                Assignment.objects.bulk_update(changed, ["worker", "recorded_by", "ends_on"])
                Assignment.objects.bulk_create(new, batch_size=500)
        except IntegrityError as error:
            raise Refused(words_of(Assignment, error)) from error
