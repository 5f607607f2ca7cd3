from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    name = "apps.approvals"
    verbose_name = _("Approvals")

    def ready(self) -> None:
        from apps.approvals.kinds import name_of
        from apps.approvals.notices import named_in_decisions, place_of_decision
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import decided_is_called, leads_to

        leads_to(
            place_of_decision, NoticeKind.APPROVED, NoticeKind.SENT_BACK, NoticeKind.WITHDRAWN,
            names=named_in_decisions,
        )  # fmt: skip
        decided_is_called(name_of)
