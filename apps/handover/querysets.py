"""Packages and arrivals: who sees them."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from apps.persons.models import Person
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class PackageQuerySet(PersonalQuerySet):
    """Seen where the file was sent from, also after it has gone."""

    def visible_to(self, user: "User") -> Self:
        """Whoever hands over: supervisors of the unit that sent it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        found = self.in_area(user.area)
        if user.own_caseload_only:
            return found.filter(person__in=Person.objects.visible_to(user))
        return found


class ArrivalQuerySet(PersonalQuerySet):
    """A file that waits belongs to nobody's caseload."""

    def visible_to(self, user: "User") -> Any:
        """Of the own unit or below, for those who decide about files that arrive; once it is the
        file of a person, for as long as that file is the unit's.
        """
        found = super().visible_to(user)
        if user.own_caseload_only:
            return found.none()
        return found.filter(Q(person=None) | Q(person__in=Person.objects.visible_to(user)))
