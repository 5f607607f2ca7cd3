"""Questions about reports of periods."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.areas.models import Area, place_of
from apps.areas.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class PeriodicReportQuerySet(ScopedQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Supervisors see those of their area. Who sees figures only has what was sent there, and
        of that the newest version: two that differ by a person would tell of that one.
        """
        if not user.is_active or user.area is None:
            return self.none()
        if user.sees_cases:
            return super().visible_to(user)
        later = self.model._default_manager.filter(
            county=OuterRef("county"), town=None, every=OuterRef("every"),
            first=OuterRef("first"), last=OuterRef("last"), version__gt=OuterRef("version"),
            sending__isnull=False,
        )  # fmt: skip
        sent = self.filter(sending__receiver_id__in=user.area.today.scope_ids)
        return sent.filter(~Exists(later))

    def of_unit(self, unit: Area) -> Self:
        """Those that the unit itself made, or a unit that was merged into it."""
        ids = unit.scope_ids
        found = self.in_area(unit)
        match unit.level:
            case "village":
                return found
            case "town":
                return found.filter(town_id__in=ids, village=None)
            case _:
                return found.filter(county_id__in=ids, town=None)

    def made_by(self, unit: Area) -> Self:
        """Those that the unit itself made; what another made that became part of it is not its."""
        return self.filter(**place_of(unit))

    def of_days(self, every: str, first: date, last: date) -> Self:
        return self.filter(every=every, first=first, last=last)

    def newest(self) -> Self:
        """Without those that a later version replaces."""
        later = self.model._default_manager.filter(replaces_id=OuterRef("pk"))
        return self.filter(~Exists(later))

    def waiting_for(self, unit: Area) -> Self:
        """Sent to the unit and not answered, with no later version."""
        return self.newest().filter(sending__receiver_id__in=unit.scope_ids, sending__answer="")


class OfUnitQuerySet(QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Those of the own unit and below it; an account without a unit keeps all."""
        if user.area is None:
            return self.all() if user.is_active else self.none()
        return self.filter(area__in=Area.objects.under(user.area))


class SendingQuerySet(QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """With the reports that the reader sees."""
        from apps.periodic.models import PeriodicReport

        return self.filter(report__in=PeriodicReport.objects.visible_to(user))


class ReportTemplateQuerySet(OfUnitQuerySet):
    def for_unit(self, unit: Area, every: str) -> Any:
        """The newest of the nearest unit; None where the standard holds."""
        found = self.filter(every=every, area_id__in=unit.lineage).select_related("area")
        rows = sorted(found, key=lambda row: (len(row.area.code), row.pk))
        return rows[-1] if rows else None


class ReportRuleQuerySet(OfUnitQuerySet):
    def running_on(self, day: date) -> Self:
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), first_day__lte=day)

    def asked_by(self, areas: Iterable[int]) -> Self:
        return self.filter(area_id__in=areas)
