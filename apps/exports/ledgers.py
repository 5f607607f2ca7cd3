"""A ledger that somebody takes along."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.core.exports import Sheet
from apps.core.leaving import watermark
from apps.core.refusals import Refused
from apps.core.text import bracketed, mark
from apps.ledgers.leaving import Going
from apps.ledgers.ledger import Ledger

LINES_MOST: Final = 50_000


@dataclass(frozen=True)
class LeavingLedger:
    """The sheet, whom it is about, and how many rows its form could not say."""

    sheet: Sheet
    persons: list[UUID]
    unsaid: int


def ledger_of(
    *, ledger: Ledger, area: Area, by: User, purpose: str, whole: bool = False
) -> LeavingLedger:
    """The rows of the unit that the account sees, in the ledger's own headings.

    Unmasked it comes in again unchanged; masked it is refused, and says so in its last line.
    """
    refuse(ledger, by, area, whole=whole)
    masked = ledger.is_personal and not whole
    going = Going(by, area)
    rows: list[list[Any]] = []
    persons: list[UUID] = []
    for line, cells in ledger.lines_out(going, masked=masked):
        rows.append(cells)
        persons += [line.person] if line.person else []
        if len(rows) > LINES_MOST:
            words = _("More than %(n)s lines: take a smaller unit.")
            raise Refused(words % {"n": f"{LINES_MOST:,}"}, field="area")
    who = f"{by}{bracketed(by.get_username())}"
    # Read as a footnote when the file comes in.
    foot = _("Note: %(words)s") % {"words": watermark(purpose, who, masked=masked)}
    if going.unsaid:
        told = _("%(n)s rows do not fit into this ledger") % {"n": going.unsaid}
        foot = f"{foot}{mark(';')}{told}"
    labels = [column.heading for column in ledger.columns]
    sheet = Sheet(str(ledger.title), labels, rows, foot)
    return LeavingLedger(sheet, list(dict.fromkeys(persons)), going.unsaid)


def refuse(ledger: Ledger, by: User, area: Area, *, whole: bool) -> None:
    """Who may not take it, or not of this unit, or not whole."""
    if ledger.out is None or not by.may(ledger.out_permission):
        raise Refused(_("Your account may not take this ledger along."), field="ledger")
    if by.area is not None and not by.area.contains(area):
        words = _("%(unit)s lies outside your area.") % {"unit": area.name}
        raise Refused(words, field="area")
    if whole and ledger.is_personal and not by.may(ledger.whole_permission):
        raise Refused(_("Your account takes names and numbers along masked only."), field="whole")
