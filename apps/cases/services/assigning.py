"""The queue of cases without a worker, emptied for a whole area in one act."""

from datetime import date

from django.db import transaction

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker


@transaction.atomic
def assign_open_cases(*, area: Area, worker: User, by: User, on: date) -> list[Assignment]:
    """Everybody in the area with an open case and without a worker on the day gets the worker."""
    cases = Case.objects.in_area(area).open_on(on).not_assigned_on(on)
    persons = Person.objects.filter(pk__in=cases.values("person_id"))
    return assign_worker(persons=persons, worker=worker, by=by, on=on)
