"""Transfers, as other pages see them."""

from django.utils.translation import gettext_lazy as _

from apps.approvals.models import Proposal
from apps.core.records import FileRows, RecordKind, Tab, register
from apps.transfers import timeline, today
from apps.transfers.models import Transfer

register(
    RecordKind(
        name="transfers", label=_("Transfers"), log={"transfer": _("Transfers")},
        parts=(Tab(_("Transfers"), "transfers:person", 90), FileRows(Transfer, stays=True),
            # A transfer is decided by the receiving unit.
            FileRows(Proposal, asks_elsewhere=True), *timeline.PARTS, *today.PARTS),
    )
)  # fmt: skip
