"""One-time codes: read aloud, typed once, kept as a hash."""

import secrets

from apps.accounts.models import User
from apps.core.crypto import blind_index

# Without signs that look alike: 0 O, 1 I L.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP = 3, 4


def new_code() -> str:
    """Three groups of four: 59 bits, good for one day and five tries."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def code_hash(user: User, code: str) -> bytes:
    """What is stored; spaces, hyphens and small letters make no difference.

    A code ends with the sessions: when the account is closed, or gets another role or unit.
    """
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return blind_index("one-time code", f"{user.pk}:{user.session_mark}:{plain}")
