"""The one door to rows of an area."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from apps.areas.models import Area, Level

if TYPE_CHECKING:
    from apps.accounts.models import User


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows that carry the county, town and village in which they happened."""

    def in_area(self, area: Area) -> Self:
        """Rows of the unit or below it, those of units merged into it included."""
        match area.level:
            case Level.VILLAGE:
                return self.filter(village_id__in=area.scope_ids)
            case Level.TOWN:
                return self._one_or_many("town_id", area.scope_ids)
            case Level.COUNTY:
                return self._one_or_many("county_id", area.scope_ids)
            case _:
                return self.filter(county_id__in=area.county_ids)

    def visible_to(self, user: "User") -> Self:
        """Only rows in the user's area; nothing for a user without area or right to see cases."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        scoped = self.in_area(user.area)
        return scoped.in_caseload_of(user) if user.own_caseload_only else scoped

    def in_caseload_of(self, user: "User") -> Self:
        """Narrow to a worker's caseload. Rows without a person have no caseload: all are kept."""
        return self

    def _one_or_many(self, column: str, ids: list[int]) -> Self:
        # A plain "=" keeps the order of the index; IN over two would sort.
        return self.filter(**({column: ids[0]} if len(ids) == 1 else {f"{column}__in": ids}))
