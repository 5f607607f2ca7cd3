"""What a ledger may change in a row that is on file, and what waits for somebody to decide.

A ledger may be older than what stands here. It changes what a ledger has written, and fills what
is empty; what somebody has put right by hand, and the unit, it never takes back.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area, ScopedModel
from apps.audit.history import set_by_hand
from apps.ledgers.ledger import LedgerEntry, Run
from apps.ledgers.report import Conflict
from apps.persons.models import Person
from apps.persons.names import same
from apps.persons.services.files import differences, other_unit
from apps.persons.services.moving import stands_in

OTHER_NAME: Final = _(
    "This number is on file under another name. Nothing of the line was taken: find out whose "
    "number it is, and correct the file or the ledger."
)
BY_HAND: Final = _(
    "Entered by hand since the last import, and kept. Where the ledger is right, correct it on the "
    "page."
)
UNIT: Final = _(
    "An import moves nobody. Where the ledger is right, correct the unit on the page, or transfer."
)


class NotThisPerson(Exception):
    """The line may speak of somebody else, or does: nothing of it is taken."""


def split(run: Run, entry: LedgerEntry, row: Model, stated: dict[str, Any]) -> dict[str, Any]:
    """What the line says differently and may be written; the rest waits in the report, until
    somebody decides.
    """
    different = {name: value for name, value in stated.items() if getattr(row, name) != value}
    decided = run.decided.get(entry.row)
    held = [] if decided else [name for name in different if set_by_hand(row, name)]
    if decided is None:
        hold(run, entry, differences(row, {name: different[name] for name in held}), BY_HAND)
    taken = {name: value for name, value in different.items() if name not in held}
    run.report.note_changes(entry.row, differences(row, taken))
    return taken


def refuse_other_name(run: Run, entry: LedgerEntry, person: Person, stated: dict[str, Any]) -> None:
    """A known number with another name: both values of all that differs, and nothing is written.

    The same name typed otherwise stays as it is on file.
    """
    if same(stated["name"], person.name):
        stated["name"] = person.name
        return
    if (decided := run.decided.get(entry.row)) is not None:
        if decided:
            return
        raise NotThisPerson
    told = differences(person, stated)
    if not stands_in(person, entry.facts["area"]):
        told += other_unit(person, entry.facts["area"])
    hold(run, entry, told, OTHER_NAME)
    raise NotThisPerson


def hold_unit(run: Run, entry: LedgerEntry, row: ScopedModel, area: Area) -> None:
    """The unit is never changed by an import; a town says nothing of the villages below it."""
    if not stands_in(row, area):
        hold(run, entry, other_unit(row, area), UNIT)


def hold(
    run: Run, entry: LedgerEntry, told: Iterable[tuple[str, str, str]], reason: str | Promise
) -> None:
    run.report.conflicts += [
        Conflict(entry.row, label, here, file, str(reason)) for label, here, file in told
    ]


def is_held(run: Run, entry: LedgerEntry) -> bool:
    """Whether something of the line that was just brought in waits."""
    told = run.report.conflicts
    return bool(told) and told[-1].row == entry.row
