"""Opens a workbook in a process of its own, with little memory and little time.

A workbook unfolds: strings that a thousand cells share, one cell far away. What it unfolds to is
known only when it is open, so it is opened where nothing else can suffer. The process knows nothing
of the product: it is started as a script, reads the file from its input, and writes lines of JSON.
"""

import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

import python_calamine

MEMORY_BYTES: Final = 512 << 20
SECONDS: Final = 60
MAX_SIGNS: Final = 100_000_000
MARKS: Final = (b't="e"', b"<f", b":f", b'hidden="', b"strike")
XLSX: Final = "xl/workbook.xml"
REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")

# Cells that the reader shows as empty although they are not: row → column → text and kind.
Unread = dict[int, dict[int, tuple[str, str]]]


class Marks:
    """What a sheet's own XML says and the reader of tables leaves out."""

    def __init__(self) -> None:
        self.unread: Unread = {}
        self.rows: dict[int, str] = {}


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
                marks.rows[number] = "hidden"
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
    if node.get("s") in struck and (value or "is" in parts):
        marks.rows.setdefault(place[0], "struck")


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
        tell({"sheet": meta.name, "merged": sheet.merged_cell_ranges or []})
        odd = marks.get(meta.name) or Marks()
        for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
            cells = [encoded(value, of_1904=of_1904) for value in row]
            for column, (text, kind) in odd.unread.get(number, {}).items():
                cells[column - 1 : column] = [["!", text, kind]]
            signs += tell([cells, odd.rows.get(number, "")])
            if signs > MAX_SIGNS:
                return "large"
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
        why = tell_sheets(content)
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
