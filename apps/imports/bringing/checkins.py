"""Check-ins of a ledger, all at once, through the service of the register."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from apps.checkins.bulk import REFUSED, BroughtIn, LedgerCheckIn, bring_in_checkins
from apps.imports.ledger import Entry, Run
from apps.persons import identity
from apps.persons.models import Person
from apps.persons.services.lookups import merged_by_number

ASKS_HELP: Final = "需要帮助"
DENIES: Final = re.compile(r"[不无未没勿非否][^,，。;；、!！]{0,4}$")


def asks_help(words: str) -> bool:
    """Whether one of its clauses says so: “暂不需要帮助” says that nothing is needed."""
    before, *rest = words.replace(" ", "").split(ASKS_HELP)
    for clause in rest:
        if not DENIES.search(before):
            return True
        before = clause
    return False


@dataclass
class Register:
    """Persons of the file's numbers, as far as they are in the area of the import."""

    by_number: dict[str, Person]


def find_persons(run: Run, rows: Iterable[dict[str, Any]]) -> None:
    """One query for all numbers of the file."""
    numbers = {identity.plain(row.get("document_number", "")) for row in rows}
    indexes = {identity.document_index(number): number for number in numbers if number}
    persons = Person.objects.in_area(run.area) if run.area else Person.objects.all()
    merged = merged_by_number(numbers)
    where = Q(document_index__in=list(indexes)) | Q(pk__in=merged.values())
    found = {person.pk: person for person in persons.filter(where).order_by("pk")}
    own = {indexes.get(bytes(p.document_index or b"")): p for p in found.values()}
    known = {number: person for number, person in own.items() if number}
    known |= {number: found[pk] for number, pk in merged.items() if pk in found}
    run.known = Register(known)


def bring_in(run: Run, entries: Sequence[Entry]) -> None:
    """What the ledger calls a wish for help opens one need a person."""
    step, done = _("Bringing in"), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        run.on_progress(step, done, len(entries))

    brought = bring_in_checkins([_checkin(run, e) for e in entries], by=run.by, progress=advance)
    _count(run, entries, brought)


def _checkin(run: Run, entry: Entry) -> LedgerCheckIn:
    facts = entry.facts
    words = facts["state_words"]
    return LedgerCheckIn(
        person=run.known.by_number[facts["document_number"]],
        occurred_at=facts["occurred_at"],
        method=facts["method"],
        state_words=words,
        asks_help=asks_help(words),
    )


def _count(run: Run, entries: Sequence[Entry], brought: BroughtIn) -> None:
    for entry, result in zip(entries, brought.results, strict=True):
        if result.status == REFUSED:
            run.report.reject_line(entry.row, result.words)
        else:
            setattr(run.report, result.status, getattr(run.report, result.status) + 1)
