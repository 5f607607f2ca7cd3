"""Persons with their orders, risk levels and workers, as a ledger states them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from apps.cases.deadlines import Deadlines
from apps.cases.gaps import Gap, gaps_by_case
from apps.cases.listeners import one_notification
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.services import bring_in_levels
from apps.core.refusals import Refused
from apps.core.text import mark
from apps.imports.bringing.deciding import (
    NotThisPerson,
    hold_unit,
    is_held,
    refuse_other_name,
    split,
)
from apps.imports.bringing.openings import open_many, without_file
from apps.imports.bringing.orders import bring_in_order, new_risk_level
from apps.imports.bringing.stating import (
    facts_of_person,
    life_status,
    note_no_place,
    note_no_worker,
    stated,
)
from apps.imports.bringing.workers import Workers
from apps.ledgers.ledger import LedgerEntry, Run, bring_in_line
from apps.persons import identity, names
from apps.persons.models import Assignment, Person
from apps.persons.services import assign_worker, change_person, mark_life_status, open_person
from apps.persons.services.lookups import merged_by_number

# Lines of an import in one statement.
TOGETHER: Final = 500
# Which columns state what an order lacks otherwise.
STATED_IN = {
    "no_agreement": ("agreement_on",),
    "no_report": ("reported_on",),
    "no_receipt": ("received_on",),
    "no_decision": ("decided_on", "decision_number"),
    "no_phone": ("phone",),
    "no_worker": ("worker",),
}


@dataclass
class OnFile:
    """Persons of the file's numbers as they are stored, and the lines their orders came from."""

    # Of all numbers of the file the persons, and how they are called in addresses.
    files: dict[str, int]
    about: dict[str, UUID]
    inside: set[int]
    workers: Workers
    # Names of files that were merged into a person's: a ledger may still have them.
    # The persons of the part at hand: those of a large file are not held all at once.
    by_number: dict[str, Person] = field(default_factory=dict)
    former_names: set[tuple[int, str]] = field(default_factory=set)
    case_rows: dict[int, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    deadlines: Deadlines = field(default_factory=Deadlines)
    # Words for risk levels, stored together at the end.
    levels: dict[Person, str] = field(default_factory=dict)

    def person(self, number: str) -> Person | None:
        """As it is stored: an earlier line of the file may have opened it, or another order."""
        if number not in self.seen:
            self.seen.add(number)
            return self.by_number.get(number)
        index = identity.document_index(number)
        person = Person.objects.filter(document_index=index).first()
        if person and number not in self.files:
            self.inside.add(person.pk)
        return person

    def load(self, day: date, entries: Sequence[LedgerEntry]) -> None:
        """With what hangs on them, for these lines."""
        numbers = {entry.facts["document_number"] for entry in entries} & self.files.keys()
        # Lines are compared with both units.
        persons = Person.objects.select_related("registration_area", "residence_area")
        persons = persons.prefetch_related(
            Prefetch("cases", Case.objects.order_by("pk")),
            Prefetch("assignments", Assignment.objects.current_on(day).order_by("pk")),
            "risk_levels",
        )
        found = persons.in_bulk([self.files[number] for number in numbers])
        self.by_number = {
            number: found[pk] for number in numbers if (pk := self.files[number]) in found
        }


@dataclass(frozen=True)
class Known:
    """What hangs on a file already; nothing where the line opens it."""

    cases: list[Case] = field(default_factory=list)
    risk_levels: list[RiskLevelRecord] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)


def find_on_file(run: Run, rows: Iterable[dict[str, Any]]) -> None:
    """One query for all numbers of the file, instead of one a line."""
    numbers = {identity.plain(row.get("document_number", "")): None for row in rows}
    indexes = {identity.document_index(number): number for number in numbers if number}
    merged = merged_by_number(indexes.values())
    where = Q(document_index__in=list(indexes)) | Q(pk__in=merged.values())
    persons = Person.objects.filter(where).order_by("pk")
    stored: list[Any] = list(persons.values_list("pk", "public_id", "document_index"))
    addresses: dict[int, UUID] = {pk: public_id for pk, public_id, _index in stored}
    own = {indexes.get(bytes(index or b""), ""): pk for pk, _public_id, index in stored}
    files: dict[str, int] = {number: pk for number, pk in own.items() if number} | merged
    area = run.area or run.places.county
    scoped = Person.objects.in_area(area) if area else Person.objects.all()
    inside = scoped.filter(where).values_list("pk", flat=True)
    former = Person.every.filter(merged_into__in=merged.values())
    names_of = set(former.values_list("merged_into_id", "name")) if merged else set()
    about: dict[str, UUID] = {number: addresses[pk] for number, pk in files.items()}
    run.known = OnFile(files, about, set(inside), Workers(), former_names=names_of)


def bring_in_persons(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Each line with everything it states; windows of all orders are laid out once, at the end."""
    run.known.levels, run.known.case_rows = {}, {}
    step = _("Bringing in")
    with one_notification():
        for start in range(0, len(entries), TOGETHER):
            run.on_progress(step, start, len(entries))
            _bring_in_part(run, entries[start : start + TOGETHER])
        run.on_progress(step, len(entries), len(entries))
        bring_in_levels(levels=run.known.levels, by=run.by, on=run.day)
        run.on_progress(_("Laying out what is due"), 0, 1)
    run.on_progress(_("Laying out what is due"), 1, 1)
    _name_gaps(run)


def _bring_in_part(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Who is new comes in together, all others line by line."""
    run.known.load(run.day, entries)
    new = without_file(run, entries)
    rest = {entry.row for entry in entries} - {entry.row for entry in new}
    rest |= {entry.row for entry in open_many(run, new)}
    for entry in entries:
        if entry.row in rest:
            bring_in_line(run, bring_in_person, entry)


def bring_in_person(run: Run, entry: LedgerEntry) -> str:
    """One line: a new file, or what is different in the one there is."""
    try:
        change = _bring_in(run, entry)
    except NotThisPerson:
        return "unchanged" if entry.row in run.decided else "held"
    return "held" if is_held(run, entry) else change


def _bring_in(run: Run, entry: LedgerEntry) -> str:
    facts, on_file = entry.facts, run.known
    person = on_file.person(facts["document_number"])
    known = Known()
    if person is None:
        person, changed, change = _open(run, facts), True, "new"
    else:
        if person.pk not in run.known.inside:
            raise Refused(_("Another unit keeps the file of this number. Ask for a transfer."))
        changed, change = _change(run, entry, person), "changed"
        known = Known(
            list(person.cases.all()), list(person.risk_levels.all()), list(person.assignments.all())
        )
    order = bring_in_order(run, entry, person, known.cases)
    risk_level = new_risk_level(facts, known.risk_levels)
    worker = _assign(run, entry, person, known.assignments)
    if risk_level:
        run.known.levels[person] = risk_level
    note_no_place(run, entry)
    return change if changed or order or risk_level or worker else "unchanged"


def _open(run: Run, facts: dict[str, Any]) -> Person:
    return open_person(by=run.by, brought_in_on=run.day, **facts_of_person(facts))


def _change(run: Run, entry: LedgerEntry, person: Person) -> bool:
    """Write what the line states differently; what it leaves out stays."""
    facts = entry.facts
    said = {"name": names.tidy(facts["name"]), **stated(facts)}
    if (person.pk, said["name"]) in run.known.former_names:
        said["name"] = person.name
    refuse_other_name(run, entry, person, said)
    hold_unit(run, entry, person, facts["area"])
    different = split(run, entry, person, said)
    if different:
        change_person(person=person, by=run.by, reason=run.file_name, **different)
    status = life_status(facts)
    if not (status and split(run, entry, person, {"life_status": status})):
        return bool(different)
    mark_life_status(person=person, by=run.by, status=status, reason=run.file_name)
    return True


def _assign(run: Run, entry: LedgerEntry, person: Person, assignments: list[Assignment]) -> bool:
    """The worker of the line becomes responsible, unless somebody is: no ledger takes a person."""
    named = entry.facts["worker"]
    if not named:
        return False
    worker = run.known.workers.find(named, entry.facts["area"])
    if worker is None:
        note_no_worker(run, entry)
        return False
    current = [a for a in assignments if a.kind == "responsible"]
    if current:
        if current[0].worker_id != worker.pk:
            run.report.miss("worker_differs", _("Another worker is responsible already"), entry.row)
        return False
    assign_worker(persons=[person], worker=worker, by=run.by, on=run.day)
    return True


def _name_gaps(run: Run) -> None:
    """What each order of the file lacks, by the one definition of the product; where the file has
    no column for it, that is said: the office may well know it.
    """
    rows: dict[int, int] = run.known.case_rows
    cases = Case.objects.filter(pk__in=rows)
    for case_id, gaps in sorted(gaps_by_case(cases, run.day).items(), key=lambda g: rows[g[0]]):
        for gap in gaps:
            run.report.miss(gap.code, _words_of(gap, run), rows[case_id])


def _words_of(gap: Gap, run: Run) -> str:
    absent = [run.absent[name] for name in STATED_IN.get(gap.code, ()) if name in run.absent]
    if not absent:
        return str(gap.words)
    unread = _("%(gap)s: no column of the file was read as %(columns)s")
    return unread % {"gap": gap.words, "columns": mark("list").join(absent)}
