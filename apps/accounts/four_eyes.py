"""Accounts of a higher role: one person asks, another confirms. docs/adr/0020 says why."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts.models import AccountProposal, User
from apps.accounts.models.proposals import AccountProposalKind
from apps.accounts.roles import HIGHER, Role
from apps.core.refusals import Refused
from apps.core.saving import save_or_refuse

_on_server: ContextVar[bool] = ContextVar("on_server", default=False)
# Fields of an account that give rights.
RIGHTS = ("role", "area", "is_active")

Follower = Callable[[AccountProposal], None]
_followers: list[Follower] = []


def after_asking(follower: Follower) -> None:
    """Apps above are told of everything that waits for a second person, in its transaction."""
    _followers.append(follower)


@contextmanager
def on_server() -> Iterator[None]:
    """Around the commands: whoever runs them holds the database anyway. The history names them."""
    token = _on_server.set(True)
    try:
        yield
    finally:
        _on_server.reset(token)


def acts_alone(by: User) -> bool:
    """Commands on the server need no second person; how else would a site begin?"""
    return by.role == Role.BUILT_IN or _on_server.get()


def needs_second(role: str, by: User) -> bool:
    """Whether what `by` does to an account of the role waits for a second person."""
    return role in HIGHER and not acts_alone(by)


def held_back(user: User, facts: dict[str, Any], by: User) -> dict[str, Any]:
    """Of what is to be changed: what waits for a second person. Closing an account never does."""
    roles = {user.role, facts.get("role", user.role)}
    if not any(needs_second(role, by) for role in roles):
        return {}
    held = {n: facts[n] for n in RIGHTS if n in facts and facts[n] != getattr(user, n)}
    if held.get("is_active") is False:
        del held["is_active"]
    return held


def propose(*, kind: str, user: User, by: User, facts: dict[str, Any]) -> AccountProposal:
    """Put it before a second person."""
    proposal = AccountProposal(
        kind=kind, user=user, proposed_by=by,
        to_role=facts.get("role", ""), to_area=facts.get("area"),
        without_area="area" in facts and facts["area"] is None,
        to_sign_in=facts.get("is_active", False),
    )  # fmt: skip
    save_or_refuse(proposal)
    for follower in _followers:
        follower(proposal)
    return proposal


def use_confirmed(user: User, by: User) -> User:
    """The second person who allowed `by` one code for the account; it is used up."""
    now = timezone.now()
    allowed = AccountProposal.objects.select_for_update(of=("self",)).usable(user, by, now).first()
    if allowed is None or allowed.decided_by is None:
        raise Refused(_("A code for this role needs a second person first."))
    allowed.used_at = now
    allowed.save(update_fields=["used_at"])
    return allowed.decided_by


def code_waits(user: User) -> AccountProposal | None:
    """What waits for a second person before a code may be made."""
    rows = AccountProposal.objects.waiting().filter(user=user, kind=AccountProposalKind.CODE)
    return rows.select_related("proposed_by").first()
