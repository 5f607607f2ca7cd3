"""Questions about campaigns and their lists."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, Q

from apps.areas.units import around
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User

# A test that was withdrawn is none.
TAKEN = Q(test__isnull=False, test__withdrawn_at=None)
EXCUSED = ~TAKEN & Q(excused_at__isnull=False)
LEFT = ~TAKEN & Q(excused_at=None)
PARTS = {"taken": TAKEN, "excused": EXCUSED, "left": LEFT}


class CampaignQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User") -> Self:
        """Campaigns of the own area, of one above it, or of one below it."""
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area))


class TargetQuerySet(PersonalQuerySet):
    def in_part(self, part: str) -> Self:
        """Taken, excused or left; another word is everybody."""
        return self.filter(PARTS[part]) if part in PARTS else self

    def counted(self) -> dict[int, dict[str, int]]:
        """How many are in each part, for each campaign on its own; one query. Never summed."""
        counts: Any = {part: Count("pk", filter=where) for part, where in PARTS.items()}
        rows = self.order_by().values("campaign_id").annotate(whole=Count("pk"), **counts)
        return {row.pop("campaign_id"): row for row in rows}
