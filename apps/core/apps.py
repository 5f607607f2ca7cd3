from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from apps.core.day_checks import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="day_checks")
