"""Questions about accounts."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, When

from apps.accounts.names import sign_in_name
from apps.accounts.roles import Role
from apps.areas.units import within

if TYPE_CHECKING:
    from apps.accounts.models import User


class UserQuerySet(models.QuerySet["User"]):
    def people(self) -> Self:
        """Without the built-in account."""
        return self.exclude(role=Role.BUILT_IN)

    def named(self, name: str) -> Self:
        """The account with that user name, however it is spelled."""
        return self.filter(username=sign_in_name(name))

    def active(self) -> Self:
        return self.filter(is_active=True)

    def staff_of(self, user: "User") -> Self:
        """Accounts that the user looks after: of the own area and below, for a system
        administrator all of them."""
        if user.role == Role.SYSTEM_ADMIN:
            return self.people()
        if user.area is None:
            return self.none()
        return self.people().filter(within(user.area))

    def of_demo(self) -> Self:
        """The accounts that the sign-in page of a demo names, by role."""
        found = self.active().filter(username__startswith="demo-").select_related("area")
        order = [When(role=role, then=place) for place, role in enumerate(Role.values)]
        return found.order_by(Case(*order), "username")

    def workers_in(self, town_id: int) -> Self:
        """Active case workers of a town, by name."""
        return self.active().filter(role=Role.WORKER, area_id=town_id).order_by("name")
