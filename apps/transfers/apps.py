from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransfersConfig(AppConfig):
    name = "apps.transfers"
    verbose_name = _("Transfers")

    def ready(self) -> None:
        from apps.cases.codes import CaseState
        from apps.cases.state_spans import register_spans
        from apps.notices.codes import NoticeKind
        from apps.notices.kinds import leads_to
        from apps.persons.services.merging import before_merging
        from apps.persons.services.moving import before_moving
        from apps.transfers import approving, paper_facts  # noqa: F401
        from apps.transfers.models import Transfer
        from apps.transfers.notices import named_in_transfers, transfer_page
        from apps.transfers.services.sending import refuse_merge_while_open, refuse_while_open

        leads_to(
            transfer_page,
            NoticeKind.TRANSFER_COMES,
            NoticeKind.TRANSFER_SENT,
            NoticeKind.TRANSFER_CANCELLED,
            NoticeKind.TRANSFER_ASKED,
            names=named_in_transfers,
        )
        before_moving(refuse_while_open)
        before_merging(refuse_merge_while_open)
        register_spans(CaseState.TRANSFERRING, Transfer.objects.on_the_way)
