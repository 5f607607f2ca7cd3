"""Questions about clinics, treatments and months of attendance."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.units import within
from apps.persons.querysets import PersonalQuerySet
from apps.treatment.rules import last_of

if TYPE_CHECKING:
    from apps.accounts.models import User


class ClinicQuerySet(UnitQuerySet):
    """A name of a clinic is no personal data: whoever sees persons may choose any of the province.
    Who is treated there stays with those who see them.
    """

    def choosable_by(self, user: "User") -> Self:
        """Of the province of the user's unit: somebody may be treated in the county next door."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(within(user.area.path()[0]))

    def known_to(self, user: "User") -> Self:
        """Around the own unit, and elsewhere where somebody whom the user sees is treated."""
        from apps.treatment.models import Treatment

        treated = Treatment.objects.visible_to(user).standing().filter(clinic=OuterRef("pk"))
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | Exists(treated))

    def open_on(self, day: date) -> Self:
        """The day on which it closed is none any more."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_on__lte=day)


class TreatmentQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def running_on(self, day: date) -> Self:
        """On the day on which it ended it runs no more: who moves is at one clinic. Nobody is
        treated who has died.
        """
        rows = self.standing().living_on(day)
        return rows.filter(Q(ended_on=None) | Q(ended_on__gt=day), since__lte=day)

    def touching(self, first: date, last: date | None) -> Self:
        """Those that stand on one of the days; `last` is none of them, None is endless."""
        rows = self.standing().filter(Q(ended_on=None) | Q(ended_on__gt=first))
        return rows if last is None else rows.filter(since__lt=last)

    def in_month(self, month: date) -> Self:
        """Those of which a day lies in the month, the last one too, of persons who lived then."""
        rows = self.standing().living_on(month).filter(Q(ended_on=None) | Q(ended_on__gte=month))
        return rows.filter(since__lte=last_of(month))

    def by_clinic(self) -> dict[int, int]:
        """How many of each clinic; one query."""
        rows: Any = self.order_by().values("clinic_id").annotate(n=Count("pk"))
        return {row["clinic_id"]: row["n"] for row in rows}


class AttendanceQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        """A month of a treatment that was withdrawn counts no more."""
        return self.filter(withdrawn_at=None, treatment__withdrawn_at=None)
