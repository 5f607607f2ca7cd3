"""Areas of a list: new ones are opened; of one that stands a name is changed by decision alone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _, gettext_lazy

from apps.areas.loading import AreaRow, bare_code, parent_code, store_areas
from apps.areas.models import CODE_LENGTHS, Area
from apps.areas.services import change_area
from apps.audit.acting import acting
from apps.imports.bringing.deciding import hold
from apps.ledgers.ledger import LedgerEntry, Run
from apps.ledgers.report import CHANGED, HELD, NEW, UNCHANGED
from apps.persons.services.files import differences

OTHER_NAME: Final = gettext_lazy(
    "The unit stands here under another name. Take the one of the file where it was renamed; the "
    "name that stood here stays among the former ones."
)
LONGEST_NAME: Final = 80


@dataclass
class KnownAreas:
    """Units of the file's codes and those above them, and the codes that the file opens."""

    by_code: dict[str, Area]
    sound: set[str]

    def nearest(self, code: str) -> Area | None:
        """The unit of the code, or the next above it that stands here."""
        return next((self.by_code[one] for one in _upward(code) if one in self.by_code), None)


def _upward(code: str) -> Iterator[str]:
    """The code, and those of the units above it."""
    while code:
        yield code
        code = parent_code(code)


def find_areas(run: Run, rows: Iterable[dict[str, Any]]) -> None:
    """Units of the codes and above, in one query; which codes of the file could be opened."""
    rows = list(rows)
    said = {bare_code(row.get("area_code", ""), row.get("level")) for row in rows}
    codes = {code for code in said if len(code) in CODE_LENGTHS}
    all_codes = {one for code in codes for one in _upward(code)}
    stored = Area.objects.filter(code__in=all_codes).select_related("merged_into", "parent")
    sound = {bare_code(row["area_code"], row.get("level")) for row in rows if _is_sound(row)}
    run.known = KnownAreas({area.code: area for area in stored}, sound)


def _is_sound(row: dict[str, Any]) -> bool:
    """Whether the form will take it, as far as others below it depend on that."""
    code = bare_code(row.get("area_code", ""), row.get("level"))
    if len(code) not in CODE_LENGTHS or not 0 < len(row.get("name", "")) <= LONGEST_NAME:
        return False
    fits = row.get("level") in ("", None, CODE_LENGTHS[len(code)])
    return fits and says_above(code, row.get("parent_code", ""))


def says_above(code: str, said: str) -> bool:
    """Whether this is the code of the unit above, filled up or not; nothing said is right."""
    above = parent_code(code)
    return said in ("", above) or bare_code(said, CODE_LENGTHS.get(len(above))) == above


def bring_in_areas(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """The new ones level by level; each that stands is compared."""
    step = _("Bringing in")
    run.on_progress(step, 0, len(entries))
    new = [entry for entry in entries if entry.facts["area_code"] not in run.known.by_code]
    with acting(run.by, run.file_name):
        opened = _opened(run, new)
        for entry in entries:
            code = entry.facts["area_code"]
            if (stored := run.known.by_code.get(code)) is not None:
                run.report.tell(entry.row, _compare(run, entry, stored))
            elif code in opened:
                run.report.tell(entry.row, NEW)
            else:
                run.report.reject_line(entry.row, _("The unit above it was not taken."))
    run.on_progress(step, len(entries), len(entries))


def _opened(run: Run, entries: Sequence[LedgerEntry]) -> set[str]:
    """Those whose unit above stands or is opened with them; in a dry run it may be in another part
    of the file.
    """
    known, rows = run.known, []
    there, told = set(known.by_code), set()
    for entry in sorted(entries, key=lambda entry: len(entry.facts["area_code"])):
        code = entry.facts["area_code"]
        above = parent_code(code)
        if not above or above in there:
            there.add(code)
            rows.append(AreaRow(code, entry.facts["name"], CODE_LENGTHS[len(code)]))
        elif run.in_parts and above in known.sound:
            told.add(code)
    store_areas(rows)
    return told | {row.code for row in rows}


def _compare(run: Run, entry: LedgerEntry, stored: Area) -> str:
    """A unit that is no more stays so, whatever the list calls it."""
    said = {"name": entry.facts["name"]}
    if stored.name == said["name"]:
        return UNCHANGED
    if not stored.active:
        run.report.miss("retired", _("The unit is no more, and stays as it was"), entry.row)
        return UNCHANGED
    decided = run.decided.get(entry.row)
    if decided is None:
        hold(run, entry, differences(stored, said), OTHER_NAME)
        return HELD
    if not decided:
        return UNCHANGED
    run.report.note_changes(entry.row, differences(stored, said))
    change_area(area=stored, by=run.by, **said)
    return CHANGED
