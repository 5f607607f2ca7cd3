"""Opens a workbook in a process of its own, with little memory and little time.

A workbook unfolds: strings that a thousand cells share, one cell far away. What it unfolds to is
known only when it is open, so it is opened where nothing else can suffer. The process knows nothing
of the product: it is started as a script, reads the file from its input, and writes lines of JSON.
"""

import io
import json
import re
import resource
import runpy
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import python_calamine

MEMORY_BYTES: Final = 512 << 20
SECONDS: Final = 60
MAX_SIGNS: Final = 100_000_000
MARKS: Final = (b't="e"', b"<f", b":f", b'hidden="', b"strike")
OLE: Final = b"\xd0\xcf\x11\xe0"
# A book of the old kind begins so, and where it is encrypted the next record says it.
BOOK: Final = b"\x09\x08\x10\x00\x00\x06\x05\x00"
FILE_PASS: Final = b"\x2f\x00"
MARKUP: Final = Path(__file__).with_name("markup.py")
XLSX: Final = "xl/workbook.xml"
REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")

# Cells that the reader shows as empty although they are not: row → column → text and kind.
Unread = dict[int, dict[int, tuple[str, str]]]


class Marks:
    """What a sheet's own XML says and the reader of tables leaves out."""

    def __init__(self) -> None:
        self.unread: Unread = {}
        # "hidden", "struck", "formula", by row.
        self.rows: dict[int, list[str]] = {}
        # First and last of the columns that are hidden, counted from 0.
        self.columns: list[tuple[int, int]] = []

    def mark(self, row: int, word: str) -> None:
        words = self.rows.setdefault(row, [])
        if word not in words:
            words.append(word)


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def true(value: str | None) -> bool:
    return value in {"1", "true", "on"}


def marks_by_sheet(package: zipfile.ZipFile) -> dict[str, Marks]:
    """By the name of the sheet; only parts that carry a mark at all are walked."""
    names = set(package.namelist())
    struck = _struck_styles(package) if "xl/styles.xml" in names else set()
    found = {}
    for name, part in _parts(package, names):
        content = package.read(part)
        if struck or any(mark in content for mark in MARKS):
            found[name] = _marks(content, struck)
    return found


def _parts(package: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    rels = "xl/_rels/workbook.xml.rels"
    targets = {}
    if rels in names:
        for rel in ET.fromstring(package.read(rels)):  # noqa: S314 (in a process with limits)
            targets[rel.get("Id")] = rel.get("Target", "")
    for node in ET.fromstring(package.read(XLSX)).iter():  # noqa: S314
        if local(node.tag) != "sheet":
            continue
        rel_id = next((value for key, value in node.items() if local(key) == "id"), None)
        target = targets.get(rel_id, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            yield node.get("name", ""), part


def _struck_styles(package: zipfile.ZipFile) -> set[str]:
    """Numbers of the styles whose letters are struck out."""
    fonts: list[bool] = []
    styles: list[str] = []
    for node in ET.fromstring(package.read("xl/styles.xml")):  # noqa: S314
        if local(node.tag) == "fonts":
            fonts = [
                any(local(n.tag) == "strike" and n.get("val") not in {"0", "false"} for n in font)
                for font in node
            ]
        elif local(node.tag) == "cellXfs":
            styles = [xf.get("fontId", "0") for xf in node]
    return {
        str(number)
        for number, font in enumerate(styles)
        if font.isdecimal() and int(font) < len(fonts) and fonts[int(font)]
    }


def _marks(content: bytes, struck: set[str]) -> Marks:
    marks, number, column = Marks(), 0, 0
    for event, node in ET.iterparse(io.BytesIO(content), events=("start", "end")):  # noqa: S314
        tag = local(node.tag)
        if tag == "row" and event == "start":
            number, column = int(node.get("r") or number + 1), 0
            if true(node.get("hidden")):
                marks.mark(number, "hidden")
        elif tag == "col" and event == "start" and true(node.get("hidden")):
            marks.columns.append((int(node.get("min", "1")) - 1, int(node.get("max", "1")) - 1))
        elif tag == "c" and event == "end":
            column = _column(node.get("r")) or column + 1
            _mark_cell(marks, node, (number, column), struck)
        elif tag == "row":
            node.clear()
    return marks


def _mark_cell(marks: Marks, node: ET.Element, place: tuple[int, int], struck: set[str]) -> None:
    parts = {local(child.tag): child.text or "" for child in node}
    value = parts.get("v", "")
    if node.get("t") == "e":
        marks.unread.setdefault(place[0], {})[place[1]] = (value, "error")
    elif "f" in parts and not value and "is" not in parts and node.get("t") != "str":
        marks.unread.setdefault(place[0], {})[place[1]] = ("=" + parts["f"], "formula")
    elif "f" in parts:
        marks.mark(place[0], "formula")
    if node.get("s") in struck and (value or "is" in parts):
        marks.mark(place[0], "struck")


def _column(reference: str | None) -> int:
    found = REFERENCE.fullmatch(reference or "")
    number = 0
    for letter in found.group(1) if found else "":
        number = number * 26 + ord(letter) - 64
    return number


def encoded(value: Any, *, of_1904: bool) -> Any:
    """As JSON can hold it: what is no text, number or truth has a letter before it."""
    if isinstance(value, datetime):
        return ["t", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if of_1904 and isinstance(value, float):
        return ["n", value]
    return value if isinstance(value, bool | int | float | str) or value is None else str(value)


def tell(message: Any) -> int:
    text = json.dumps(message, ensure_ascii=False)
    sys.stdout.write(text + "\n")
    return len(text)


def tell_sheets(content: bytes) -> str:
    """Write every sheet with its lines; answers why not, or nothing."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    of_1904, marks = beside_the_cells(content)
    signs = 0
    for meta in book.sheets_metadata:
        if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        odd = marks.get(meta.name) or Marks()
        hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        tell({"sheet": meta.name, "merged": sheet.merged_cell_ranges or [], "hidden": hidden,
              "columns": odd.columns})  # fmt: skip
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            cells = [encoded(value, of_1904=of_1904) for value in row]
            signs += tell_line(number, cells, odd)
            if signs > MAX_SIGNS:
                return "large"
    return ""


def tell_line(number: int, cells: list[Any], odd: Marks) -> int:
    for column, (text, kind) in odd.unread.get(number, {}).items():
        cells[column - 1 : column] = [["!", text, kind]]
    while cells and cells[-1] in ("", None):
        cells.pop()
    return tell([cells, odd.rows.get(number, [])])


def is_encrypted(content: bytes) -> bool:
    """Whether the first records of a book of the old kind say so."""
    at = content.find(BOOK) if content.startswith(OLE) else -1
    return at >= 0 and content[at + 20 : at + 22] == FILE_PASS


def tell_tables(content: bytes) -> str:
    """Write the tables of a page under another name."""
    markup = runpy.run_path(str(MARKUP))
    try:
        grids = markup["grids_of"](content)
    except markup["NoTable"]:
        return "page"
    for grid in grids:
        tell({"sheet": grid.name, "merged": grid.merged, "hidden": False, "columns": []})
        for number, row in enumerate(grid.rows, start=1):
            tell([row, grid.marks.get(number, [])])
    return ""


def beside_the_cells(content: bytes) -> tuple[bool, dict[str, Marks]]:
    """The epoch of the workbook's days, and marks by sheet: only xlsx tells them."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return False, {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if XLSX not in package.namelist():
            return False, {}
        of_1904 = re.search(rb'date1904="(1|true)"', package.read(XLSX))
        return bool(of_1904), marks_by_sheet(package)


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    limit()
    content = sys.stdin.buffer.read()
    try:
        if is_encrypted(content):
            why = "password"
        elif content.startswith((OLE, b"PK")):
            why = tell_sheets(content)
        else:
            why = tell_tables(content)
    except python_calamine.PasswordError:
        why = "password"
    except MemoryError:
        why = "large"
    except BaseException as problem:
        # A panic of the reader is no Exception, and yet only says that the file is broken.
        if not (isinstance(problem, Exception) or type(problem).__name__ == "PanicException"):
            raise
        why = "broken"
    tell({"end": why})


if __name__ == "__main__":
    main()
