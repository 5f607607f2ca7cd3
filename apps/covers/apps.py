from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoversConfig(AppConfig):
    name = "apps.covers"
    verbose_name = _("Covers")

    def ready(self) -> None:
        from apps.covers.services import cover_newcomers
        from apps.persons.services.assigning import after_assigning

        after_assigning(cover_newcomers)
