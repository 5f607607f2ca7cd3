"""Questions about campaigns and their lists."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from apps.accounts.unit_rows import UnitQuerySet
from apps.areas.units import around, within
from apps.campaigns.codes import Asks
from apps.core.days import start_of
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User

# A test that was withdrawn is none.
TAKEN = Q(test__isnull=False, test__withdrawn_at=None)
EXCUSED = ~TAKEN & Q(excused_at__isnull=False)
LEFT = ~TAKEN & Q(excused_at=None)
# Who is called once more for a day has a day, where there is no slot.
NO_SLOT = LEFT & Q(slot=None, second_call_on=None)
# A duty that is over on the day of the slot asks for nothing; a consent has no days.
IN_DUTY = (
    Q(case=None) | Q(case__duties_end_on=None)
    | Q(case__duties_end_on__gte=F("slot__begins__date"))
)  # fmt: skip
# The same of the day of a second call, where there are no slots.
IN_DUTY_THEN = (
    Q(case=None) | Q(case__duties_end_on=None) | Q(case__duties_end_on__gte=F("second_call_on"))
)
PARTS = {"taken": TAKEN, "excused": EXCUSED, "left": LEFT, "no_slot": NO_SLOT}


class CampaignQuerySet(UnitQuerySet):
    def of_day(self, day: date) -> Self:
        """Open, with a list of persons, and between their two days."""
        rows = self.filter(first__lte=day, last__gte=day, closed_at=None, asks=Asks.PERSONS)
        return rows.order_by("first", "pk")


class OfCampaignQuerySet(models.QuerySet[Any]):
    """Rows that are seen with their campaign."""

    path = "campaign__area"

    def visible_to(self, user: "User") -> Self:
        if not user.is_active or user.area is None or not user.sees_cases:
            return self.none()
        return self.filter(around(user.area, self.path))


class SiteQuerySet(OfCampaignQuerySet):
    def run_by(self, user: "User") -> Self:
        """Of a campaign that is run by the user, or in the own unit."""
        rows = self.visible_to(user)
        return rows.filter(within(user.area, self.path) | within(user.area)) if user.area else rows


class CountQuerySet(OfCampaignQuerySet):
    pass


class SlotQuerySet(OfCampaignQuerySet):
    path = "site__campaign__area"

    def with_free(self) -> Self:
        """`held`: places that are taken; who is excused frees the own."""
        return self.annotate(held=Count("targets", filter=Q(targets__excused_at=None)))

    def with_room(self) -> Self:
        """Of those that stand and have not begun."""
        return self.ahead().with_free().filter(held__lt=F("places"))

    def ahead(self) -> Self:
        return self.standing().filter(begins__gt=timezone.now())

    def standing(self) -> Self:
        return self.filter(called_off_at=None)

    def in_order(self) -> Self:
        """By time, and beside each other the rooms by name."""
        return self.select_related("site__area").order_by("begins", "site__name", "pk")


class TargetQuerySet(PersonalQuerySet):
    def in_part(self, part: str) -> Self:
        """Taken, excused or left; another word is everybody."""
        return self.filter(PARTS[part]) if part in PARTS else self

    def asked(self) -> Self:
        """Taken or to be taken."""
        return self.exclude(EXCUSED)

    def to_come(self) -> Self:
        """Whose slot lies ahead, in an open campaign and on a day of the duty."""
        return self.expected_from(timezone.now())

    def expected_from(self, moment: datetime) -> Self:
        """The same of slots that begin then or later."""
        return self.filter(LEFT, IN_DUTY, slot__begins__gte=moment, campaign__closed_at=None)

    def awaited_from(self, day: date) -> Self:
        """Those of a slot of the day or later, or of a second call where there is no slot."""
        of_slot = IN_DUTY & Q(slot__begins__gte=start_of(day))
        of_call = IN_DUTY_THEN & Q(slot=None, second_call_on__gte=day)
        return self.filter(LEFT, of_slot | of_call, campaign__closed_at=None)

    def counted(self) -> dict[int, dict[str, int]]:
        """How many are in each part, for each campaign on its own; one query. Never summed."""
        counts: Any = {part: Count("pk", filter=where) for part, where in PARTS.items()}
        rows = self.order_by().values("campaign_id").annotate(whole=Count("pk"), **counts)
        return {row.pop("campaign_id"): row for row in rows}
