"""When a session ends by itself."""

import time
from typing import Literal

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN, ENDED = "began_at", "seen_at", "session_ended"
# "Last seen" is written at most once in so many seconds.
SEEN_EVERY = 60

Reason = Literal["idle", "expired"]


def begin(session: SessionBase) -> None:
    """Both clocks start with the sign-in."""
    session[BEGAN] = session[SEEN] = int(time.time())


def limit_reached(session: SessionBase) -> Reason | None:
    """Why the session is over, if it is."""
    now = time.time()
    if now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        return "expired"
    if now - session.get(SEEN, now) >= settings.SESSION_IDLE_MINUTES * 60:
        return "idle"
    return None


def ends_in(session: SessionBase) -> tuple[int, bool]:
    """Seconds until the session ends if nobody uses it, and whether using it would help."""
    now = time.time()
    whole = int(session.get(BEGAN, now) + settings.SESSION_COOKIE_AGE - now)
    idle = settings.SESSION_IDLE_MINUTES * 60
    return min(idle, whole), whole > idle


def touch(session: SessionBase) -> None:
    """Remember that the session is used, without a write for every page."""
    if BEGAN not in session:
        begin(session)
    elif time.time() - session[SEEN] >= SEEN_EVERY:
        session[SEEN] = int(time.time())
