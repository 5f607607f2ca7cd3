"""The one way a ledger comes in: read, match, check every line, apply; everything or nothing."""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.areas.models import Area
from apps.audit.acting import from_ledger
from apps.cases.listeners import no_notification
from apps.core.refusals import Refused
from apps.imports.files import SheetLine, read_file, read_sheets
from apps.imports.headers import Choices, Table, find_table
from apps.imports.masked import refuse_masked
from apps.imports.matching import refuse_unread
from apps.imports.models import LedgerSynonym
from apps.ledgers.cells import CellFault, Unread, as_day, cell_name, shown
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Progress, Run
from apps.ledgers.report import DUPLICATES, Fault, Report

MARKED: Final = {
    "hidden": gettext_lazy("The line is hidden in the file"),
    "struck": gettext_lazy("The line is struck out in the file"),
    "formula": gettext_lazy("A cell is computed by a formula: its last value was taken"),
}
# By which a line is known to speak of somebody.
NUMBER: Final = "document_number"
# A file of which nearly nothing fits is another list: nobody reads two hundred thousand faults.
LINES_TRIED: Final = 1_000
FITTING: Final = 100
# Lines of a dry run that are tried, and taken back, together: as many as take so many seconds, for
# so long somebody at work may wait for one of them.
PART_SECONDS: Final = 0.25
PARTS: Final = (25, 1_000)


@dataclass(slots=True)
class ImportedRow:
    """A line on its way: its cells, what they mean, and what is wrong with them."""

    number: int
    cells: dict[str, str]
    data: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    # What the file says in cells that somebody put right.
    original: dict[str, str] = field(default_factory=dict)


OnLines = Callable[[Run, list[ImportedRow]], None]


def import_ledger(*, path: Path, **options: Any) -> Report:
    """Bring in a file from the disk: see `bring_in`."""
    return bring_in(content=read_file(path), file_name=path.name, **options)


@transaction.atomic
def bring_in(
    *,
    ledger: Ledger,
    content: bytes,
    file_name: str,
    by: User,
    area: Area | None = None,
    dry_run: bool = False,
    choices: Choices | None = None,
    on_progress: Progress = lambda _step, _done, _total: None,
    on_lines: OnLines | None = None,
) -> Report:
    """Bring in the lines of a file; what is wrong stays out and is named in the report.

    One transaction: an error on the way leaves nothing behind, and a dry run never anything.
    `on_lines` is called with the run and its lines before a dry run is rolled back.
    """
    refuse_reader(ledger, by, area)
    choices, ledger = choices or Choices(), with_words(ledger)
    run = Run(by=by, area=area, file_name=file_name, report=Report(), decided=choices.decided,
              on_progress=on_progress)  # fmt: skip
    table = find_table(read_sheets(content, file_name), ledger, choices)
    refuse_masked(table)
    if choices.all_columns:
        refuse_unread(table, ledger, choices)
    rows = _rows_of(run, ledger, table, choices)
    with from_ledger(file_name):
        sound = list(_sound(run, ledger, table, run.counting(_("Checking"), rows)))
        entries = _without_repeats(run, ledger, table, sound)
        if dry_run:
            _try_in_parts(run, ledger, entries)
        else:
            ledger.service(run, entries)
    run.report.errors.sort(key=lambda fault: fault.row)
    if on_lines is not None:
        on_lines(run, rows)
    if dry_run:
        transaction.set_rollback(True)
    return run.report


def _try_in_parts(run: Run, ledger: Ledger, entries: list[LedgerEntry]) -> None:
    """Each part is taken back at once: nobody at work waits for a whole file. Lines of one person
    stay together, for they may depend on each other.
    """
    run.in_parts = True
    of_person: dict[Hashable, list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        of_person[entry.facts.get(NUMBER) or ledger.key(entry.facts)].append(entry)
    part: list[LedgerEntry] = []
    told, done, size = run.on_progress, 0, PARTS[0]
    # Each part would begin to count anew.
    run.on_progress = lambda _step, _done, _total: None
    for place, lines in enumerate(of_person.values(), 1):
        part += lines
        if len(part) < size and place < len(of_person):
            continue
        begun = time.monotonic()
        with no_notification(), transaction.atomic():
            ledger.service(run, part)
            transaction.set_rollback(True)
        done, size = done + len(part), _next_size(len(part), time.monotonic() - begun)
        told(_("Looking at each line"), done, len(entries))
        part = []
    run.on_progress = told


def _next_size(lines: int, seconds: float) -> int:
    """Lines that take about as long as a part may, going by the last part."""
    fitting = int(lines * PART_SECONDS / max(seconds, 0.001))
    return min(max(fitting, PARTS[0]), 2 * lines + PARTS[0], PARTS[1])


def refuse_reader(ledger: Ledger, by: User, area: Area | None) -> None:
    """Who may not bring in this ledger, or not for this unit."""
    if by.role != Role.BUILT_IN and not by.may(ledger.permission):
        raise Refused(_("Your account may not import this ledger."))
    if area is not None and by.area is not None and not by.area.contains(area):
        raise Refused(_("%(unit)s lies outside your area.") % {"unit": area.name})


def _rows_of(run: Run, ledger: Ledger, table: Table, choices: Choices) -> list[ImportedRow]:
    """Every line with what it says; what hangs on persons and units is looked up at once."""
    waiting = table.lines()
    first = list(islice(waiting, LINES_TRIED))
    if (following := next(waiting, None)) is not None:
        _refuse_another_list(run, ledger, table, first)
        first += [following, *waiting]
    mended = choices.mended
    rows = [
        _row(run, ledger, table, line, mended.get(line.number, {}))
        for line in run.counting(_("Reading"), first)
    ]
    if not rows:
        raise Refused(_("Nothing stands below the line that names the columns."))
    run.report.rows = len(rows)
    _say_what_is_hidden(run, table)
    run.report.ignored, run.absent = table.ignored, table.absent(ledger)
    run.places.settle_county(_texts(table, rows))
    ledger.prepare(run, [row.data for row in rows])
    return rows


def _say_what_is_hidden(run: Run, table: Table) -> None:
    """Whoever opened the file may never have seen it."""
    line = table.header.number
    if table.sheet.hidden:
        run.report.miss("hidden_sheet", _("The sheet is hidden in the file"), line)
    for name, position in table.positions.items():
        if any(first <= position <= last for first, last in table.sheet.hidden_columns):
            words = _("The column %(title)s is hidden in the file") % {"title": table.title(name)}
            run.report.miss(f"hidden_{name}", words, line)


def with_words(ledger: Ledger) -> Ledger:
    """With the words that an administrator added for what stands in its cells."""
    added: dict[str, dict[str, str]] = defaultdict(dict)
    for one in LedgerSynonym.objects.values_of(ledger.code):
        added[one.field][one.word.replace(" ", "")] = one.code
    if not added:
        return ledger
    columns = tuple(
        replace(column, words={**(column.words or {}), **added[column.field]})
        if column.field in added and column.words is not None
        else column
        for column in ledger.columns
    )
    return replace(ledger, columns=columns)


def _row(
    run: Run, ledger: Ledger, table: Table, line: SheetLine, mended: Mapping[str, str]
) -> ImportedRow:
    """Read each known cell; one without a meaning is a fault, or a gap if nothing hangs on it."""
    row = ImportedRow(line.number, {})
    for column in ledger.columns:
        name = column.field
        if (position := table.positions.get(name)) is None:
            continue
        cell = line.cells[position] if position < len(line.cells) else None
        if name in mended:
            row.original[name], cell = shown(cell), mended[name]
        row.cells[name] = shown(cell)
        if isinstance(cell, Unread):
            words = cell.words(cell_name(line.number, position))
            row.faults.append(_fault(table, row, name, words))
        else:
            _read_cell(run, table, row, column, cell)
    for mark in line.marks:
        run.report.miss(f"{mark}_row", str(MARKED[mark]), line.number)
    if any(shown(cell).strip() for cell in line.cells[len(table.header.cells) :]):
        row.faults.append(Fault(line.number, "", "", _("The line has more cells than the header.")))
    return row


def _read_cell(run: Run, table: Table, row: ImportedRow, column: Column, cell: Any) -> None:
    """What it means; a cell that means nothing is a gap where nothing hangs on it."""
    said_often = (column.words is not None or column.read is as_day) and isinstance(cell, str)
    if said_often and (column.field, cell) in run.meanings:
        row.data[column.field] = run.meanings[column.field, cell]
        return
    try:
        row.data[column.field] = column.value(cell)
        if said_often:
            run.meanings[column.field, cell] = row.data[column.field]
    except CellFault as fault:
        if column.required or column.decides:
            row.faults.append(_fault(table, row, column.field, fault.words))
        elif column.words is not None:
            run.report.miss(f"{column.field}_word", fault.words, row.number)
        else:
            words = _("%(column)s cannot be read and stays empty. Line %(row)d: %(reason)s") % {
                "column": table.title(column.field), "row": row.number, "reason": fault.words,
            }  # fmt: skip
            run.report.miss(f"{column.field}_unread", words, row.number)


def _fault(table: Table, row: ImportedRow, name: str, reason: str) -> Fault:
    return Fault(row.number, table.title(name), row.cells.get(name, ""), reason)


def _texts(table: Table, rows: list[ImportedRow]) -> list[str]:
    """Whatever may name the county: the lines above the header, and every cell."""
    titles = [
        shown(cell) for line in table.sheet.lines[: table.header.number - 1] for cell in line.cells
    ]
    return titles + [cell for row in rows for cell in row.cells.values()]


def _sound(
    run: Run, ledger: Ledger, table: Table, rows: Iterable[ImportedRow]
) -> Iterator[LedgerEntry]:
    """The lines that keep every rule; the others are rejected with all their faults."""
    form = ledger.form(run)
    for row in rows:
        form.read(row.data)
        known = {fault.column for fault in row.faults if fault.column}
        for name, errors in form.errors.get_json_data().items():
            title = table.title(name) or _first_synonym(ledger, name)
            if title in known:
                continue
            row.faults += [
                Fault(row.number, title, row.cells.get(name, ""), error["message"])
                for error in errors
            ]
        # Large files are held as a whole: what the cells mean stands in the facts from here on.
        row.data = {NUMBER: row.data[NUMBER]} if NUMBER in row.data else {}
        if row.faults:
            run.report.reject(row.number, row.faults)
        else:
            yield LedgerEntry(row.number, form.cleaned_data, row.cells)


def _refuse_another_list(run: Run, ledger: Ledger, table: Table, lines: list[SheetLine]) -> None:
    """Before a long file is read to its end: whether anything of its first lines fits."""
    trial = Run(by=run.by, area=run.area, file_name=run.file_name, report=Report())
    rows = [_row(trial, ledger, table, line, {}) for line in lines]
    trial.places.settle_county(_texts(table, rows))
    ledger.prepare(trial, [row.data for row in rows])
    enough = -(-len(rows) // FITTING)
    if len(list(islice(_sound(trial, ledger, table, rows), enough))) < enough:
        fault = trial.report.errors[0]
        words = _(
            "Nearly every line is wrong; the first, line %(row)d, %(column)s: %(reason)s "
            "Is this the right list?"
        )
        facts = {"row": fault.row, "column": fault.column, "reason": fault.reason}
        raise Refused(words % facts)


def _first_synonym(ledger: Ledger, name: str) -> str:
    column = ledger.column(name)
    return column.synonyms[0] if column else ""


def _without_repeats(
    run: Run, ledger: Ledger, table: Table, entries: list[LedgerEntry]
) -> list[LedgerEntry]:
    """The first line of each key; equal ones are passed over, contradicting ones rejected."""
    first: dict[Hashable, LedgerEntry] = {}
    of_one: dict[Hashable, LedgerEntry] = {}
    for entry in entries:
        key = ledger.key(entry.facts)
        one = ledger.of_one(entry.facts) if ledger.of_one else None
        if key not in first and ledger.of_one and (known := of_one.get(one)):
            faults = _contradictions(table, known, entry, ledger.may_differ)
            if faults:
                run.report.reject(entry.row, faults)
                continue
        earlier = first.setdefault(key, entry)
        of_one.setdefault(one, entry)
        if earlier is entry:
            continue
        faults = _contradictions(table, earlier, entry)
        if faults:
            run.report.reject(entry.row, faults)
        else:
            run.report.tell(entry.row, DUPLICATES)
    return list(first.values())


def _contradictions(
    table: Table,
    earlier: LedgerEntry,
    later: LedgerEntry,
    leaving_out: frozenset[str] = frozenset(),
) -> list[Fault]:
    return [
        Fault(
            later.row,
            table.title(name),
            later.cells.get(name, ""),
            _("Line %(row)d says “%(one)s” about the same, this line “%(other)s”.")
            % {
                "row": earlier.row,
                "one": earlier.cells.get(name, ""),
                "other": later.cells.get(name, ""),
            },
        )
        for name in table.positions
        if name not in leaving_out and later.facts.get(name) != earlier.facts.get(name)
    ]
