"""Who may sign in: user name and password, or a one-time code. Asked by `proving` alone.

An unknown name, a wrong password, a disabled and a locked account take the same time and give
the same answer, so that nobody learns which names exist.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpRequest
from django.utils import timezone

from apps.accounts.codes import code_hash
from apps.accounts.models import ResetCode, User
from apps.areas.models import Area

# The unit and those above it, which every page names: as many as lie between town and province.
WITH_UNITS = ("area__parent__parent", "area__parent__merged_into", "area__merged_into")

_more: dict[str, Callable[[], Any]] = {}


def comes_with_user(name: str, question: Callable[[], Any]) -> None:
    """What every page asks of its user comes in the query that finds the user: an expression
    about the account's row, as the attribute `name`.
    """
    _more[name] = question


def with_units(users: Any) -> Any:
    """Those that may sign in, with all that a page asks of its user."""
    merged = Area.objects.filter(merged_into=OuterRef("area_id")).values("pk")
    found = users.filter(is_active=True).select_related(*WITH_UNITS)
    more = {name: question() for name, question in _more.items()}
    return found.annotate(merged_ids=ArraySubquery(merged), **more)


class RoleBackend(BaseBackend):
    """Finds active users with their area; what they may do is the role's matter."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: Any,
    ) -> User | None:
        if username is None or password is None:
            return None
        user: User | None = User.objects.select_related(*WITH_UNITS).named(username).first()
        if user is None:
            spend_time_of_a_check(password)
            return None
        right = user.check_password(password) and user.is_active
        return user if right and not is_left_over_from_demo(password) else None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session; a disabled account is signed out with its next request."""
        user: User | None = with_units(User.objects.filter(pk=user_id)).first()
        return self.with_scope(user) if user is not None else None

    @staticmethod
    def with_scope(user: Any) -> User:
        """Every page asks for the scope: it comes with the user."""
        if user.area is not None:
            user.area.scope_ids = [user.area.pk, *user.merged_ids]
        return cast("User", user)


class CodeBackend(RoleBackend):
    """A one-time code instead of a password."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest, username: str, code: str
    ) -> User | None:
        user = User.objects.named(username).first()
        # An unknown name costs the same look-up.
        matches = ResetCode.objects.filter(
            user=user, code_hash=code_hash(user or User(), code), used_at=None
        )
        row = matches.first()
        valid = row is not None and row.valid_at(timezone.now())
        return user if valid and user is not None and user.is_active else None


def is_left_over_from_demo(password: str) -> bool:
    """A demo database served as a real one: everybody knows this password."""
    return password == settings.DEMO_PASSWORD and not settings.DEMO


def spend_time_of_a_check(password: str | None) -> None:
    """Hash the password for nothing."""
    User().set_password(password or "")
