from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeriodicConfig(AppConfig):
    name = "apps.periodic"
    verbose_name = _("Periodic reports")

    def ready(self) -> None:
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to
        from apps.periodic.notices import report_page

        leads_to(
            report_page,
            NoticeKind.REPORT_SENT,
            NoticeKind.REPORT_RECEIVED,
            NoticeKind.REPORT_SENT_BACK,
        )
