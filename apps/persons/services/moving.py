"""The one way in which a person comes to another unit, whatever the door: with the whole file.

Acceptance of a transfer, correction of an order or of a file, an order that is opened elsewhere:
all of them end here. A row about a person that is left behind would still be read by the old unit,
and be unknown to the new one.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from pghistory.models import Event

from apps.accounts.models import User
from apps.areas.models import PLACE_FIELDS, Area, ScopedModel, place_ids, place_of
from apps.audit.acting import acting
from apps.core.days import today
from apps.core.records import file_rows
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Assignment, FormerUnit, Person
from apps.persons.services.assigning import Taken, fits, tell_taken

Guard = Callable[[Person], None]
Follower = Callable[[Person], None]
_guards: list[Guard] = []
_followers: list[Follower] = []
Leaver = Callable[[Person, User], None]
_leavers: list[Leaver] = []
ONE_DAY = timedelta(days=1)


def before_moving(guard: Guard) -> None:
    """Apps above refuse a move by raising `Refused`."""
    _guards.append(guard)


def after_moving(follower: Follower) -> None:
    """Apps above are told, in the same transaction, that a person belongs to another unit now."""
    _followers.append(follower)


def after_leaving_town(leaver: Leaver) -> None:
    """Apps above end what was the old office's, once a person has come to another town."""
    _leavers.append(leaver)


def follow(person: Person) -> None:
    """Tell the apps above that rows about the person changed in a way that decides duties."""
    for follower in _followers:
        follower(person)


def models_at_the_person() -> dict[type[models.Model], str]:
    """Those whose rows stand where the person does at every moment."""
    asking = {one.model for one in file_rows().values() if one.asks_elsewhere}
    return {model: name for model, name in personal_models().items() if model not in asking}


@cache
def personal_models() -> dict[type[models.Model], str]:
    """Every model whose rows carry a person and the place that decides who sees them, with the
    name of the column of the person; found by what they are, so that a new one needs no naming.
    """
    found: dict[type[models.Model], str] = {}
    staying = {one.model for one in file_rows().values() if one.stays}
    for model in apps.get_models():
        if not issubclass(model, ScopedModel) or issubclass(model, Event) or model in staying:
            continue
        for field in model._meta.concrete_fields:
            if field.many_to_one and field.related_model is Person:
                found[model] = field.name
    return found


def ensure_inside(by: User, area: Area) -> Area:
    """The unit that exists today for `area`; refused when it lies outside the actor's area."""
    unit = area.merged_into or area
    if by.area is not None and not by.area.contains(unit):
        raise Refused(_("%(unit)s lies outside your area.") % {"unit": unit.name})
    return unit


@transaction.atomic
def move_person(*, person: Person, area: Area, by: User, reason: str = "") -> Person:
    """The unit that is responsible from today on, with every row about the person.

    Whoever is responsible or covers and does not work in the new unit is so no longer. Figures of
    past days stay with the unit of then: see `FormerUnit`. Returns the stored row.
    """
    # The whole row: who writes about the person meanwhile waits at the reference.
    locked: Person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    place = place_of(ensure_inside(by, area))
    before = place_ids(locked)
    if before == {f"{name}_id": unit and unit.pk for name, unit in place.items()}:
        return locked
    for guard in _guards:
        guard(locked)
    for name, unit in place.items():
        setattr(locked, name, unit)
    locked.version += 1
    with acting(by, reason):
        save_or_refuse(locked)
        _keep_former_unit(locked, before, by)
        if not is_gap(before, place_ids(locked)) and before["town_id"] != locked.town_id:
            for leaver in _leavers:
                leaver(locked, by)
        bring_along(locked, by)
    return locked


def bring_along(person: Person, by: User) -> None:
    """Everything about a person, locked, comes to where the person stands."""
    _move_rows(person)
    _end_assignments(person, by)
    follow(person)


def is_gap(before: dict[str, int | None], after: dict[str, int | None]) -> bool:
    """Whether the unit was only not known exactly: a gap is filled for all days."""
    return all(unit in (None, after[name]) for name, unit in before.items())


def stands_in(row: ScopedModel, area: Area) -> bool:
    """Whether the row is of the unit, or of one below it: a town says nothing of its villages."""
    unit = area.merged_into or area
    return not {unit.pk, area.pk}.isdisjoint(place_ids(row).values())


def _keep_former_unit(person: Person, before: dict[str, int | None], by: User) -> None:
    if is_gap(before, place_ids(person)):
        return
    rows = FormerUnit.objects.filter(person=person).order_by("-ends_on")
    last: date | None = rows.values_list("ends_on", flat=True).first()
    starts_on = last + ONE_DAY if last else None
    if starts_on is not None and starts_on >= today():
        return  # moved on within a day: it counts for the unit of the evening
    save_or_refuse(
        FormerUnit(
            person=person, starts_on=starts_on, ends_on=today() - ONE_DAY, recorded_by=by, **before
        )
    )


def _move_rows(person: Person) -> None:
    """History keeps the old place of each row; what is open in an editor is out of date now."""
    place: dict[str, Any] = dict(place_ids(person))
    same = Q(**{f"{name}_id": place[f"{name}_id"] for name in PLACE_FIELDS})
    for model, column in personal_models().items():
        rows = model._default_manager.filter(**{column: person}).exclude(same)
        dated = any(field.name == "version" for field in model._meta.concrete_fields)
        rows.update(**place, **({"version": F("version") + 1} if dated else {}))


def _end_assignments(person: Person, by: User) -> None:
    """From today on nobody is responsible or covers who does not work where the person is."""
    day = today()
    rows = Assignment.objects.select_for_update(of=("self",)).filter(person=person)
    running = rows.not_over_on(day).select_related("worker__area").order_by("pk")
    unit = person.village or person.town or person.county
    unfit = [row for row in running if not fits(row.worker, unit)]
    ended = Assignment.objects.filter(pk__in=[row.pk for row in unfit])
    # One that begins today or later has not lasted a day; its history stays.
    ended.filter(starts_on__gte=day).delete()
    ended.update(ends_on=day - ONE_DAY)
    tell_taken([Taken(row, row.worker, day, moved=True) for row in unfit], by)
