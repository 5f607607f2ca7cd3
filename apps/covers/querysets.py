"""Questions about covers."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from apps.areas.units import within

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.covers.models import Cover  # noqa: F401 (the parameter below)


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, user: "User") -> Self:
        """A worker sees the own absences and covers; who assigns sees those of the own area."""
        if not user.is_active or not user.sees_cases or user.area is None:
            return self.none()
        own = Q(worker=user) | Q(cover=user)
        if user.definition.own_caseload:
            return self.filter(own)
        return self.filter(own | within(user.area, "worker__area"))

    def covering(self, day: date) -> Self:
        """Those that include the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), starts_on__lte=day)

    def overlapping(self, first: date, last: date | None) -> Self:
        """Those that include one of the days at least; without a last day: or any later one."""
        found = self.filter(Q(until_on=None) | Q(until_on__gte=first))
        return found if last is None else found.filter(starts_on__lte=last)

    def not_over_on(self, day: date) -> Self:
        """Those that include the day or begin after it."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day))
