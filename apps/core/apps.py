from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "apps.core"
    verbose_name = _("Running the site")

    def ready(self) -> None:
        from apps.core.day_checks import after_migrate
        from apps.core.field_words import name_fields
        from apps.core.records import discover

        name_fields()
        discover()
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="day_checks")
        post_migrate.connect(_close_the_way_round, sender=self)


def _close_the_way_round(using: str, plan: Any = None, **_more: Any) -> None:
    """Nobody writes without history between a migration and the grants."""
    from apps.core.grants import close_the_way_round

    close_the_way_round(connections[using])
