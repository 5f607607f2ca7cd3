"""A file that a command brings in stands on record like one that came by the page."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.acting import acting, of_import
from apps.core.fields import uuid7
from apps.core.typed import clean_text
from apps.imports.codes import ImportState
from apps.imports.files import read_file
from apps.imports.headers import Choices
from apps.imports.models import ImportFile, ImportWork, LedgerImport
from apps.imports.numbers import sha256_of
from apps.imports.services.reading import ImportedRow, bring_in
from apps.imports.services.working import lines_of, store_lines, take_counts
from apps.ledgers.ledger import Ledger, Run
from apps.ledgers.report import Report


@transaction.atomic
def bring_in_on_record(
    *, ledger: Ledger, path: Path, by: User, area: Area | None, choices: Choices, **options: Any
) -> Report:
    """Everything of the file and its record, or nothing. It can be taken back from its page.

    Without a unit it is that of the file's county; a file that names none is not on record.
    """
    content, name = read_file(path), clean_text(path.name)[:200]
    one = LedgerImport(
        public_id=uuid7(), ledger=ledger.code, file_name=name, file_bytes=len(content),
        sha256=sha256_of(content), recorded_by=by, matches=dict(choices.matches), confirmed=True,
        state=ImportState.APPLIED, applied_by=by, tried_at=timezone.now(),
        applied_at=timezone.now(),
    )  # fmt: skip
    told: list[tuple[Run, list[ImportedRow]]] = []
    with of_import(one.public_id):
        report = bring_in(
            ledger=ledger, content=content, file_name=name, by=by, area=area, choices=choices,
            on_lines=lambda run, rows: told.append((run, rows)), **options,
        )  # fmt: skip
    run, rows = told[0]
    unit = area or by.area or run.places.county
    if unit is not None:
        one.area = unit
        take_counts(one, report)
        with acting(by):
            one.save(force_insert=True)
            ImportFile.of(one, content).save(force_insert=True)
            ImportWork.objects.create(ledger_import=one, asked_by=by)
            store_lines(one, lines_of(one, run, rows))
    return report
