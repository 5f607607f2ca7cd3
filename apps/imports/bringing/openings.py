"""Persons who are not on file yet, with their orders, by the hundred: the rules of single acts.

What a line may not say is found before anything is stored, in the words of the single act. Where
the database refuses one of many, they are halved until the line that it means goes by itself, as a
single one does.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.models import User
from apps.cases.models import Case
from apps.cases.services.orders import first_case, open_first_cases
from apps.core.refusals import Refused
from apps.core.text import sentences
from apps.imports.bringing.orders import note_no_order, stated_order
from apps.imports.bringing.stating import facts_of_person, note_no_place, note_no_worker
from apps.ledgers.ledger import LedgerEntry, Run
from apps.persons.models import Person
from apps.persons.services import assign_worker
from apps.persons.services.files import new_person, open_persons

# So few go one by one at once.
FEW: Final = 4


@dataclass
class Draft:
    """A line on its way: who and which order, not stored yet."""

    entry: LedgerEntry
    person: Person
    case: Case | None
    worker: User | None


def without_file(run: Run, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Lines of persons whom nothing on file and no other line speaks of."""
    known = run.known
    times = Counter(entry.facts["document_number"] for entry in entries)
    return [
        entry for entry in entries
        if times[number := entry.facts["document_number"]] == 1
        and number not in known.files and number not in known.seen
    ]  # fmt: skip


def open_many(run: Run, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """Bring these in; what is left for the way of single lines."""
    drafts = []
    for entry in entries:
        try:
            drafts.append(_draft(run, entry))
        except Refused as refusal:
            run.report.reject_line(entry.row, str(refusal.words))
        except ValidationError as error:
            run.report.reject_line(entry.row, sentences(*error.messages))
    return _store_or_halve(run, drafts)


def _draft(run: Run, entry: LedgerEntry) -> Draft:
    facts, case = entry.facts, None
    person = new_person(by=run.by, brought_in_on=run.day, **facts_of_person(facts))
    if (order := stated_order(facts)) is not None:
        case = first_case(
            by=run.by, person=person, deadlines=run.known.deadlines, brought_in_on=run.day, **order
        )
    named = facts["worker"]
    return Draft(
        entry, person, case, run.known.workers.find(named, facts["area"]) if named else None
    )


def _store_or_halve(run: Run, drafts: list[Draft]) -> list[LedgerEntry]:
    if len(drafts) <= FEW:
        return [draft.entry for draft in drafts]
    try:
        with transaction.atomic():
            _store(run, drafts)
    except Refused:
        middle = len(drafts) // 2
        halves = [_anew(drafts[:middle]), _anew(drafts[middle:])]
        return [entry for half in halves for entry in _store_or_halve(run, half)]
    for draft in drafts:
        _tell(run, draft)
    return []


def _anew(drafts: list[Draft]) -> list[Draft]:
    """As they were before they were tried: what was taken back has no number."""
    for draft in drafts:
        draft.person.pk, draft.person._state.adding = None, True
        if draft.case is not None:
            draft.case.pk, draft.case._state.adding = None, True
            draft.case.person = draft.person
    return drafts


def _store(run: Run, drafts: list[Draft]) -> None:
    open_persons(persons=[draft.person for draft in drafts], by=run.by)
    cases = [draft.case for draft in drafts if draft.case is not None]
    for case in cases:
        case.person_id = case.person.pk
    open_first_cases(cases=cases, by=run.by)
    handed: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.worker is not None:
            handed[draft.worker.pk].append(draft)
    for theirs in handed.values():
        worker: Any = theirs[0].worker
        assign_worker(
            persons=[draft.person for draft in theirs], worker=worker, by=run.by, on=run.day
        )


def _tell(run: Run, draft: Draft) -> None:
    """What the line lacks, and what waits for the end of the file."""
    facts, row = draft.entry.facts, draft.entry.row
    if draft.case is None:
        note_no_order(run, draft.entry)
    else:
        run.known.case_rows[draft.case.pk] = row
    if facts["risk_level"]:
        run.known.levels[draft.person] = facts["risk_level"]
    if facts["worker"] and draft.worker is None:
        note_no_worker(run, draft.entry)
    note_no_place(run, draft.entry)
    run.report.tell(row, "new")
