"""Questions about sessions, and the one door to their notes."""

from typing import TYPE_CHECKING, Self

from apps.accounts.permissions import Permission
from apps.counselling.codes import Kind
from apps.persons.querysets import PersonalQuerySet

if TYPE_CHECKING:
    from apps.accounts.models import User


class SessionQuerySet(PersonalQuerySet):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def with_the_person(self) -> Self:
        """The person was there: a contact."""
        return self.standing().exclude(kind=Kind.FAMILY)


class NotesQuerySet(PersonalQuerySet):
    def visible_to(self, user: "User") -> Self:
        """Of persons in scope: one's own, and all of them with the permission."""
        seen = super().visible_to(user)
        return seen if user.may(Permission.COUNSELLING_NOTES) else seen.filter(recorded_by=user)
