from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrugTestsConfig(AppConfig):
    name = "apps.drugtests"
    verbose_name = _("Drug tests")

    def ready(self) -> None:
        from apps.drugtests.acts import test_acts
        from apps.drugtests.codes import NotTakenReason
        from apps.schedule.acts import register_acts

        register_acts("test", test_acts, NotTakenReason)
