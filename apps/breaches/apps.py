from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BreachesConfig(AppConfig):
    name = "apps.breaches"
    verbose_name = _("Breaches")

    def ready(self) -> None:
        from apps.breaches import approving, paper_facts  # noqa: F401
        from apps.breaches.notices import breach_page
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to

        leads_to(breach_page, NoticeKind.BREACH_REVOKED)
