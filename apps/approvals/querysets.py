"""Questions about proposals."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from apps.approvals.kinds import KINDS
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class ProposalQuerySet(PersonalQuerySet):
    def waiting(self) -> Self:
        return self.filter(decision="")

    def about(self, subject: UUID, kind: str) -> Self:
        """Proposals of one row, the newest first."""
        return self.filter(subject=subject, kind=kind).order_by("-proposed_at", "-pk")

    def decidable_by(self, user: "User") -> Self:
        """Waiting ones that the user may decide: in scope, permitted, and another's proposal."""
        kinds = [code for code, kind in KINDS.items() if user.may(kind.permission)]
        return self.visible_to(user).waiting().filter(kind__in=kinds).exclude(proposed_by=user)
