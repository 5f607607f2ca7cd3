from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "apps.visits"
    verbose_name = _("Visits and interviews")

    def ready(self) -> None:
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to
        from apps.visits.notices import lost_page

        leads_to(lost_page, NoticeKind.LOST)
