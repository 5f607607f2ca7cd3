"""A named officer decides: confirmed or not, and later perhaps revoked; each with its reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.approvals.models import Proposal
from apps.breaches.codes import BreachDecision, BreachKind
from apps.breaches.models import Breach
from apps.breaches.services import guards
from apps.breaches.services.recording import decide, lock_breach, refuse_decided
from apps.core.differing import same_or_differs
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.notices.codes import NoticeKind
from apps.notices.services import ring


def confirm(proposal: Proposal, by: User) -> None:
    """Confirmed: from now on it counts. Refused when its ground has gone meanwhile."""
    locked = _of(proposal)
    if not is_reason(proposal.decision_reason):
        raise Refused(_("Say why: the person reads the reason."), field="reason")
    if locked.recorded_by_id == by.pk:
        raise Refused(_("Whoever recorded it does not confirm it."))
    guards.refuse_after_end(locked.case)
    if locked.kind == BreachKind.LEFT:
        guards.refuse_reported_leave(locked.case, locked.starts_on, locked.ends_on)
    decide(locked, BreachDecision.CONFIRMED, by, proposal.decision_reason)


def turn_down(proposal: Proposal, by: User) -> None:
    """Not confirmed: it stays readable and never counts."""
    decide(_of(proposal), BreachDecision.NOT_CONFIRMED, by, proposal.decision_reason)


@transaction.atomic
def revoke_breach(*, breach: Breach, by: User, reason: str) -> Breach:
    """An objection was right, or the review found otherwise: it counts no more."""
    locked = lock_breach(breach)
    if locked.decision == BreachDecision.REVOKED:
        same_or_differs(locked, _("Revoked already."), decision_reason=reason)
        return locked  # the same tap again
    if locked.decision != BreachDecision.CONFIRMED:
        raise Refused(_("Only a confirmed breach can be revoked."))
    if not by.may(Permission.APPROVE):
        raise Refused(_("A supervisor decides this."))
    if not is_reason(reason):
        raise Refused(_("Say why."), field="reason")
    ring(
        kind=NoticeKind.BREACH_REVOKED, readers=[locked.recorded_by_id, locked.heard_by_id],
        subject=locked.public_id, by=by, about_id=locked.person_id,
    )  # fmt: skip
    return decide(locked, BreachDecision.REVOKED, by, reason)


def _of(proposal: Proposal) -> Breach:
    locked = lock_breach(Breach.objects.get(public_id=proposal.subject))
    refuse_decided(locked)
    return locked
