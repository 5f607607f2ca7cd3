"""Who proposed something hears what became of it."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from apps.accounts.models import User
from apps.approvals.kinds import KINDS
from apps.approvals.models import Decision, Proposal
from apps.notices.codes import NoticeKind
from apps.notices.models import Notice
from apps.notices.services import ring

TOLD = {
    Decision.APPROVED: NoticeKind.APPROVED,
    Decision.REJECTED: NoticeKind.SENT_BACK,
    Decision.WITHDRAWN: NoticeKind.WITHDRAWN,
}


def tell(proposal: Proposal, by: User) -> None:
    """Whoever proposed it, and whom else its kind concerns; never who decided."""
    kind = KINDS.get(proposal.kind)
    others = kind.concerns(proposal) if kind else ()
    ring(
        kind=TOLD[Decision(proposal.decision)], subject=proposal.public_id, by=by,
        readers=[proposal.proposed_by_id, *(user.pk for user in others)],
        about_id=proposal.person_id, mark=proposal.kind,
    )  # fmt: skip


def place_of_decision(notice: Notice, reader: User) -> str:
    """The page of the decision; where the proposal lies in another unit, what it is about."""
    if Proposal.objects.visible_to(reader).filter(public_id=notice.subject).exists():
        return reverse("approvals:decide", args=[notice.subject])
    found = Proposal.objects.filter(public_id=notice.subject).select_related("person").first()
    if found is None or found.kind not in KINDS:
        return ""
    kind = KINDS[found.kind]
    return kind.subject_url(found) if kind.opens_to(found, reader) else ""


def named_in_decisions(notices: Sequence[Notice], reader: User) -> set[UUID]:
    """Proposals whose page, or whose subject's, the reader may open: both name the person."""
    subjects = [notice.subject for notice in notices]
    rows = Proposal.objects.filter(public_id__in=subjects)
    shown = set(Proposal.objects.visible_to(reader).filter(public_id__in=subjects))
    return {
        row.public_id
        for row in rows
        if row in shown or (row.kind in KINDS and KINDS[row.kind].opens_to(row, reader))
    }
