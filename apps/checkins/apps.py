from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckinsConfig(AppConfig):
    name = "apps.checkins"
    verbose_name = _("Check-ins")

    def ready(self) -> None:
        from apps.checkins.acts import checkin_acts
        from apps.checkins.codes import NotDoneReason
        from apps.schedule.acts import register_acts

        register_acts("checkin", checkin_acts, NotDoneReason)
