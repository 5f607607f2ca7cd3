"""A transfer waits in the inbox of the receiving unit."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.approvals.kinds import ProposalKind, register
from apps.transfers.services.arriving import send_back, take_over
from apps.transfers.services.sending import ACCEPTANCE

register(
    ProposalKind(
        code=ACCEPTANCE,
        label=_("Transfer to be accepted"),
        on_approve=take_over,
        on_reject=send_back,
        subject_url=lambda proposal: reverse("transfers:transfer", args=[proposal.subject]),
        article=_("Drug Rehabilitation Regulation, art. 22"),
        approving=_("Approved: the order is carried out here from today, and the clock runs on."),
        rejecting=_("Rejected: the sending unit stays responsible and reads the reason."),
    )
)
