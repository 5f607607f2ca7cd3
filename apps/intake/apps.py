from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "apps.intake"
    verbose_name = _("Expected releases")

    def ready(self) -> None:
        from apps.intake.telling import release_page
        from apps.notices.codes import Kind
        from apps.notices.kinds import leads_to

        leads_to(release_page, Kind.RELEASE_COMES, Kind.RELEASE_RECEIVED, Kind.RELEASE_OFF)
