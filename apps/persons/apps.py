from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PersonsConfig(AppConfig):
    name = "apps.persons"
    verbose_name = _("Persons")

    def ready(self) -> None:
        from apps.accounts.services import before_leaving
        from apps.audit.finding import find_persons_with
        from apps.persons.leaving import refuse_with_caseload
        from apps.persons.named import ids_named
        from apps.persons.place_triggers import after_migrate

        post_migrate.connect(after_migrate, sender=self, dispatch_uid="place_triggers")
        find_persons_with(ids_named)
        before_leaving(refuse_with_caseload)
