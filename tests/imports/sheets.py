"""Small ledgers, written as offices write them."""

import csv
import io
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

from apps.imports.files import LedgerSheet, read_file, read_sheets

Rows = list[list[Any]]


def opened(path: Path) -> list[LedgerSheet]:
    """All sheets of a file on the disk."""
    return read_sheets(read_file(path), path.name)


def write_xlsx(path: Path, rows: Rows, *, merge: str = "", title: str = "台账") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def write_xls(path: Path, rows: Rows) -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    book.save(str(path))
    return path


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", separator: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
