"""What the second person answers."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import AccountProposal, User
from apps.accounts.models.proposals import AccountDecision, AccountProposalKind
from apps.accounts.permissions import Permission
from apps.accounts.roles import ROLES, Role
from apps.accounts.services import change_rights
from apps.areas.units import over
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse

Follower = Callable[[AccountProposal, User], None]
_followers: list[Follower] = []


def after_deciding(follower: Follower) -> None:
    """Apps above are told of every answer, in its transaction."""
    _followers.append(follower)


def may_confirm(by: User, proposal: AccountProposal) -> bool:
    """Another one than who asked and whom it is about, of the county or a system administrator."""
    if by.role == Role.BUILT_IN:
        return proposal.is_waiting
    decidable = AccountProposal.objects.decidable_by(by).filter(pk=proposal.pk)
    return by.may(Permission.ACCOUNT_CONFIRM) and decidable.exists()


def seconds_for(proposal: AccountProposal) -> list[User]:
    """Everybody who may answer it: asked of each, for one rule says who may."""
    near = Q(role=Role.SYSTEM_ADMIN)
    if proposal.user.area is not None:
        near |= over(proposal.user.area)
    able = [role for role, of in ROLES.items() if Permission.ACCOUNT_CONFIRM in of.permissions]
    some = User.objects.active().filter(near, role__in=able).select_related("area").order_by("pk")
    return [user for user in some if may_confirm(user, proposal)]


@transaction.atomic
def confirm(*, proposal: AccountProposal, by: User) -> AccountProposal:
    """It is done now; a code may be made by who asked for it, within a day."""
    locked = _lock(proposal)
    if not may_confirm(by, locked):
        raise Refused(_("Somebody else confirms this: not who asked, nor whom it is about."))
    if not locked.proposed_by.is_active:
        raise Refused(_("Who asked for this may no longer sign in: reject it."))
    _decide(locked, AccountDecision.CONFIRMED, by)
    if locked.kind != AccountProposalKind.CODE:
        change_rights(user=locked.user, facts=locked.facts)
    return locked


@transaction.atomic
def reject(*, proposal: AccountProposal, by: User) -> AccountProposal:
    """Not so. Nothing is changed."""
    locked = _lock(proposal)
    if not may_confirm(by, locked):
        raise Refused(_("Somebody else decides this: not who asked, nor whom it is about."))
    return _decide(locked, AccountDecision.REJECTED, by)


@transaction.atomic
def withdraw(*, proposal: AccountProposal, by: User) -> AccountProposal:
    """Who asked takes it back."""
    locked = _lock(proposal)
    if locked.proposed_by_id != by.pk:
        raise Refused(_("Only who asked for this takes it back."))
    return _decide(locked, AccountDecision.WITHDRAWN, by)


def _lock(proposal: AccountProposal) -> AccountProposal:
    rows = AccountProposal.objects.select_for_update(of=("self",))
    locked = rows.select_related("user", "proposed_by", "decided_by", "to_area").get(pk=proposal.pk)
    if not locked.is_waiting:
        raise Refused(
            _("Decided already: %(decision)s, %(who)s.")
            % {"decision": locked.get_decision_display(), "who": locked.decided_by}
        )
    return locked


def _decide(proposal: AccountProposal, decision: str, by: User) -> AccountProposal:
    proposal.decision, proposal.decided_by, proposal.decided_at = decision, by, timezone.now()
    save_or_refuse(proposal)
    for follower in _followers:
        follower(proposal, by)
    return proposal
