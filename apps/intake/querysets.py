"""Questions about expected releases."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Q

from apps.areas.querysets import ScopedQuerySet
from apps.persons.models import Person

if TYPE_CHECKING:
    from apps.accounts.models import User


class ReleaseQuerySet(ScopedQuerySet):
    def in_caseload_of(self, user: "User") -> Self:
        """Before there is a file every worker of the town may receive; afterwards the own only."""
        mine: Any = Person.objects.filter(pk__isnull=False).in_caseload_of(user)
        return self.filter(Q(file=None) | Q(file__in=mine))

    def not_over(self) -> Self:
        """From the notice to the report nobody falls out of this list."""
        waits = Q(case__isnull=False, case__reported_on=None, case__closed_on=None)
        return self.filter(Q(file=None) | waits, called_off_on=None)

    def overdue_on(self, day: date) -> Self:
        """The day has passed and nobody was received, or nobody opened the file."""
        nobody = Q(received_on=None, expected_on__lt=day)
        return self.not_over().filter(nobody | Q(received_on__lt=day), file=None)
