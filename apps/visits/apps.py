from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "apps.visits"
    verbose_name = _("Visits and talks")

    def ready(self) -> None:
        from apps.checkins.codes import NotDoneReason
        from apps.schedule.acts import register_acts
        from apps.visits.acts import talk_acts, visit_acts

        register_acts("talk", talk_acts, NotDoneReason)
        register_acts("visit", visit_acts, NotDoneReason)
