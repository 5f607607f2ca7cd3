"""Supervisors are told in Today of persons whose worker is away, and so is the cover."""

from datetime import date

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.areas.models import Area
from apps.cases.models import Case
from apps.core.navigation import may
from apps.covers.presence import nobody_present_on
from apps.schedule.scope import Scope


def nobody_there(user: User, day: date, area: Area | None = None) -> int:
    """How many persons; a worker, who can name no cover, is not asked."""
    if user.own_caseload_only or not may(user, Permission.FIGURES_VIEW):
        return 0
    scope = Scope(user, day, area)
    rows = scope.ask(
        "nobody",
        lambda asked: (
            nobody_present_on(asked.of(Case), day).order_by().values("person_id").distinct()
        ),
    )
    return len(rows)
