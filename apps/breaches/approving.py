"""A breach waits in the inbox of the area's supervisors once the person was heard."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.approvals.kinds import ProposalKind, register
from apps.approvals.models import Proposal
from apps.breaches.law import article_of
from apps.breaches.models import Breach
from apps.breaches.services.deciding import confirm, turn_down
from apps.breaches.services.recording import CONFIRMATION, facts_in_words


def _article(proposal: Proposal) -> Promise:
    found = Breach.objects.select_related("case").get(public_id=proposal.subject)
    return article_of(found.case.measure)


def _recorder(proposal: Proposal) -> list[User]:
    """Who recorded what happened need not be who heard the person."""
    found = Breach.objects.select_related("recorded_by").get(public_id=proposal.subject)
    return [found.recorded_by]


register(
    ProposalKind(
        code=CONFIRMATION,
        label=_("Breach to be confirmed"),
        name=_("the confirmation of a breach"),
        on_approve=confirm,
        on_reject=turn_down,
        tells=facts_in_words,
        subject_url=lambda proposal: reverse("breaches:breach", args=[proposal.subject]),
        article=_article,
        approving=_(
            "Approved with a reason: the breach is confirmed and counts. Nothing else "
            "follows by itself."
        ),
        rejecting=_("Rejected: it never counts."),
        needs_reason=True,
        concerns=_recorder,
    )
)
