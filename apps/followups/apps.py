from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowUpsConfig(AppConfig):
    name = "apps.followups"
    verbose_name = _("Follow-up rounds")

    def ready(self) -> None:
        from apps.followups.services.targets import give_back_undone
        from apps.persons.services.merging import after_merging

        after_merging(give_back_undone)
