"""Finds the line that names the columns, and which column says what."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.imports.files import LedgerSheet, SheetLine
from apps.imports.models import LedgerSynonym
from apps.ledgers.cells import as_text, column_letters
from apps.ledgers.ledger import Column, Ledger

# Title lines stand above the header; deeper than this nobody looks.
LINES_SEARCHED: Final = 30
# More columns with words are no ledger of this product.
MOST_COLUMNS: Final = 500
TOTALS = re.compile(r"(合计|总计|小计|共计|汇总|累计)[::]?")
FOOTNOTE = re.compile(
    r"(填表|制表|审核|填报|备注|说明|注|单位负责人|联系人|Note)[^:]{0,8}:.*|注\d?[.、].*"
)
REMARK = re.compile(r"\(.*?\)|\[.*?\]|【.*?】")


def normalised(word: Any) -> str:
    """A header without spaces, marks and remarks in brackets, so that spellings meet."""
    text = unicodedata.normalize("NFKC", as_text(word)).lower()
    bare = REMARK.sub("", text) or text
    return re.sub(r"[\s*:：/\\、,._\-()]", "", bare)


@dataclass(frozen=True)
class Choices:
    """What somebody said of a file before it is read: its sheet and the line of its header, for
    words of columns the field that each is (or nothing, where it is left out), cells put right by
    line and field, and what was decided about lines that were held.
    """

    sheet: str = ""
    header: int = 0
    matches: Mapping[str, str] = field(default_factory=dict)
    mended: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    decided: Mapping[int, bool] = field(default_factory=dict)
    # A column that looks like data and is neither read nor left out by somebody ends the import.
    all_columns: bool = False

    def field_of(self, title: Any) -> str | None:
        """The field, nothing for a column that is left out, None where nobody said anything."""
        return self.matches.get(normalised(title))


@dataclass(frozen=True)
class Table:
    """The lines under the header, and for each known column where it stands and its own words.

    `ignored`: titles of the columns that are not read.
    """

    sheet: LedgerSheet
    header: SheetLine
    positions: dict[str, int]
    ignored: list[str]

    def title(self, name: str) -> str:
        """What the file itself calls the column."""
        position = self.positions.get(name)
        return "" if position is None else as_text(self.header.cells[position])

    def absent(self, ledger: Ledger) -> dict[str, str]:
        """Fields that no column of the file was read as, with the usual word for it."""
        columns = (column for column in ledger.columns if column.field not in self.positions)
        return {column.field: _named(column) for column in columns}

    def lines(self) -> Iterator[SheetLine]:
        """Lines that state something: no empty ones, totals or footnotes, and no header or title
        that stands on each printed page.
        """
        above = {_said(self.header)}
        for line in self.sheet.lines:
            said = _said(line)
            if line.number <= self.header.number:
                above.add(said)
            elif said and said not in above and not _is_no_record(list(said)):
                yield line


def _said(line: SheetLine) -> tuple[str, ...]:
    """What the line says, without its empty cells."""
    return tuple(text for cell in line.cells if (text := as_text(cell)))


def _is_no_record(texts: list[str]) -> bool:
    first = unicodedata.normalize("NFKC", texts[0]).replace(" ", "")
    return bool(TOTALS.fullmatch(first)) or (len(texts) <= 2 and bool(FOOTNOTE.fullmatch(first)))


def find_table(sheets: list[LedgerSheet], ledger: Ledger, choices: Choices | None = None) -> Table:
    """The one sheet and line whose words are this ledger's header.

    Raises `Refused` when there is none, when there are several, or when it is ambiguous.
    """
    choices = choices or Choices()
    words = words_of(ledger, choices)
    sheets = [sheet for sheet in sheets if choices.sheet in ("", sheet.name)]
    headers = [(sheet, line) for sheet in sheets if (line := header_of(sheet, ledger, choices))]
    # What somebody hid is read where nothing else is the ledger, and not beside it.
    headers = [pair for pair in headers if not pair[0].hidden] or headers
    if not headers:
        raise Refused(_no_header(sheets, ledger, words))
    if len(headers) > 1:
        names = "、".join(sheet.name for sheet, _line in headers)
        raise Refused(
            _("Several sheets look like this ledger: %(names)s. Keep one in a file.")
            % {"names": names}
        )
    sheet, line = headers[0]
    line = padded(sheet, line)
    _refuse_merged(sheet, line)
    return _table(sheet, line, words)


def padded(sheet: LedgerSheet, header: SheetLine) -> SheetLine:
    """As wide as the sheet where each cell has its place: a column without words is one."""
    width = max((len(line.cells) for line in sheet.lines), default=0) if sheet.placed else 0
    missing = width - len(header.cells)
    return replace(header, cells=[*header.cells, *[None] * missing]) if missing > 0 else header


def header_of(sheet: LedgerSheet, ledger: Ledger, choices: Choices) -> SheetLine | None:
    """The line that names all columns which the ledger needs; of the chosen line or of any."""
    words = words_of(ledger, choices)
    if not choices.header:
        return _header_line(sheet, ledger, words)
    before = SheetLine(0, [])
    for line in sheet.lines[: LINES_SEARCHED + 1]:
        if line.number == choices.header:
            joined = _joined(before, line)
            more = len(set(matched_in(joined, words))) > len(set(matched_in(line, words)))
            found = joined if more else line
            required = {column.field for column in ledger.required_columns()}
            return found if required <= set(matched_in(found, words)) else None
        before = line
    return None


def words_of(ledger: Ledger, choices: Choices) -> dict[str, str]:
    """The words that the product and the office know; what somebody said of this file comes
    first, also that a word means nothing here.
    """
    known = _synonyms(ledger)
    for word, name in choices.matches.items():
        known.pop(word, None)
        if name:
            known[word] = name
    return known


def _synonyms(ledger: Ledger) -> dict[str, str]:
    """Normalised words of a header and the field each of them stands for."""
    known = {
        normalised(word): column.field for column in ledger.columns for word in column.synonyms
    }
    fields = {column.field for column in ledger.columns}
    added = LedgerSynonym.objects.headers().filter(ledger=ledger.code, field__in=fields)
    return known | {normalised(word): name for word, name in added.values_list("word", "field")}


def matched_in(line: SheetLine, synonyms: dict[str, str]) -> list[str]:
    return [synonyms[word] for cell in line.cells if (word := normalised(cell)) in synonyms]


def _header_line(sheet: LedgerSheet, ledger: Ledger, synonyms: dict[str, str]) -> SheetLine | None:
    """The line, or two of them as one where a group of columns has its words above theirs."""
    required = {column.field for column in ledger.required_columns()}
    lines = sheet.lines[:LINES_SEARCHED]
    for line, below in zip(lines, [*lines[1:], SheetLine(0, [])], strict=False):
        joined = _joined(line, below)
        alone, both = set(matched_in(line, synonyms)), set(matched_in(joined, synonyms))
        if required <= both and len(both) > len(alone) and not _states(below, line, synonyms):
            return joined
        if required <= alone:
            return line
    return None


def _joined(upper: SheetLine, lower: SheetLine) -> SheetLine:
    cells = zip_longest(upper.cells, lower.cells, fillvalue="")
    return SheetLine(lower.number, [below if as_text(below) else above for above, below in cells])


def _states(lower: SheetLine, upper: SheetLine, synonyms: dict[str, str]) -> bool:
    """Whether the lower line puts a value, and no word of a header, under a known word."""
    return any(
        as_text(below) and normalised(above) in synonyms and normalised(below) not in synonyms
        for above, below in zip(upper.cells, lower.cells, strict=False)
    )


def _no_header(sheets: list[LedgerSheet], ledger: Ledger, synonyms: dict[str, str]) -> str:
    lines = [line for sheet in sheets for line in sheet.lines[:LINES_SEARCHED]]
    best = max((set(matched_in(line, synonyms)) for line in lines), key=len, default=set())
    missing = [column for column in ledger.required_columns() if column.field not in best]
    return _("No line names the columns this ledger needs; not found: %(columns)s.") % {
        "columns": "、".join(_named(column) for column in missing)
    }


def _named(column: Column) -> str:
    return column.synonyms[0]


def _table(sheet: LedgerSheet, header: SheetLine, synonyms: dict[str, str]) -> Table:
    refuse_wide(header)
    positions: dict[str, int] = {}
    ignored: list[str] = []
    for position, cell in enumerate(header.cells):
        name = synonyms.get(normalised(cell))
        if name is None:
            ignored += [as_text(cell)] if as_text(cell) else []
        elif name in positions:
            raise Refused(
                _("Two columns say the same: %(one)s and %(other)s. Keep one.")
                % {"one": as_text(header.cells[positions[name]]), "other": as_text(cell)}
            )
        else:
            positions[name] = position
    return Table(sheet, header, positions, [*ignored, *_without_words(sheet, header)])


def refuse_wide(header: SheetLine) -> None:
    """Nobody looks at thousands of columns one by one."""
    titled = sum(bool(as_text(cell)) for cell in header.cells)
    if titled > MOST_COLUMNS:
        raise Refused(
            _(
                "The header names %(count)d columns; a ledger has %(most)d at most. "
                "Delete the others."
            )
            % {"count": titled, "most": MOST_COLUMNS}
        )


def _without_words(sheet: LedgerSheet, header: SheetLine) -> list[str]:
    """Columns in which something stands and that nobody named, by their letters."""
    titled = {at for at, cell in enumerate(header.cells) if as_text(cell)}
    filled: set[int] = set()
    for line in sheet.lines:
        if line.number > header.number:
            filled.update(at for at, cell in enumerate(line.cells) if cell not in ("", None))
    # Beyond the header a line has more cells than it may have, and is rejected.
    beyond = (at for at in sorted(filled - titled) if at < len(header.cells))
    return [_("column %(letters)s") % {"letters": column_letters(at)} for at in beyond]


def _refuse_merged(sheet: LedgerSheet, header: SheetLine) -> None:
    """Cells merged over several lines leave open which line a value belongs to."""
    for (top, _left), (bottom, _right) in sheet.merged:
        if bottom >= header.number and bottom > top:
            raise Refused(
                _(
                    "Cells are merged over lines %(first)d to %(last)d. Undo the merge: it is not "
                    "clear which line the value belongs to."
                )
                % {"first": top + 1, "last": bottom + 1}
            )
