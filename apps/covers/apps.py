from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoversConfig(AppConfig):
    name = "apps.covers"
    verbose_name = _("Covers")

    def ready(self) -> None:
        from apps.accounts.services import before_leaving
        from apps.covers.passing import refuse_given, refuse_needed
        from apps.covers.services import cover_newcomers, forget_withdrawn
        from apps.persons.services.assigning import (
            after_assigning,
            before_ending,
            before_withdrawing,
        )

        after_assigning(cover_newcomers)
        before_withdrawing(forget_withdrawn)
        before_ending(refuse_given)
        before_leaving(refuse_needed)
