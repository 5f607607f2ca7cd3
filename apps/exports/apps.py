from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    name = "apps.exports"
    verbose_name = _("Exports")

    def ready(self) -> None:
        from apps.core.leaving import before_leaving
        from apps.exports.gate import hold_back
        from apps.exports.notices import page_of_request
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to

        before_leaving(hold_back)
        leads_to(
            page_of_request,
            NoticeKind.EXPORT_ASKED,
            NoticeKind.EXPORT_APPROVED,
            NoticeKind.EXPORT_REJECTED,
        )
