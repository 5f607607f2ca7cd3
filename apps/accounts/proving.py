"""The one way to check a password or a code: counted, then checked.

Nothing else calls Django's `authenticate` or a user's `check_password`
(tests/accounts/test_throttled_doors.py).
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import ngettext

from apps.accounts import throttle
from apps.accounts.backends import spend_time_of_a_check
from apps.accounts.models import User


@dataclass(frozen=True)
class Proof:
    """Who it is, or nobody; `wait`: seconds until it may be tried again."""

    user: User | None
    wait: int = 0

    @property
    def words(self) -> str:
        """What to do when it was tried too often; the same for names that nobody has."""
        minutes = -(-self.wait // 60)
        return ngettext(
            "Too many wrong tries with this user name or from this place. Wait one minute, then "
            "try again. Forgotten? Your supervisor hands you a one-time code in person.",
            "Too many wrong tries with this user name or from this place. Wait %(minutes)s "
            "minutes, then try again. Forgotten? Your supervisor hands you a one-time code in "
            "person.",
            minutes,
        ) % {"minutes": minutes}


def prove(request: HttpRequest | None, *, name: str, way: str, **secret: str) -> Proof:
    """Whoever has this name and this secret, if it may be tried."""
    attempt = throttle.begin(request, name, way)
    if attempt.wait:
        # As long as a check takes, so that the time tells nothing.
        if "password" in secret:
            spend_time_of_a_check(secret["password"])
        return Proof(None, attempt.wait)
    user: Any = authenticate(request, username=name, **secret)
    if user is None:
        return Proof(None)
    attempt.prove(user)
    return Proof(user)
