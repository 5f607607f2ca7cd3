from collections.abc import Collection
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from apps.areas.models import Area


class ScheduleConfig(AppConfig):
    name = "apps.schedule"
    verbose_name = _("Schedule")

    def ready(self) -> None:
        from apps.areas.services import after_merging
        from apps.cases.listeners import on_change

        on_change(lay_out_anew)
        after_merging(follow_the_successor)


def follow_the_successor(area: "Area") -> None:
    """The plans of the unit that took the area in hold there from the day of the merger on."""
    from apps.cases.models import Case
    from apps.schedule.models import PlanRule

    if PlanRule.objects.exclude(area=None).exists():
        lay_out_anew(list(Case.objects.in_area(area).order_by("pk").values_list("pk", flat=True)))


def lay_out_anew(case_ids: Collection[int]) -> None:
    """Windows follow the dates, risk level, measure and area of their case at once."""
    from apps.schedule.services import replan

    replan(case_ids)
