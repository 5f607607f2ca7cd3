"""The words of each kind, and where its line leads. Apps above name the places of their kinds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.notices.codes import NoticeKind

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.notices.models import Notice

Words = str | Promise
# The address for this reader, as of now; empty: it is not open to the reader (any more).
Place = Callable[["Notice", "User"], str]
# Of rows of its kinds: the subjects whose page names the person to this reader.
Naming = Callable[[Sequence["Notice"], "User"], set[UUID]]
# Of rows of all kinds: what is to be said of those that tell of something that is no longer so.
Gone = Callable[[Sequence["Notice"]], Mapping[int, Words]]


@dataclass(frozen=True)
class Says:
    """`what`: what was decided, where the kind knows of several; `who`: a colleague's name;
    `n`: how many.
    """

    words: Words
    icon: str = "info-circle"


SAYS: Final[dict[str, Says]] = {
    NoticeKind.APPROVED: Says(_("Approved: %(what)s"), "circle-check"),
    NoticeKind.SENT_BACK: Says(_("Rejected: %(what)s"), "arrow-back-up"),
    NoticeKind.WITHDRAWN: Says(_("Taken back before a decision: %(what)s"), "x"),
    NoticeKind.ACCOUNT_ASKED: Says(_("The account of %(who)s waits for a second person"), "key"),
    NoticeKind.ACCOUNT_CONFIRMED: Says(
        _("The change of the account of %(who)s was confirmed"), "circle-check"
    ),
    NoticeKind.ACCOUNT_REJECTED: Says(
        _("The change of the account of %(who)s was rejected"), "arrow-back-up"
    ),
    NoticeKind.HANDED: Says(_("Handed to you"), "user-plus"),
    NoticeKind.COVER_PERSON: Says(_("Yours to cover"), "user-plus"),
    NoticeKind.CASELOAD: Says(_("%(n)s persons were handed to you"), "users"),
    NoticeKind.BY_LEDGER: Says(_("An imported ledger handed persons to you"), "file-import"),
    NoticeKind.HANDED_BACK: Says(_("An assignment to you was taken back before it began"), "x"),
    NoticeKind.TAKEN: Says(_("No longer yours: given to %(who)s"), "user-off"),
    NoticeKind.TAKEN_MANY: Says(_("%(n)s persons are no longer yours: given to %(who)s"), "users"),
    NoticeKind.TAKEN_BY_LEDGER: Says(
        _("An imported ledger gave persons of yours to others"), "file-import"
    ),
    NoticeKind.UNCOVERED: Says(_("No longer yours to cover"), "user-off"),
    NoticeKind.MOVED_AWAY: Says(
        _("One of your persons belongs to another unit now"), "arrows-exchange"
    ),
    NoticeKind.TRANSFER_COMES: Says(_("A transfer to your unit was handed over"), "door-exit"),
    NoticeKind.TRANSFER_SENT: Says(
        _("A transfer was handed over to the other unit"), "arrows-exchange"
    ),
    NoticeKind.TRANSFER_CANCELLED: Says(_("A transfer was taken back by its unit"), "x"),
    NoticeKind.RELEASE_COMES: Says(_("A release into your unit is expected"), "door-exit"),
    NoticeKind.RELEASE_RECEIVED: Says(_("Somebody you announced was received"), "user-check"),
    NoticeKind.RELEASE_OFF: Says(_("An expected release was called off"), "x"),
    NoticeKind.BREACH_REVOKED: Says(_("A breach was revoked; it counts no more"), "arrow-back-up"),
    NoticeKind.SUSPENDED: Says(
        _("The order was suspended; it asks for nothing now"), "player-pause"
    ),
    NoticeKind.RESUMED: Says(_("The order goes on after a suspension"), "arrow-right"),
    NoticeKind.CLOSED: Says(_("The order was closed"), "circle-check"),
    NoticeKind.ENTRY_WITHDRAWN: Says(_("An entry of yours was withdrawn"), "x"),
    NoticeKind.PAPER_VOIDED: Says(_("A paper of yours was declared void"), "x"),
    NoticeKind.COVERING: Says(_("You will cover for %(who)s"), "user-check"),
    NoticeKind.COVERED: Says(_("%(who)s covers for you"), "user-check"),
    NoticeKind.COVER_CHANGED: Says(_("The days of the cover with %(who)s were changed"), "clock"),
    NoticeKind.COVER_OFF: Says(_("The cover with %(who)s was called off"), "x"),
    NoticeKind.COVER_BEGINS: Says(_("The cover with %(who)s begins"), "user-check"),
    NoticeKind.COVER_ENDED: Says(_("The cover with %(who)s has ended"), "circle-check"),
    NoticeKind.MERGED: Says(_("Two files of the person became one"), "file-text"),
    NoticeKind.MERGE_UNDONE: Says(_("The merge of two files was undone"), "file-text"),
    NoticeKind.LOST: Says(_("A lost contact was recorded"), "user-off"),
    NoticeKind.TRANSFER_ASKED: Says(
        _("Somebody asks for a transfer; a supervisor hands over"), "arrows-exchange"
    ),
    NoticeKind.NOBODY_PRESENT: Says(
        _("Nobody is present for persons of %(who)s"), "alert-triangle"
    ),
    NoticeKind.REPORT_SENT: Says(_("A report was sent to your unit"), "certificate"),
    NoticeKind.REPORT_RECEIVED: Says(_("A report of yours was accepted"), "circle-check"),
    NoticeKind.REPORT_SENT_BACK: Says(_("A report of yours was sent back"), "arrow-back-up"),
    NoticeKind.EXPORT_ASKED: Says(
        _("An export about %(n)s persons waits for a second person"), "download"
    ),
    NoticeKind.EXPORT_APPROVED: Says(
        _("Your export about %(n)s persons was approved: take it within 24 hours"), "circle-check"
    ),
    NoticeKind.EXPORT_REJECTED: Says(
        _("Your export about %(n)s persons was rejected"), "arrow-back-up"
    ),
}

_places: dict[str, Place] = {}
_namings: dict[str, Naming] = {}
_gone: list[Gone] = []
_whats: list[Callable[[str], Words]] = []


def leads_to(place: Place, *kinds: NoticeKind, names: Naming | None = None) -> None:
    """Where lines of these kinds lead; from `ready()` of the app that rings them.

    `names`: for pages that name a person to readers who do not see the file: their lines do, too.
    """
    _places.update(dict.fromkeys(kinds, place))
    if names is not None:
        _namings.update(dict.fromkeys(kinds, names))


def no_longer_so(gone: Gone) -> None:
    """A question to the app above about lines whose fact may have changed since they rang."""
    _gone.append(gone)


def what_changed_since(notices: Sequence["Notice"]) -> dict[int, Words]:
    """By row: what is said beside a line that is no longer true."""
    found: dict[int, Words] = {}
    for gone in _gone:
        found.update(gone(notices))
    return found


def decided_is_called(name: Callable[[str], Words]) -> None:
    """How the app above calls what was decided, by its code."""
    _whats[:] = [name]


def place_of(notice: "Notice", reader: "User") -> str:
    place = _places.get(notice.kind)
    return place(notice, reader) if place else ""


def named_by_their_pages(notices: Sequence["Notice"], reader: "User") -> set[UUID]:
    """Subjects of those lines whose page tells the reader the person's name."""
    found: set[UUID] = set()
    for naming in dict.fromkeys(_namings.values()):
        theirs = [notice for notice in notices if _namings.get(notice.kind) is naming]
        found |= naming(theirs, reader) if theirs else set()
    return found


def words_of(notice: "Notice") -> str:
    """What happened, without the person's name: the page adds it where the reader may see it."""
    return str(SAYS[notice.kind].words) % {
        "what": _whats[0](notice.mark) if _whats else "",
        "who": notice.colleague.name if notice.colleague else "",
        "n": notice.number,
    }
