"""What somebody does with an import on its page; the process does the work."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from apps.accounts.models import User
from apps.areas.models import Area
from apps.audit.acting import acting
from apps.core.once import once
from apps.core.refusals import Refused
from apps.core.typed import clean_text
from apps.imports.codes import Asked, Decision, ImportState, LineState
from apps.imports.headers import normalised
from apps.imports.models import ImportFile, ImportLine, ImportWork, LedgerImport
from apps.imports.services.reading import refuse_reader
from apps.ledgers.ledger import ledgers

# So much of a cell is taken from a page.
LONGEST_CELL: Final = 500


@transaction.atomic
@once(LedgerImport, target="area", page="imports:import", leave_out=("content",))
def receive_file(
    *, area: Area, by: User, client_uuid: UUID, ledger: str, file_name: str, content: bytes,
    sha256: str,
) -> LedgerImport:  # fmt: skip
    """Keep the file, sealed, and ask for it to be read. What the office confirmed of this ledger's
    columns before is taken as said. `sha256`: of the content, by which a page that is sent twice is
    known.
    """
    refuse_reader(ledgers()[ledger], by, area)
    if not content.strip():
        raise Refused(_("The file is empty."), field="file")
    row = LedgerImport(
        client_uuid=client_uuid, ledger=ledger, area=area, recorded_by=by,
        file_name=clean_text(file_name)[:200], file_bytes=len(content),
        sha256=sha256, matches=_said_before(area, ledger),
    )  # fmt: skip
    with acting(by):
        row.save(force_insert=True)
        ImportFile.of(row, content).save(force_insert=True)
        ImportWork.objects.create(ledger_import=row, asked=Asked.READ, asked_by=by)
    return row


def _said_before(area: Area, ledger: str) -> dict[str, str]:
    rows = LedgerImport.objects.filter(area=area, ledger=ledger, confirmed=True)
    last = rows.exclude(state=ImportState.REFUSED).order_by("-recorded_at", "-pk").first()
    return dict(last.matches) if last else {}


@transaction.atomic
def match_columns(
    *, ledger_import: LedgerImport, by: User, matches: Mapping[str, str], sheet: str, header: int
) -> LedgerImport:
    """What each column is: by its words the field, or nothing where it is left out. Another sheet
    or line is read anew first.
    """
    locked = lock_import(ledger_import)
    _refuse_unless(locked, ImportState.TO_MATCH, ImportState.TRIED)
    known = {column.field for column in locked.declared.columns}
    if wrong := set(matches.values()) - known - {""}:
        raise Refused(_("This ledger has no column %(name)s.") % {"name": sorted(wrong)[0]})
    named = [name for name in matches.values() if name]
    if len(set(named)) < len(named):
        raise Refused(_("Two columns cannot be the same fact: choose one of them."))
    anew = (sheet, header) != (locked.sheet, locked.header)
    locked.matches = locked.matches | {normalised(word): name for word, name in matches.items()}
    locked.sheet, locked.header, locked.confirmed = sheet, header, not anew
    _ask(locked, Asked.READ, by)
    return locked


@transaction.atomic
def mend_lines(
    *, ledger_import: LedgerImport, by: User, cells: Mapping[int, Mapping[str, str]],
    decisions: Mapping[int, str],
) -> LedgerImport:  # fmt: skip
    """Put cells right, and decide about lines that were held; the run is made anew."""
    locked = lock_import(ledger_import)
    _refuse_unless(locked, ImportState.TRIED)
    lines = ImportLine.objects.filter(
        ledger_import=locked, number__in={*cells, *decisions},
        state__in=(LineState.WRONG, LineState.HELD),
    )  # fmt: skip
    changed = [line for line in lines if _mend(line, cells, decisions)]
    if not changed:
        raise Refused(_("Nothing was changed."))
    for line in changed:
        line.save(update_fields=["mended", "decision"])
    _ask(locked, Asked.TRY, by)
    return locked


def _mend(
    line: ImportLine, cells: Mapping[int, Mapping[str, str]], decisions: Mapping[int, str]
) -> bool:
    told = line.told["cells"]
    mended = line.mended_cells
    new = mended | {
        name: clean_text(text)[:LONGEST_CELL]
        for name, text in cells.get(line.number, {}).items()
        if name in told and text != mended.get(name, told[name])
    }
    decision = decisions.get(line.number, line.decision)
    if decision not in ("", *Decision.values):
        raise Refused(_("Choose one of the two for line %(row)d.") % {"row": line.number})
    is_other = new != mended or decision != line.decision
    line.mend(new)
    line.decision = decision
    return is_other


@transaction.atomic
def ask_to_apply(*, ledger_import: LedgerImport, by: User) -> LedgerImport:
    """Everything that is right goes in, in one piece; what is wrong or undecided stays out."""
    locked = lock_import(ledger_import)
    _refuse_unless(locked, ImportState.TRIED)
    if not locked.goes_in:
        raise Refused(_("Nothing of this file is new or different: there is nothing to write."))
    _ask(locked, Asked.APPLY, by)
    return locked


@transaction.atomic
def cancel_work(*, ledger_import: LedgerImport, by: User) -> LedgerImport:
    """What runs is broken off where it is, and nothing of it stays."""
    locked = lock_import(ledger_import)
    work = ImportWork.objects.select_for_update().get(ledger_import=locked)
    if not work.asked:
        raise Refused(_("Nothing is under way any more: it had ended before."))
    work.cancelled = True
    with acting(by):
        work.save(update_fields=["cancelled"])
    return locked


def lock_import(ledger_import: LedgerImport) -> LedgerImport:
    """The row as it is now, while nobody else moves it."""
    rows = LedgerImport.objects.select_for_update(of=("self",)).select_related("area")
    locked: LedgerImport = rows.get(pk=ledger_import.pk)
    return locked


def _refuse_unless(locked: LedgerImport, *states: ImportState) -> None:
    if locked.work.asked:
        raise Refused(_("The file is being worked on. Wait until that has ended, or break it off."))
    if locked.state not in states:
        raise Refused(_("This is no longer possible: the import went on meanwhile."))
    if not locked.is_kept or not ImportFile.objects.filter(ledger_import=locked).exists():
        raise Refused(_("The file is kept for thirty days, and these are over: upload it again."))


def _ask(locked: LedgerImport, what: Asked, by: User) -> None:
    with acting(by):
        locked.save()
        ImportWork.objects.filter(ledger_import=locked).update(
            asked=what, asked_at=timezone.now(), asked_by=by, begun=0, cancelled=False, step="",
            done=0, total=0, language=get_language() or "",
        )  # fmt: skip
