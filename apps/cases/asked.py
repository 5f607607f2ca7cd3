"""Of whom somebody is still reminded: of nobody after the term, nor after three years abstinent."""

from datetime import timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from apps.cases.models import Case
from apps.persons.codes import LifeStatus

# So long after its day a look at what help or work became is still asked for.
LOOKED_FOR: Final = timedelta(days=60)


def under_order(day: Any) -> Exists:
    """The person lives and has an order in force on the day: nothing is asked after the term, and
    of nobody who has died.
    """
    orders = Case.objects.filter(person_id=OuterRef("person_id")).in_force_on(day)
    return Exists(orders.living_on(day))


def still_asked(day: Any) -> Q:
    """Whose lines stand in Today; whatever an order says, three abstinent years are silence."""
    return Q(under_order(day)) & ~Q(person__life_status=LifeStatus.ABSTINENT)
