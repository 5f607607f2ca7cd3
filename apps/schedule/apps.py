from collections.abc import Collection

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    name = "apps.schedule"
    verbose_name = _("Schedule")

    def ready(self) -> None:
        from apps.cases.changes import on_change

        on_change(lay_out_anew)


def lay_out_anew(case_ids: Collection[int]) -> None:
    """Windows follow the dates, tier, measure and area of their case at once."""
    from apps.schedule.services import replan

    replan(case_ids)
