"""What the acts on check-ins take and give."""

from dataclasses import dataclass
from datetime import date

from apps.checkins.models import CheckIn


@dataclass(frozen=True, slots=True)
class CheckInResult:
    """`created`: this tap made the row. `undone`: this very tap was taken back before."""

    checkin: CheckIn
    created: bool
    undone: bool = False


@dataclass(frozen=True, slots=True)
class RaisedNeed:
    """A need that came up in a check-in."""

    kind: str
    urgency: str
    said_by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Why it could not be done, and when it is to be tried again."""

    reason: str
    next_on: date
