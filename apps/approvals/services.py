"""Propose, decide, withdraw."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.approvals.facts import Facts, stored
from apps.approvals.kinds import KINDS
from apps.approvals.models import Decision, Proposal
from apps.approvals.notices import tell
from apps.areas.models import ScopedModel, place_ids
from apps.audit.acting import acting
from apps.core.reasons import is_reason
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse
from apps.persons.models import Person


@transaction.atomic
def propose(
    *,
    kind: str,
    person: Person,
    subject: UUID,
    facts: Facts,
    by: User,
    reason: str = "",
    place: ScopedModel | None = None,
) -> Proposal:
    """Put something before those who decide. One waits for a subject at a time.

    `facts`: what is to be decided, as it stands today: codes, names, days, and words that somebody
    wrote; the kind tells them to each reader. `place`: a row in whose place it is to be decided;
    the person's without one.
    """
    if kind not in KINDS:
        raise LookupError(kind)
    proposal = Proposal(
        kind=kind, person=person, subject=subject, facts=stored(facts), reason=reason.strip(),
        proposed_by=by, **place_ids(place or person),
    )  # fmt: skip
    with acting(by, reason):
        save_or_refuse(proposal)
    return proposal


@transaction.atomic
def approve(*, proposal: Proposal, by: User, reason: str = "") -> Proposal:
    """It is done now, by the kind's own service; if that refuses, nothing is stored."""
    locked = _lock(proposal, by)
    _decide(locked, Decision.APPROVED, by, reason)
    KINDS[locked.kind].on_approve(locked, by)
    return locked


@transaction.atomic
def reject(*, proposal: Proposal, by: User, reason: str) -> Proposal:
    """Not so, and why: whoever proposed it reads the reason."""
    if not is_reason(reason):
        raise Refused(_("Say why it is rejected."), field="reason")
    locked = _lock(proposal, by)
    _decide(locked, Decision.REJECTED, by, reason)
    KINDS[locked.kind].on_reject(locked, by)
    return locked


@transaction.atomic
def withdraw(*, kind: str, subject: UUID, by: User, reason: str) -> int:
    """What waits for a subject is not to be decided any more; how many there were."""
    rows = Proposal.objects.select_for_update(of=("self",)).about(subject, kind).waiting()
    waiting = list(rows)
    for proposal in waiting:
        _decide(proposal, Decision.WITHDRAWN, by, reason)
    return len(waiting)


def _lock(proposal: Proposal, by: User) -> Proposal:
    held = Proposal.objects.select_for_update(of=("self",)).select_related("person")
    locked: Proposal = held.get(pk=proposal.pk)
    if not locked.is_waiting:
        raise Refused(
            _("Decided already: %(decision)s, %(who)s.")
            % {"decision": locked.get_decision_display(), "who": locked.decided_by}
        )
    if locked.proposed_by_id == by.pk:
        raise Refused(_("Nobody decides what they proposed themselves."))
    if locked.kind not in KINDS or not by.may(KINDS[locked.kind].permission):
        raise Refused(_("Your role does not decide this."))
    return locked


def _decide(proposal: Proposal, decision: str, by: User, reason: str) -> None:
    proposal.decision, proposal.decided_by = decision, by
    proposal.decided_at, proposal.decision_reason = timezone.now(), reason.strip()
    with acting(by, reason):
        save_or_refuse(proposal)
    tell(proposal, by)
