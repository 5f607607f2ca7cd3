from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrugTestsConfig(AppConfig):
    name = "apps.drugtests"
    verbose_name = _("Drug tests")
