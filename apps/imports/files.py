"""Opens what an office calls a ledger: xlsx, xls, xlsb, ods or csv. Nothing in it is trusted.

The kind is told from the content, never from the name. A file that cannot be read safely or
unambiguously is refused in words that say what to do about it.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
from apps.imports.texts import cells_of, decoded, is_page
from apps.ledgers.cells import DayOf1904, Unread

# Started as a script: the reader of workbooks is no part of a server.
OPENER: Final = Path(__file__).with_name("opening.py")
MAX_BYTES: Final = 30 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 400 * 1024 * 1024
MAX_UNPACKED_RATIO: Final = 200
MAX_PARTS: Final = 2_000
MAX_CELLS: Final = 4_000_000
MAX_LINES: Final = 200_000
MAX_SECONDS: Final = 120

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An Office package under a password is a compound file around one stream of this name.
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
MANIFEST: Final = "META-INF/manifest.xml"
WORKBOOKS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"')
# A cell in which something stands: formats alone fill nothing.
VALUE: Final = rb"<(?:\w+:)?(?:v|is|f)[\s/>]"
FILLED = re.compile(rb"<(?:\w+:)?c\b([^>]*)>\s*" + VALUE)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+(\d{1,7})"')
# So many times the lines that a sheet says it has, and so many at least, were not written by it.
LINES_BEYOND: Final = 100
LINES_AT_LEAST: Final = 10_000
CHUNK: Final = 1 << 20
LONGEST_ROW: Final = 8 << 20

# First and last line and column of merged cells, counted from 0.
Block = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet; `number` is what the spreadsheet program shows at the left."""

    number: int
    cells: list[Any]
    # "hidden", "struck", "formula", where the file says so.
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class LedgerSheet:
    name: str
    lines: list[SheetLine]
    merged: list[Block] = field(default_factory=list)
    hidden: bool = False
    # A cell stands where its reference says; in text a comma too many moves all that follow.
    placed: bool = False
    # First and last of the columns that are hidden, counted from 0.
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def read_file(path: Path) -> bytes:
    """Its bytes; raises `Refused` where it is not there or too large."""
    if not path.is_file():
        raise Refused(_("There is no file %(path)s.") % {"path": path})
    if path.stat().st_size > MAX_BYTES:
        raise Refused(_("The file is larger than %(mb)d MB. Split it.") % {"mb": MAX_BYTES >> 20})
    return path.read_bytes()


def read_sheets(content: bytes, name: str) -> list[LedgerSheet]:
    """All sheets of a file with their lines, empty ones included. `name`: of the file.

    Raises `Refused` with words for the person who chose the file.
    """
    if not content.strip():
        raise Refused(_("The file is empty."))
    if content.startswith(ZIP):
        _check_package(content)
        return _workbook(content)
    if content.startswith(OLE):
        if ENCRYPTED in content:
            raise Refused(_password())
        return _workbook(content)
    if is_page(content):
        return [replace(one, name=one.name or name) for one in _workbook(content)]
    return [LedgerSheet(name, list(_text_lines(content)))]


def _text_lines(content: bytes) -> Iterator[SheetLine]:
    told = 0
    for number, cells in enumerate(cells_of(decoded(content)), start=1):
        _check_length(number)
        told += len(cells)
        if told > MAX_CELLS:
            raise Refused(_far())
        yield SheetLine(number, cells)


def _workbook(content: bytes) -> list[LedgerSheet]:
    """Read by `opening`, in a process whose memory and time end early; nothing lies on a disk."""
    command = [sys.executable, "-I", str(OPENER)]
    try:
        done = subprocess.run(  # noqa: S603 - a script of our own
            command, input=content, capture_output=True, timeout=MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise Refused(_too_much()) from None
    sheets: list[LedgerSheet] = []
    for line in done.stdout.splitlines() if done.returncode == 0 else ():
        told = json.loads(line)
        if isinstance(told, list):
            _check_length(len(sheets[-1].lines) + 1)
            cells, marks = told
            number = len(sheets[-1].lines) + 1
            sheets[-1].lines.append(
                SheetLine(number, [_cell(cell) for cell in cells], tuple(marks))
            )
        elif "sheet" in told:
            sheets.append(
                LedgerSheet(
                    told["sheet"],
                    [],
                    told["merged"],
                    hidden=told["hidden"],
                    placed=True,
                    hidden_columns=told["columns"],
                )
            )
        elif told["end"]:
            raise Refused(_why(told["end"]))
        else:
            return sheets
    raise Refused(_too_much())


def _cell(told: Any) -> Any:
    match told:
        case ["t", text]:
            return datetime.fromisoformat(text)
        case ["d", text]:
            return date.fromisoformat(text)
        case ["n", number]:
            return DayOf1904(number)
        case ["!", text, kind]:
            return Unread(text, kind)
        case _:
            return told


def _why(word: str) -> str:
    if word == "password":
        return _password()
    if word == "page":
        return _("This is a web page under another name, and no table stands in it.")
    return _too_much() if word == "large" else _broken()


def _password() -> str:
    return _("The file is protected by a password. Save it without one.")


def _too_much() -> str:
    return _("The file unpacks to far more than its size: it is not opened.")


def _far() -> str:
    return _("The sheet claims millions of cells. Delete the empty ones and save it.")


def _broken() -> str:
    return _(
        "The file cannot be read: it is damaged or cut off. "
        "Open it in the spreadsheet program, save it again and try once more."
    )


def _check_length(lines: int) -> None:
    if lines > MAX_LINES:
        raise Refused(_("The file has more than %(count)d lines. Split it.") % {"count": MAX_LINES})


def _check_package(content: bytes) -> None:
    """Refuse a package that unpacks to far more than it is, or claims a giant sheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            limit = min(MAX_UNPACKED_BYTES, max(len(content), 50_000) * MAX_UNPACKED_RATIO)
            if len(parts) > MAX_PARTS or unpacked > limit:
                raise Refused(_too_much())
            if not any(part.filename in WORKBOOKS for part in parts):
                raise Refused(_("This is a package, but no workbook. Save it as xlsx or csv."))
            for part in parts:
                _check_part(package, part)
            if MANIFEST in package.namelist() and b"encryption-data" in package.read(MANIFEST):
                raise Refused(_password())
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise Refused(_broken()) from problem


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack once, against the checksum; the furthest cell filled decides what is allocated."""
    seen = _Seen() if part.filename.startswith("xl/worksheets/") else None
    with package.open(part) as stream:
        rest = b""
        while chunk := stream.read(CHUNK):
            rest = seen.take(rest + chunk) if seen else b""
    if seen is None:
        return
    seen.count(rest)
    if seen.rows * seen.columns > MAX_CELLS:
        raise Refused(_far())
    _check_length(seen.lines)
    if seen.stated and seen.lines > max(seen.stated * LINES_BEYOND, LINES_AT_LEAST):
        raise Refused(
            _(
                "The sheet says that it ends at line %(stated)d, and goes on to line %(lines)d. "
                "Open it in the spreadsheet program, delete what does not belong to the ledger, "
                "save it again and try once more."
            )
            % {"stated": seen.stated, "lines": seen.lines}
        )


class _Seen:
    """What the XML of a sheet says of its size; empty lines and cells that are only formatted, as
    programs leave them to the end of the sheet, are nothing.
    """

    def __init__(self) -> None:
        self.rows = self.columns = self.lines = self.stated = 0

    def take(self, text: bytes) -> bytes:
        """Count the rows that are whole; answers the beginning of the one that is not."""
        if not self.stated and (found := DIMENSION.search(text)):
            self.stated = int(found.group(1))
        starts = [found.start() for found in ROW.finditer(text)]
        for begin, end in pairwise([0, *starts]):
            self.count(text[begin:end])
        rest = text[starts[-1] :] if starts else text
        if len(rest) > LONGEST_ROW:
            self.count(rest)
            return b""
        return rest

    def count(self, row: bytes) -> None:
        filled = FILLED.findall(row)
        if not filled:
            return
        self.lines += 1
        self.columns = max(self.columns, len(filled))
        for digits in ROW_NUMBER.findall(row):
            self.rows = max(self.rows, int(digits))
        for cell in filled:
            for letters, digits in REFERENCE.findall(cell):
                self.rows = max(self.rows, int(digits))
                self.columns = max(self.columns, _column_number(letters))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
