"""A transfer waits in the inbox of the receiving unit."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.approvals.kinds import ProposalKind, register
from apps.approvals.models import Proposal
from apps.transfers.law import article_of
from apps.transfers.models import Transfer
from apps.transfers.services.arriving import send_back, take_over
from apps.transfers.services.sending import ACCEPTANCE, facts_in_words


def _article(proposal: Proposal) -> Promise:
    found = Transfer.objects.select_related("case").get(public_id=proposal.subject)
    return article_of(found.case.measure)


def _asker(proposal: Proposal) -> list[User]:
    """Who recorded that the person asks for it."""
    found = Transfer.objects.select_related("recorded_by").get(public_id=proposal.subject)
    return [found.recorded_by]


def _opens_to(proposal: Proposal, reader: User) -> bool:
    """Both units keep the page of a transfer, whosever the file is."""
    return Transfer.objects.visible_to(reader).filter(public_id=proposal.subject).exists()


register(
    ProposalKind(
        code=ACCEPTANCE,
        label=_("Transfer to be accepted"),
        name=_("a transfer"),
        on_approve=take_over,
        on_reject=send_back,
        tells=facts_in_words,
        subject_url=lambda proposal: reverse("transfers:transfer", args=[proposal.subject]),
        article=_article,
        approving=_("Approved: the order is carried out here from today, and the term runs on."),
        concerns=_asker,
        opens_to=_opens_to,
        rejecting=_("Rejected: the sending unit stays responsible and reads the reason."),
    )
)
