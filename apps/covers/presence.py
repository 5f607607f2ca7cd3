"""Orders whose person has a worker on paper and nobody at the office."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from apps.covers.models import Cover
from apps.persons.models import Assignment
from apps.persons.services.assigning import MAY_BE_RESPONSIBLE


def nobody_present_on(cases: Any, day: date) -> Any:
    """Open orders whose responsible worker is away or closed, and so is every cover.

    Who has no responsible worker at all is "not assigned" and is told there.
    """
    running = Assignment.objects.current_on(day).filter(person_id=OuterRef("person_id"))
    away = Cover.objects.covering(day).filter(worker_id=OuterRef("worker_id"))
    working = running.filter(worker__is_active=True, worker__role__in=MAY_BE_RESPONSIBLE)
    present = working.filter(~Exists(away))
    return cases.open_on(day).filter(Exists(running.responsible()), ~Exists(present))
