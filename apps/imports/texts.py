"""Tables in files of text: what their bytes mean, and where a cell ends."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from apps.core.refusals import Refused

SEPARATORS: Final = ",\t;|"
# What spreadsheet programs write above a table of other separators.
NAMES_SEPARATOR: Final = "sep="
# Lines that show which sign parts the cells.
LINES_SEEN: Final = 50
LONGEST_CELL: Final = 32_767
PAGES: Final = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"mime-version:")
OTHER_KINDS: Final = (b"%pdf", b"rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b")
# The longer mark first: that of UTF-32 begins with the one of UTF-16.
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
# A text without mark is taken for UTF-16 where so many of its signs are usual ones.
USUAL: Final = 0.9


def is_page(content: bytes) -> bool:
    """Whether it is a web page, a web archive or XML under another name."""
    return content[:2000].lstrip(codecs.BOM_UTF8 + b" \r\n\t").lower().startswith(PAGES)


def decoded(content: bytes) -> str:
    """Text in UTF-8, UTF-16, UTF-32 or GB18030, with mark or without; raises `Refused`."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), "")
    if content[:8].lower().startswith(OTHER_KINDS) or (not marked and b"\x00" in content):
        if text := _unmarked(content):
            return text
        raise Refused(_("This is neither a workbook (xlsx, xls) nor a csv file."))
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.lstrip("\ufeff")
    if not marked and (text := _line_by_line(content)):
        return text
    raise Refused(
        _("The text is neither UTF-8 nor GB18030, or the file is cut off. Save it as csv again.")
    )


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark, as some programs write it."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        usual = sum("\t" <= sign < "\x7f" or "\u3000" <= sign < "\ua000" or sign > "\uff00"
                    for sign in text[:2000])  # fmt: skip
        if "\x00" not in text and usual >= USUAL * min(len(text), 2000):
            return text
    return ""


def _line_by_line(content: bytes) -> str:
    """Lines of UTF-8 into which somebody pasted some of GB18030; nothing where they are not."""
    lines, in_utf8 = [], 0
    for line in content.removeprefix(codecs.BOM_UTF8).splitlines(keepends=True):
        try:
            lines.append(line.decode("utf-8"))
            in_utf8 += not line.isascii()
        except UnicodeDecodeError:
            try:
                lines.append(line.decode("gb18030"))
            except UnicodeDecodeError:
                return ""
    return "".join(lines) if in_utf8 else ""


def cells_of(text: str) -> Iterator[list[Any]]:
    """Line by line. Raises `Refused` for a quotation mark that does not close and for a cell that
    no spreadsheet program could hold.
    """
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(reader):
            # Numbers of lines stay those that the file shows.
            named = number == 0 and "".join(cells).strip().casefold().startswith(NAMES_SEPARATOR)
            yield [] if named else _checked(cells, reader.line_num)
    except csv.Error as problem:
        if "field limit" in str(problem):
            raise Refused(_too_long(reader.line_num)) from problem
        raise Refused(
            _("A quotation mark does not close, in line %(line)d or before.")
            % {"line": reader.line_num}
        ) from problem


def _checked(cells: list[str], line: int) -> list[str]:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise Refused(_too_long(line))
    return cells


def _too_long(line: int) -> str:
    return _("A cell in line %(line)d is longer than any spreadsheet program writes one.") % {
        "line": line
    }


def _separator(text: str) -> str:
    """What the file says itself; else the sign that stands equally often in most lines."""
    first = text[:20].lstrip("\ufeff\"' ").casefold()
    if first.startswith(NAMES_SEPARATOR) and first[4:5] in SEPARATORS:
        return first[4:5] or ","
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:LINES_SEEN]

    def like(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        often, alike = max(((n, k) for k, n in counts.items()), default=(0, 0))
        return often, alike

    return max(SEPARATORS, key=like)
