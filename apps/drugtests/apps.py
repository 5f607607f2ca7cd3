from functools import partial

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrugTestsConfig(AppConfig):
    name = "apps.drugtests"
    verbose_name = _("Drug tests")

    def ready(self) -> None:
        from apps.drugtests.acts import acts_of_duty
        from apps.drugtests.codes import SAMPLES_OF, NotTakenReason
        from apps.schedule.acts import register_acts

        for duty in SAMPLES_OF:
            register_acts(duty, partial(acts_of_duty, duty), NotTakenReason)
