"""Opens what an office calls a ledger: xlsx, xls, xlsb, ods or csv. Nothing in it is trusted.

The kind is told from the content, never from the name. A file that cannot be read safely or
unambiguously is refused in words that say what to do about it.
"""

import codecs
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused
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
WORKBOOKS: Final = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})?(\d{1,7})"')
ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="[A-Z]+\d+:[A-Z]+(\d{1,7})"')
# So many times the lines that a sheet says it has, and so many at least, were not written by it.
LINES_BEYOND: Final = 100
LINES_AT_LEAST: Final = 10_000
CHUNK: Final = 1 << 20

# First and last line and column of merged cells, counted from 0.
Block = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet; `number` is what the spreadsheet program shows at the left."""

    number: int
    cells: list[Any]
    # "hidden" or "struck", where the file says so.
    mark: str = ""


@dataclass(frozen=True)
class LedgerSheet:
    name: str
    lines: list[SheetLine]
    merged: list[Block] = field(default_factory=list)


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
    return [LedgerSheet(name, list(_csv_lines(_decoded(content))))]


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
            cells, mark = told
            number = len(sheets[-1].lines) + 1
            sheets[-1].lines.append(SheetLine(number, [_cell(cell) for cell in cells], mark))
        elif "sheet" in told:
            sheets.append(LedgerSheet(told["sheet"], [], told["merged"]))
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
    return _too_much() if word == "large" else _broken()


def _password() -> str:
    return _("The file is protected by a password. Save it without one.")


def _too_much() -> str:
    return _("The file unpacks to far more than its size: it is not opened.")


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
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise Refused(_broken()) from problem


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack once, against the checksum; the furthest cell named decides what is allocated."""
    rows = columns = lines = stated = 0
    is_sheet = part.filename.startswith("xl/worksheets/")
    with package.open(part) as stream:
        tail = b""
        while chunk := stream.read(CHUNK):
            if is_sheet:
                text = tail + chunk
                for letters, digits in REFERENCE.findall(text):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column_number(letters))
                lines += sum(found.end() > len(tail) for found in ROW.finditer(text))
                stated = stated or int((DIMENSION.findall(text) or [0])[0])
            tail = chunk[-24:]
    if rows * columns > MAX_CELLS:
        raise Refused(_("The sheet claims millions of cells. Delete the empty ones and save it."))
    _check_length(lines)
    if stated and lines > max(stated * LINES_BEYOND, LINES_AT_LEAST):
        raise Refused(
            _(
                "The sheet says that it ends at line %(stated)d, and goes on to line %(lines)d. "
                "Open it in the spreadsheet program, delete what does not belong to the ledger, "
                "save it again and try once more."
            )
            % {"stated": stated, "lines": lines}
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _decoded(content: bytes) -> str:
    """Text in UTF-8 with or without mark, UTF-16 with mark, or GB18030."""
    if b"\x00" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused(_("This is neither a workbook (xlsx, xls) nor a csv file."))
    head = content[:2000].lstrip(codecs.BOM_UTF8).lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise Refused(_("This is a web page under another name. Open it and save it as xlsx."))
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(
        _("The text is neither UTF-8 nor GB18030, or the file is cut off. Save it as csv again.")
    )


def _csv_lines(text: str) -> Iterator[SheetLine]:
    sample = text[:20_000]
    separator = max(",\t;", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            _check_length(number)
            yield SheetLine(number, list(cells))
    except csv.Error as problem:
        raise Refused(
            _("A quotation mark does not close, in line %(line)d or before.")
            % {"line": reader.line_num}
        ) from problem
