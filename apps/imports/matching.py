"""Which column of a file says what: what is read, what is not, and what that may be.

No column is dropped in silence. One that is not read and looks like data (days, numbers) is read
as something or left out by somebody, by name; any other that is not read is named.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.imports.files import LedgerSheet, SheetLine
from apps.imports.headers import (
    LINES_SEARCHED,
    Choices,
    Table,
    header_of,
    matched_in,
    normalised,
    padded,
    refuse_wide,
    words_of,
)
from apps.ledgers.cells import CellFault, Unread, as_day, as_number, as_text, says_nothing, shown
from apps.ledgers.ledger import Column, Ledger

SAMPLES: Final = 3
# So many lines are looked at, and so much of what stands in them has to look alike.
LOOKED_AT: Final = 200
ALIKE: Final = 0.8
# Headers that share so much are proposed for each other.
LIKE_A_WORD: Final = 0.5
KNOWN_VALUES: Final = 0.5
# Numbers of the lines themselves say nothing of anybody.
SERIALS: Final = frozenset({"序号", "顺序号", "行号", "序列号", "导入行号", "no", "#"})
# The same, or a number of something: of the lines only where it goes up with them.
PERHAPS_SERIALS: Final = frozenset({"编号", "序列", "num", "id"})
DAY, NUMBER, SERIAL, TEXT, EMPTY = "day", "number", "serial", "text", "empty"
DATA: Final = frozenset({DAY, NUMBER})


@dataclass(frozen=True)
class SeenColumn:
    """A column of the file: its words, what it was read as, what it looks like and may be."""

    position: int
    title: str
    word: str
    read_as: str
    looks: str
    samples: list[str] = field(default_factory=list)
    proposed: str = ""
    left_out: bool = False

    @property
    def waits(self) -> bool:
        """Somebody has to say what it is, or that it is left out."""
        return not self.read_as and not self.left_out and self.looks in DATA


@dataclass(frozen=True)
class Layout:
    """A sheet as it was understood. `missing`: fields that the ledger needs and nobody named."""

    sheet: str
    header: int
    columns: list[SeenColumn]
    missing: list[str]
    sheets: list[str] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Whether somebody has to look before it goes on."""
        return bool(self.missing) or any(column.waits for column in self.columns)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Layout":
        columns = [SeenColumn(**column) for column in told["columns"]]
        return cls(told["sheet"], told["header"], columns, told["missing"], told["sheets"])


def layout_of(sheets: Sequence[LedgerSheet], ledger: Ledger, choices: Choices) -> Layout:
    """The sheet that is most likely the ledger, and its columns. Raises `Refused` for an empty
    file.
    """
    named = [sheet for sheet in sheets if any(any(map(as_text, li.cells)) for li in sheet.lines)]
    if not named:
        raise Refused(_("Nothing stands in the file."))
    sheet, header = _best(named, ledger, choices)
    header = padded(sheet, header)
    refuse_wide(header)
    words = words_of(ledger, choices)
    below = [line for line in sheet.lines if line.number > header.number][:LOOKED_AT]
    columns = [
        _column(position, title, below, words, choices)
        for position, title in enumerate(header.cells)
        if as_text(title) or any(_cell(line, position) for line in below)
    ]
    read = {column.read_as for column in columns}
    columns = _with_proposals(columns, ledger, read, below)
    missing = [column.field for column in ledger.required_columns() if column.field not in read]
    return Layout(sheet.name, header.number, columns, missing, [one.name for one in named])


def refuse_unread(table: Table, ledger: Ledger, choices: Choices) -> None:
    """Raises `Refused` with the columns that look like data and that nobody reads or leaves out."""
    layout = layout_of([table.sheet], ledger, choices)
    waiting = [column for column in layout.columns if column.waits]
    if not waiting:
        return
    names = "、".join(
        f"{one.title or '—'} ({'、'.join(one.samples)})" if one.samples else one.title
        for one in waiting
    )
    raise Refused(
        _("These columns look like data, and their words are not known: %(columns)s. Say what each "
          "is, or that it is left out.") % {"columns": names}
    )  # fmt: skip


def matches_said(ledger: Ledger, ignored: Sequence[str], matched: Sequence[str]) -> dict[str, str]:
    """What a command line says of columns: by word the field, or nothing for one that is left out.

    Raises `Refused` for a standard heading that the ledger does not know.
    """
    known = {
        normalised(word): column.field
        for column in ledger.columns
        for word in (column.field, *column.synonyms)
    }
    said = {normalised(word): "" for word in ignored}
    for one in matched:
        word, _sign, heading = one.partition("=")
        if (name := known.get(normalised(heading))) is None:
            headings = "、".join(column.synonyms[0] for column in ledger.columns)
            raise Refused(
                _("“%(word)s” is none of this ledger's headings: %(headings)s.")
                % {"word": heading, "headings": headings}
            )
        said[normalised(word)] = name
    return said


def _best(
    sheets: Sequence[LedgerSheet], ledger: Ledger, choices: Choices
) -> tuple[LedgerSheet, SheetLine]:
    chosen = [sheet for sheet in sheets if choices.sheet in ("", sheet.name)] or list(sheets)
    chosen.sort(key=lambda sheet: sheet.hidden)
    for sheet in chosen:
        if (line := header_of(sheet, ledger, choices)) is not None:
            return sheet, line
    words = words_of(ledger, choices)
    lines = [
        (sheet, line)
        for sheet in chosen
        for line in sheet.lines[:LINES_SEARCHED]
        if any(map(as_text, line.cells)) and choices.header in (0, line.number)
    ]
    if not lines:
        raise Refused(_("Nothing stands in the line of the header that was chosen."))
    # The most known words; then the most words: a title has one.
    return max(lines, key=lambda pair: (_known(pair[1], words), _filled(pair[1])))


def _known(line: SheetLine, words: dict[str, str]) -> int:
    return len(set(matched_in(line, words)))


def _filled(line: SheetLine) -> int:
    return sum(bool(as_text(cell)) for cell in line.cells)


def _cell(line: SheetLine, position: int) -> Any:
    cell = line.cells[position] if position < len(line.cells) else None
    return None if cell is None or not as_text(cell) or says_nothing(as_text(cell)) else cell


def _column(
    position: int, title: Any, below: list[SheetLine], words: dict[str, str], choices: Choices
) -> SeenColumn:
    cells = [cell for line in below if (cell := _cell(line, position)) is not None]
    word = normalised(title)
    samples = list(dict.fromkeys(shown(cell) for cell in cells))[:SAMPLES]
    return SeenColumn(
        position, as_text(title), word, words.get(word, ""), looks_like(word, cells), samples,
        left_out=choices.field_of(title) == "",
    )  # fmt: skip


def looks_like(word: str, cells: Sequence[Any]) -> str:
    """What most cells are: days, numbers, the numbers of the lines, or words."""
    if not cells:
        return EMPTY
    if word in SERIALS | PERHAPS_SERIALS and _number_lines(cells, rising=word not in SERIALS):
        return SERIAL
    enough = ALIKE * len(cells)
    if sum(map(_is_day, cells)) >= enough:
        return DAY
    return NUMBER if sum(map(_is_number, cells)) >= enough else TEXT


def _number_lines(cells: Sequence[Any], *, rising: bool) -> bool:
    """Short whole numbers; rising, but for a line that somebody copied."""
    texts = [as_text(cell) for cell in cells]
    numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 8]
    up = sum(later > earlier for earlier, later in pairwise(numbers))
    short = len(numbers) >= ALIKE * len(texts)
    return short and (not rising or up >= ALIKE * (len(numbers) - 1) - 1)


def _is_day(cell: Any) -> bool:
    if isinstance(cell, int | float | Unread):
        return False
    try:
        return as_day(cell) is not None
    except CellFault:
        return False


def _is_number(cell: Any) -> bool:
    if isinstance(cell, bool | Unread):
        return False
    if isinstance(cell, int | float):
        return True
    try:
        text = as_number(cell).replace(",", "").replace(".", "", 1)
    except CellFault:
        return True
    return text.removesuffix("X").isdecimal()


def _with_proposals(
    columns: list[SeenColumn], ledger: Ledger, read: set[str], below: list[SheetLine]
) -> list[SeenColumn]:
    """For each column that is not read the field that it may be, each field once."""
    still = [column for column in ledger.columns if column.field not in read]
    found = []
    for column in columns:
        proposed = (
            "" if column.read_as or column.looks == SERIAL else _proposal(column, still, below)
        )
        still = [one for one in still if one.field != proposed]
        facts = asdict(column) | {"proposed": proposed}
        found.append(SeenColumn(**facts))
    return found


def _proposal(column: SeenColumn, still: list[Column], below: list[SheetLine]) -> str:
    """The field whose words are most like the column's, of those that can read its cells. That the
    cells are words of a table which the field knows says more than a likeness of headers.
    """
    cells = [cell for line in below if (cell := _cell(line, column.position)) is not None]
    scored = [
        (_likeness(column.word, one) + KNOWN_VALUES * bool(cells and one.words), one)
        for one in still
        if _reads(one, cells)
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best.field if best is not None and score >= LIKE_A_WORD else ""


def _likeness(word: str, column: Column) -> float:
    return max(SequenceMatcher(None, word, normalised(known)).ratio() for known in column.synonyms)


def _reads(column: Column, cells: Sequence[Any]) -> bool:
    """Whether nearly all cells mean something in the column."""
    fit = 0
    for cell in cells:
        try:
            fit += not isinstance(cell, Unread) and column.value(cell) not in ("", None)
        except CellFault:
            continue
    return fit >= ALIKE * len(cells)
