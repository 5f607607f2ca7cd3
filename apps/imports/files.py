"""Opens what an office calls a ledger: xlsx, xls or csv. Nothing in the file is trusted.

The kind is told from the content, never from the name. A file that cannot be read safely or
unambiguously is refused in words that say what to do about it.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import python_calamine
from django.utils.translation import gettext as _

from apps.core.refusals import Refused

MAX_BYTES: Final = 30 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 400 * 1024 * 1024
MAX_UNPACKED_RATIO: Final = 200
MAX_PARTS: Final = 2_000
MAX_CELLS: Final = 4_000_000
MAX_LINES: Final = 200_000

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})?(\d{1,7})"')
CHUNK: Final = 1 << 20

# First and last line and column of merged cells, counted from 0.
Block = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """One line of a sheet; `number` is what the spreadsheet program shows at the left."""

    number: int
    cells: list[Any]


@dataclass(frozen=True)
class Sheet:
    name: str
    lines: list[Line]
    merged: list[Block] = field(default_factory=list)


def read_sheets(path: Path) -> list[Sheet]:
    """All sheets of the file with their lines, empty ones included.

    Raises `Refused` with words for the person who chose the file.
    """
    if not path.is_file():
        raise Refused(_("There is no file %(path)s.") % {"path": path})
    if path.stat().st_size > MAX_BYTES:
        raise Refused(_("The file is larger than %(mb)d MB. Split it.") % {"mb": MAX_BYTES >> 20})
    content = path.read_bytes()
    if not content.strip():
        raise Refused(_("The file is empty."))
    if content.startswith(ZIP):
        _check_package(content)
        return _workbook(content)
    if content.startswith(OLE):
        return _workbook(content)
    return [Sheet(path.name, list(_csv_lines(_decoded(content))))]


def _workbook(content: bytes) -> list[Sheet]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_sheet(book, meta.name) for meta in book.sheets_metadata if _is_table(meta)]
    except Refused:
        raise
    except python_calamine.PasswordError:
        raise Refused(_("The file is protected by a password. Save it without one.")) from None
    except BaseException as problem:
        # A panic of the reader is no Exception, and yet only says that the file is broken.
        if isinstance(problem, Exception) or type(problem).__name__ == "PanicException":
            raise Refused(_broken()) from problem
        raise


def _is_table(meta: Any) -> bool:
    return bool(meta.typ == python_calamine.SheetTypeEnum.WorkSheet)


def _sheet(book: Any, name: str) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    _check_length(len(rows))
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=1)]
    return Sheet(name, lines, list(sheet.merged_cell_ranges or []))


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
                raise Refused(_("The file unpacks to far more than its size: it is not opened."))
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise Refused(_("This is a package, but no workbook. Save it as xlsx or csv."))
            for part in parts:
                _check_part(package, part)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise Refused(_broken()) from problem


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack once, against the checksum; the furthest cell named decides what is allocated."""
    rows = columns = 0
    is_sheet = part.filename.startswith("xl/worksheets/")
    with package.open(part) as stream:
        tail = b""
        while chunk := stream.read(CHUNK):
            if is_sheet:
                for letters, digits in REFERENCE.findall(tail + chunk):
                    rows = max(rows, int(digits))
                    columns = max(columns, _column_number(letters))
            tail = chunk[-24:]
    if rows * columns > MAX_CELLS:
        raise Refused(_("The sheet claims millions of cells. Delete the empty ones and save it."))


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


def _csv_lines(text: str) -> Iterator[Line]:
    sample = text[:20_000]
    separator = max(",\t;", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            _check_length(number)
            yield Line(number, list(cells))
    except csv.Error as problem:
        raise Refused(
            _("A quotation mark does not close, in line %(line)d or before.")
            % {"line": reader.line_num}
        ) from problem
