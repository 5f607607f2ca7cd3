"""The one writer of tables that leave the system: xlsx and csv."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse

from apps.core.days import SHANGHAI
from apps.core.xml_text import xml_text

# A cell that begins with one of these is a formula to a spreadsheet; full-width forms count too.
DANGEROUS = "=+-@\t\r\n＝＋－＠"
# Characters that a spreadsheet may skip before it looks.
SKIPPED = " \u00a0\u200b\u3000\ufeff"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
# What Excel takes: characters of a footer, of a cell, and those no name of a sheet may have.
FOOTER_MAX, CELL_MAX = 254, 32767
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written. `watermark` is the last line: who, when, what for."""

    title: str
    labels: Sequence[str]
    rows: Iterable[Sequence[Any]]
    watermark: str


def defused(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would compute."""
    return f"'{text}" if _computes(text) else text


def undefused(value: Any) -> Any:
    """What a cell said before it left: an apostrophe of ours is taken away."""
    ours = isinstance(value, str) and value.startswith("'") and _computes(value[1:])
    return value[1:] if ours else value


def _computes(text: str) -> bool:
    """A text that has such an apostrophe of its own gets one more, so that one can be taken."""
    rest = text.lstrip(SKIPPED + "'")
    return bool(rest) and rest[0] in DANGEROUS


def plain(value: Any) -> Any:
    """Numbers and days as they are, everything else as harmless words."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, int | float | Decimal | date):
        return value
    return defused(xml_text(str(value)))


def footer_text(words: str) -> str:
    """The watermark on every printed page: `&` begins a code there, and 255 is all Excel takes."""
    before, after = "&L", "&R&P / &N"
    kept, room = "", FOOTER_MAX - len(before) - len(after)
    for letter in " ".join(xml_text(words).split()):
        shown = "&&" if letter == "&" else letter
        if len(kept) + len(shown) > room - 1:
            kept += "…"
            break
        kept += shown
    return f"{before}{kept}{after}"


def file_response(sheet: Sheet, kind: str, name: str) -> FileResponse:
    """The download, whole before it is sent: the request's transaction covers it.

    In memory: a file beside it would hold names in clear, and stay after a kill.
    """
    target = io.BytesIO()
    (write_xlsx if kind == "xlsx" else write_csv)(sheet, target)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=f"{name}.{kind}", content_type=TYPES[kind]
    )


def write_csv(sheet: Sheet, target: IO[bytes]) -> None:
    """With a byte order mark: without it Excel reads Chinese as something else."""
    words = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(words)
    writer.writerow([plain(label) for label in sheet.labels])
    writer.writerows([_csv_cell(value) for value in row] for row in sheet.rows)
    writer.writerow([plain(sheet.watermark)])
    words.detach()


def _csv_cell(value: Any) -> Any:
    value = plain(value)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def write_xlsx(sheet: Sheet, target: IO[bytes]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet(
        FORBIDDEN.sub(" ", xml_text(sheet.title)).strip(" '")[:31].strip() or "1"
    )
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    page.freeze_panes(1, 0)
    page.set_footer(footer_text(sheet.watermark))
    page.set_column(0, len(sheet.labels) - 1, 16)
    for number, label in enumerate(sheet.labels):
        page.write_string(0, number, plain(label), bold)
    line = 0
    for line, row in enumerate(sheet.rows, 1):
        for number, value in enumerate(row):
            _xlsx_cell(page, line, number, plain(value), (day, moment))
    page.write_string(line + 1, 0, plain(sheet.watermark))
    book.close()


def _xlsx_cell(page: Any, line: int, number: int, value: Any, formats: tuple[Any, Any]) -> None:
    if isinstance(value, datetime):
        page.write_datetime(line, number, value, formats[1])
    elif isinstance(value, date):
        page.write_datetime(line, number, value, formats[0])
    elif isinstance(value, str):
        page.write_string(line, number, value[:CELL_MAX])
    else:
        page.write_number(line, number, value)
