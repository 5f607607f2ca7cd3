"""A breach waits in the inbox of the area's supervisors once the person was heard."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.approvals.kinds import ProposalKind, register
from apps.breaches.services.deciding import confirm, turn_down
from apps.breaches.services.recording import CONFIRMATION

register(
    ProposalKind(
        code=CONFIRMATION,
        label=_("Breach to be confirmed"),
        on_approve=confirm,
        on_reject=turn_down,
        subject_url=lambda proposal: reverse("breaches:breach", args=[proposal.subject]),
        article=_("Anti-Drug Law, art. 35; Drug Rehabilitation Regulation, art. 20"),
        approving=_("Approved with a reason: the breach is confirmed and counts. Nothing follows."),
        rejecting=_("Rejected: it is not confirmed and never counts."),
        needs_reason=True,
    )
)
