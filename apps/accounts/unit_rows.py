"""Rows of a unit in which nobody stands by name: rounds, campaigns, bases, courses, budgets."""

from typing import Any, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.areas.units import around, within
from apps.core.refusals import Refused


class UnitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Of the own area, of one above it, or of one below it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area))

    def run_by(self, user: User) -> Self:
        """Of the own area or of one below it: to see one from below is not to run it."""
        rows = self.visible_to(user)
        return rows.filter(within(user.area)) if user.area else rows


def refuse_not_run(row: Any, by: User) -> None:
    """Whoever sees it from below does not run it."""
    if not type(row).objects.run_by(by).filter(pk=row.pk).exists():
        raise PermissionDenied


def refuse_outside(area: Area, by: User) -> None:
    """A row of a unit is opened by whoever runs it."""
    if by.area is not None and not by.area.today.contains(area.today):
        raise Refused(_("%(unit)s lies outside your area.") % {"unit": area.name}, field="area")
