"""A session and the user who signed in with it, in one statement.

The row of a session names its user inside the sealed data alone, so the process remembers which
user a session last had, and asks for that one along with it. This is a guess about what to ask
for and nothing more: the user counts only if the data of the session, read in the same
statement, name that very user and the mark of the account fits.
"""

from collections import OrderedDict
from typing import Any, Final

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends import db
from django.db import connection
from django.db.models import BigIntegerField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from apps.accounts.backends import RoleBackend, with_units
from apps.accounts.models import User
from apps.core.planned import ONE_PLAN
from apps.core.prepared import Prepared, Slot

KEPT: Final = 5000
OURS: Final = f"{RoleBackend.__module__}.{RoleBackend.__qualname__}"
_USER: Final = Prepared(lambda: with_units(User.objects.filter(pk=Slot("user", BigIntegerField()))))
_last_user: OrderedDict[str, int] = OrderedDict()


class SessionStore(db.SessionStore):
    """Django's, whose rows are read together with their user."""

    brought: User | None = None

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        data, self.brought = _read(key, _last_user.get(key)) if key else (None, None)
        if data is None:
            self._session_key = None
            return {}
        facts: dict[str, Any] = self.decode(data)
        if (user := facts.get(SESSION_KEY)) is not None:
            _last_user[key] = int(user)
            if len(_last_user) > KEPT:
                _last_user.popitem(last=False)
        return facts


class SignedInUserMiddleware(AuthenticationMiddleware):
    """`request.user`, without asking for the user once more."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user_of(request))  # type: ignore[assignment]


def _user_of(request: Any) -> Any:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _brought(request.session) or get_user(request)
    return request._cached_user


def _brought(session: Any) -> User | None:
    """The user whom the session brought along; whatever is unusual, Django looks at as ever."""
    named, mark = session.get(SESSION_KEY), session.get(HASH_SESSION_KEY, "")
    user: User | None = getattr(session, "brought", None)
    if user is None or session.get(BACKEND_SESSION_KEY) != OURS or str(user.pk) != named:
        return None
    if not constant_time_compare(mark, user.get_session_auth_hash()):
        return None
    return user


def _read(key: str, user: int | None) -> tuple[str | None, User | None]:
    """The data of a session that runs, and the user with this number, if both are there."""
    statement = _USER.statement
    sql = (
        "SELECT s.session_data, u.* FROM django_session s"  # noqa: S608 - written by Django
        f" LEFT JOIN LATERAL ({statement.fixed[0]}) u ON true"
        f" WHERE s.session_key = %s AND s.expire_date > %s{ONE_PLAN}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*statement.filled({"user": user}), key, timezone.now()])
        row = cursor.fetchone()
    if row is None:
        return None, None
    found = row[1:]
    users = statement.read([found]) if statement.read and found[0] is not None else []
    return row[0], RoleBackend.with_scope(users[0]) if users else None
