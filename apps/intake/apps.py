from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "apps.intake"
    verbose_name = _("Expected releases")

    def ready(self) -> None:
        from apps.intake.notices import release_page
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to

        leads_to(
            release_page,
            NoticeKind.RELEASE_COMES,
            NoticeKind.RELEASE_RECEIVED,
            NoticeKind.RELEASE_OFF,
        )
