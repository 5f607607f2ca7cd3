"""Tables of web pages, web archives and XML of 2003, which offices save as .xls.

A part of `opening`: it knows nothing of the product, and runs where nothing else can suffer. No
script of a page is run, and nothing that it names is fetched.
"""

import email
import email.policy
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, Final
from xml.etree import ElementTree as ET

CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
SHEET_XML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
# Wider than any sheet: a page may claim what it likes.
MAX_COLUMNS: Final = 16_384
MAX_LINES: Final = 300_000

Block = tuple[tuple[int, int], tuple[int, int]]


class NoTable(Exception):
    """The file is a page, and no table stands in it."""


class Grid:
    """Rows of one sheet as they come."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[Any]] = []
        self.marks: dict[int, list[str]] = {}
        self.merged: list[Block] = []

    def begin(self, number: int, *, hidden: bool) -> None:
        """The row of this number, counted from 1; those before it are empty."""
        if number > MAX_LINES:
            raise MemoryError
        self.rows += [[] for _ in range(number - len(self.rows))]
        if hidden:
            self.marks[number] = ["hidden"]

    def put(self, value: Any, column: int, across: int, down: int) -> int:
        """One cell at its column, counted from 0, and how far it reaches; answers the next."""
        if not 0 <= column + across <= MAX_COLUMNS:
            raise MemoryError
        row, line = self.rows[-1], len(self.rows) - 1
        row += [""] * (column - len(row))
        row += [value, *[""] * across]
        if down:
            self.merged.append(((line, column), (line + down, column + across)))
        return len(row)


class _Page(HTMLParser):
    """All rows of a page's tables, one below the other; a table inside a cell is text of it."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = Grid("")
        self.depth = 0
        self.cell: list[str] | None = None
        self.spans = (0, 0)
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.depth += 1
        elif tag in ("style", "script"):
            self.unseen += 1
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")
        elif self.depth == 1 and tag == "tr":
            self._close()
            hidden = bool(HIDDEN.search(said.get("style", "")))
            self.grid.begin(len(self.grid.rows) + 1, hidden=hidden)
        elif self.depth == 1 and tag in ("td", "th") and self.grid.rows:
            self._close()
            self.cell = []
            self.spans = (_more(said.get("colspan", "")), _more(said.get("rowspan", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self.unseen = max(0, self.unseen - 1)
        elif self.depth == 1 and tag in ("td", "th", "tr", "table"):
            self._close()
        if tag == "table":
            self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.unseen:
            self.cell.append(data)

    def _close(self) -> None:
        if self.cell is not None:
            text = re.sub(r"[^\S\n]+", " ", "".join(self.cell)).strip()
            self.grid.put(text, len(self.grid.rows[-1]), *self.spans)
            self.cell = None


def _more(written: str) -> int:
    """How many cells beyond its own one reaches over."""
    return max(1, min(int(written), MAX_COLUMNS)) - 1 if re.fullmatch(r"\d{1,6}", written) else 0


def grids_of(content: bytes) -> list[Grid]:
    """Each table as a sheet. Raises `NoTable` where there is none."""
    head = content[:4000]
    if SHEET_XML in head and b"<?xml" in head.lstrip(b"\xef\xbb\xbf \r\n\t")[:40]:
        found = list(_sheets_of_2003(content))
    elif head.lstrip()[:200].lower().startswith((b"mime-version", b"from:")):
        found = [grid for part in _parts(content) if (grid := _page(part)).rows]
    else:
        found = [_page(content)]
    if not any(grid.rows for grid in found):
        raise NoTable
    return found


def _page(content: bytes) -> Grid:
    page = _Page()
    page.feed(_text(content))
    page.close()
    page._close()
    return page.grid


def _text(content: bytes) -> str:
    said = CHARSET.search(content[:4000])
    named = said.group(1).decode("ascii", "replace").lower() if said else ""
    named = "gb18030" if named in ("gb2312", "gbk", "x-gbk") else named
    for encoding in ("utf-8-sig", named, "gb18030"):
        try:
            return content.decode(encoding or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    raise ValueError("no known encoding")


def _parts(content: bytes) -> Iterator[bytes]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            told = part.get_payload(decode=True)
            if isinstance(told, bytes):
                yield told


def _sheets_of_2003(content: bytes) -> Iterator[Grid]:
    grid, column = Grid(""), 0
    for event, node in ET.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314
        tag = node.tag.rpartition("}")[2]
        said = {name.rpartition("}")[2]: value for name, value in node.items()}
        if tag == "Worksheet" and event == "start":
            grid = Grid(said.get("Name", ""))
        elif tag == "Worksheet":
            yield grid
        elif tag == "Row" and event == "start":
            number, column = _at(said, len(grid.rows) + 1), 0
            grid.begin(max(number, len(grid.rows) + 1), hidden=said.get("Hidden") == "1")
        elif tag == "Row":
            node.clear()
        elif tag == "Cell" and event == "end" and grid.rows:
            column = max(_at(said, column + 1) - 1, column)
            if "Formula" in said:
                grid.marks.setdefault(len(grid.rows), []).append("formula")
            column = grid.put(_value(node), column, _at(said, 0, "MergeAcross"),
                              _at(said, 0, "MergeDown"))  # fmt: skip


def _at(said: dict[str, str], otherwise: int, name: str = "Index") -> int:
    written = said.get(name, "")
    return int(written) if re.fullmatch(r"\d{1,7}", written) else otherwise


def _value(cell: ET.Element) -> Any:
    """What the cell says, as `opening` tells it."""
    for data in cell:
        if data.tag.rpartition("}")[2] != "Data":
            continue
        kind = next((v for name, v in data.items() if name.endswith("Type")), "String")
        text = "".join(data.itertext())
        if kind == "Error":
            return ["!", text, "error"]
        if kind == "Number":
            return float(text)
        # 2024-02-20T00:00:00.000 is read like any written day.
        return text.removesuffix("T00:00:00.000") if kind == "DateTime" else text
    return ""
