"""The work of an import, by a process of its own: read, dry run, apply.

What is asked for stands in `ImportWork`; how far it is, is told on a connection of its own, so that
a page sees it while the transaction of the work is open. A process that is killed leaves nothing
behind, and the work is begun anew by the next.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any, Final, cast
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _, override

from apps.accounts.models import User
from apps.audit.acting import acting, of_import
from apps.core.keys_at_once import look_up_at_once
from apps.core.refusals import Refused
from apps.imports.codes import Asked, Decision, ImportState
from apps.imports.files import read_sheets
from apps.imports.headers import Choices
from apps.imports.matching import layout_of
from apps.imports.models import ImportLine, ImportWork, LedgerImport
from apps.imports.models.ledger_import import COUNTS
from apps.imports.services.reading import ImportedRow, bring_in, with_words
from apps.ledgers.ledger import Run
from apps.ledgers.report import Report

BATCH: Final = 1000
# How often a process may break off before somebody has to look.
TRIES: Final = 3
# Seconds between two words of how far it is.
TOLD_EVERY: Final = 0.3


class BrokenOff(Exception):
    """Somebody broke the work off."""


def work_on(ledger_import: LedgerImport) -> None:
    """Do what is asked for; whatever comes of it stands in the row afterwards."""
    work = ImportWork.objects.select_related("asked_by__area").get(ledger_import=ledger_import)
    if not work.asked:
        return
    if work.begun >= TRIES:
        with override(work.language or None):
            words = _("The work broke off three times. Please report it.")
        _refuse(ledger_import, work.asked_by, words)
        return
    ImportWork.objects.filter(pk=work.pk).update(begun=work.begun + 1)
    try:
        with override(work.language or None), _progress(ledger_import) as tell:
            _STEPS[Asked(work.asked)](ledger_import, work.asked_by, tell)
    except BrokenOff:
        with override(work.language or None):
            _refuse(ledger_import, work.asked_by, _("It was broken off; nothing of it was kept."))
    except Refused as refusal:
        with override(work.language or None):
            words = str(refusal.words)
        _refuse(ledger_import, work.asked_by, words)


Tell = Callable[[str, int, int], None]


@contextmanager
def _progress(ledger_import: LedgerImport) -> Iterator[Tell]:
    """Says how far it is, and hears whether it is to end, beside the transaction of the work."""
    beside = connection.copy()
    last = 0.0

    def tell(step: str, done: int, total: int) -> None:
        nonlocal last
        if done < total and time.monotonic() - last < TOLD_EVERY:
            return
        last = time.monotonic()
        with beside.cursor() as cursor:
            cursor.execute(
                "UPDATE imports_importwork SET step = %s, done = %s, total = %s"
                " WHERE ledger_import_id = %s RETURNING cancelled",
                [step[:60], done, total, ledger_import.pk],
            )
            found = cursor.fetchone()
        if found and found[0]:
            raise BrokenOff

    try:
        yield tell
    finally:
        beside.close()


def _read(one: LedgerImport, by: User, tell: Tell) -> None:
    """Find sheet, header and columns. Where somebody has to look at them it waits; else the dry run
    follows at once.
    """
    tell(_("Opening the file"), 0, 1)
    ledger = with_words(one.declared)
    choices = Choices(sheet=one.sheet, header=one.header, matches=one.matches)
    layout = layout_of(read_sheets(one.file.content, one.file_name), ledger, choices)
    one.file.columns = layout.as_json()
    one.file.save(update_fields=["columns_sealed"])
    one.sheet, one.header = layout.sheet, layout.header
    if layout.waits:
        one.state, one.confirmed = ImportState.TO_MATCH, False
        with acting(by):
            one.save()
        _end(one)
        return
    _try(one, by, tell)


def _try(one: LedgerImport, by: User, tell: Tell) -> None:
    """A dry run: every line is looked at and stored with what came of it, and nothing else is."""
    report, lines = _run(one, by, tell, dry_run=True)
    with transaction.atomic(), acting(by):
        store_lines(one, lines)
        take_counts(one, report)
        one.state, one.tried_at, one.refused_words = ImportState.TRIED, timezone.now(), ""
        one.save()
        _end(one)


def _apply(one: LedgerImport, by: User, tell: Tell) -> None:
    """In one transaction: all that is right goes in and the import says so, or nothing does. That
    the work is done is part of it: a process that dies after it does nothing a second time.
    """
    with transaction.atomic():
        look_up_at_once("schedule_dueitem", "checkins_checkin")
        report, lines = _run(one, by, tell, dry_run=False)
        store_lines(one, lines)
        take_counts(one, report)
        one.state, one.applied_at, one.applied_by = ImportState.APPLIED, timezone.now(), by
        one.refused_words = ""
        with acting(by):
            one.save()
        _end(one)


def _run(
    one: LedgerImport, by: User, tell: Tell, *, dry_run: bool
) -> tuple[Report, Iterable[ImportLine]]:
    """What came of the file, and of each of its lines: written one by one as they are stored, for
    a large file is held once, and not twice.
    """
    found: list[Iterator[ImportLine]] = []

    def keep(run: Run, rows: list[ImportedRow]) -> None:
        found.append(lines_of(one, run, rows))

    lines = list(ImportLine.objects.filter(ledger_import=one).exclude(mended=b"", decision=""))
    choices = Choices(
        sheet=one.sheet, header=one.header, matches=one.matches,
        mended={line.number: line.mended_cells for line in lines},
        decided={li.number: li.decision == Decision.TAKE for li in lines if li.decision},
    )  # fmt: skip
    with of_import(one.public_id):
        report = bring_in(
            ledger=one.declared, content=one.file.content, file_name=one.file_name, by=by,
            area=one.area, choices=choices, on_progress=tell, on_lines=keep, dry_run=dry_run,
        )  # fmt: skip
    return report, chain.from_iterable(found)


def lines_of(one: LedgerImport, run: Run, rows: list[ImportedRow]) -> Iterator[ImportLine]:
    """Each line with what came of it; what somebody mended and decided stays."""
    report, about = run.report, _addresses(run)
    faults, conflicts, changes = (_by_row(x) for x in
                                  (report.errors, report.conflicts, report.changes))  # fmt: skip
    for row in rows:
        line = ImportLine(
            ledger_import=one, number=row.number, state=report.lines[row.number],
            about=about.get(row.data.get("document_number", "")),
        )  # fmt: skip
        line.content = json.dumps({
            "cells": row.cells, "original": row.original, "faults": faults.get(row.number, []),
            "conflicts": conflicts.get(row.number, []), "changes": changes.get(row.number, []),
        }, ensure_ascii=False)  # fmt: skip
        yield line


def _addresses(run: Run) -> Mapping[str, UUID]:
    """Of the persons whom the numbers of the file name."""
    if (about := getattr(run.known, "about", None)) is not None:
        return cast("Mapping[str, UUID]", about)
    known = getattr(run.known, "by_number", {})
    return {number: person.public_id for number, person in known.items()}


def _by_row(told: list[Any]) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    for one in told:
        facts = {name: str(value) for name, value in vars(one).items() if name != "row"}
        found.setdefault(one.row, []).append(facts)
    return found


def store_lines(one: LedgerImport, lines: Iterable[ImportLine]) -> None:
    before = ImportLine.objects.filter(ledger_import=one)
    kept = {line.number: line for line in before.exclude(mended=b"", decision="")}
    before.delete()
    waiting = iter(lines)
    while part := list(islice(waiting, BATCH)):
        for line in part:
            if (known := kept.get(line.number)) is not None:
                line.mend(known.mended_cells)
                line.decision = known.decision
        ImportLine.objects.bulk_create(part)


def take_counts(one: LedgerImport, report: Report) -> None:
    for name in COUNTS:
        setattr(one, name, getattr(report, name))
    one.about = one.about | {
        "gaps": [{"words": gap.words, "count": gap.count} for gap in report.gaps],
        "ignored": report.ignored,
    }


def _refuse(one: LedgerImport, by: User, words: str) -> None:
    """The words of the refusal; what was found out before stays as it was."""
    one.refresh_from_db()
    one.refused_words = words
    if one.state in (ImportState.UPLOADED, ImportState.TO_MATCH):
        one.state = ImportState.REFUSED
    with acting(by):
        one.save()
    _end(one)


def _end(one: LedgerImport) -> None:
    ImportWork.objects.filter(ledger_import=one).update(asked=Asked.NOTHING, cancelled=False)


_STEPS: Final[dict[Asked, Callable[[LedgerImport, User, Tell], None]]] = {
    Asked.READ: _read, Asked.TRY: _try, Asked.APPLY: _apply,
}  # fmt: skip
