"""Questions about exports that a second person approves."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Self

from django.db import models
from django.db.models import Q

from apps.accounts.permissions import Permission
from apps.accounts.roles import Role
from apps.areas.units import within

if TYPE_CHECKING:
    from apps.accounts.models import User

DECIDERS: Final = frozenset({Role.TOWN_SUPERVISOR, Role.COUNTY_SUPERVISOR, Role.RECORDS_ADMIN})


class ExportRequestQuerySet(models.QuerySet[Any]):
    def waiting_on(self, day: date) -> Self:
        """Neither answered nor over: its days end with a midnight in Shanghai."""
        from apps.exports.models import waiting_from

        return self.filter(decision="", asked_at__gte=waiting_from(day))

    def asked_for_by(self, user: "User") -> Self:
        return self.filter(asked_by=user)

    def shown_to(self, user: "User") -> Self:
        """The own ones, and for who may decide those of accounts in the own area."""
        own = Q(asked_by=user)
        if user.role not in DECIDERS or user.area is None:
            return self.filter(own)
        near = within(user.area, "asked_by__area")
        if not user.may(Permission.PERSON_EXPORT_WHOLE):
            near &= Q(whole=False)
        return self.filter(own | near)

    def decidable_by(self, user: "User", day: date) -> Self:
        """Waiting within its week, in the own area, and another's."""
        if user.role not in DECIDERS:
            return self.none()
        return self.shown_to(user).waiting_on(day).exclude(asked_by=user)
