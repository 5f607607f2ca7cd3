"""What moves with a person: the whole file, so that the sending unit keeps nothing but the fact."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from pghistory.models import Event

from apps.accounts.models import User
from apps.areas.models import Area, ScopedModel, place_of
from apps.audit.acting import acting
from apps.core.days import today
from apps.persons.models import Assignment, OutsideLookup, Person
from apps.transfers.models import Transfer

# They tell what happened in the unit where it happened.
STAY = (Transfer, OutsideLookup, Assignment)


def personal_models() -> list[type[models.Model]]:
    """Every model whose rows carry a person and the place that decides who sees them."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, ScopedModel)
        and not issubclass(model, Event)
        and model not in STAY
        and any(field.name == "person" and field.many_to_one for field in model._meta.fields)
    ]


def move_rows(person: Person, unit: Area, by: User) -> None:
    """Check-ins, needs, papers and the rest get the new place; their history keeps the old one."""
    place: dict[str, Any] = place_of(unit)
    with acting(by):
        for model in personal_models():
            model._default_manager.filter(person=person).update(**place)


def end_assignments(person: Person, by: User) -> None:
    """Nobody of the old unit is responsible or covers any more, from today on."""
    day = today()
    running = Assignment.objects.select_for_update(of=("self",)).filter(person=person)
    with acting(by):
        # One that begins today or later has not lasted a day; its history stays.
        running.filter(starts_on__gte=day).delete()
        running.current_on(day).update(ends_on=day - timedelta(days=1))
