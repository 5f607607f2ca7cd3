from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    name = "apps.care"
    verbose_name = _("Care")

    def ready(self) -> None:
        from apps.care.services.withdrawing import give_back_undone
        from apps.persons.services.merging import after_merging

        after_merging(give_back_undone)
