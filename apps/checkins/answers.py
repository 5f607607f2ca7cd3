"""What a tap or a form is answered with where something is recorded already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.checkins.models import CheckIn
from apps.contacts.recorded import taken_back
from apps.core.differing import Differs, described
from apps.core.sameness import frozen
from apps.needs.raised import RaisedNeed, needs_sent, needs_stored

FACTS: Final = (
    "outcome", "method", "reason", "occurred_at", "next_on", "mood", "note", "state_words",
)  # fmt: skip
# What nobody says with a tap.
WORDS: Final = ("mood", "note", "state_words")


@dataclass(frozen=True, slots=True)
class CheckInResult:
    """`created`: this tap made the row. `undone`: this very tap was taken back before."""

    checkin: CheckIn
    created: bool
    undone: bool = False


def same_again(row: CheckIn, given: Mapping[str, Any]) -> CheckInResult:
    """The answer to the very same tap; a form whose record was undone is told so."""
    if row.undone and (given["whole"] or says_more(given)):
        raise taken_back(row, described(CheckIn, given) + needs_sent(given))
    return CheckInResult(row, created=False, undone=row.undone)


def says_more(given: Mapping[str, Any]) -> bool:
    """Words, a mood or a need came with it."""
    return any(given.get(name) not in (None, "") for name in WORDS) or bool(given.get("needs"))


def first_was(
    first: CheckIn, sent: CheckIn, needs: Iterable[RaisedNeed], *, whole: bool
) -> CheckInResult:
    """Somebody else, or another tab, has done this duty: a tap is answered with that.

    Whoever filled in a form reads both; sent once more it is a further contact.
    """
    theirs = {name: getattr(first, name) for name in FACTS}
    mine = {name: getattr(sent, name) for name in FACTS}
    more = {"needs": list(needs)}
    if frozen(theirs) == frozen(mine) and not more["needs"]:
        return CheckInResult(first, created=False)
    if not whole and not says_more(mine | more):
        return CheckInResult(first, created=False)
    raise Differs(
        _("A contact was recorded already for this duty."),
        stored=described(CheckIn, theirs) + needs_stored(first),
        sent=described(CheckIn, mine) + needs_sent(more),
        row=first,
        page="checkins:note",
        renew={"item": ""},
    )
