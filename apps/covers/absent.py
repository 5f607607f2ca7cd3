"""Who can be away so that somebody has to cover."""

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from apps.accounts.roles import ROLES
from apps.core.days import today
from apps.persons.models import Assignment

# Their work is a caseload, also while it is empty: persons are given to them any day.
WORK_WITH_PERSONS: Final = frozenset(role for role, of in ROLES.items() if of.own_caseload)


def may_be_away(users: Any) -> Any:
    """Workers, and whoever else looks after somebody today or on a later day."""
    theirs = Assignment.objects.not_over_on(today()).filter(worker=OuterRef("pk"))
    return users.filter(Q(role__in=WORK_WITH_PERSONS) | Exists(theirs))
