"""What an odd file is, and the lines that stand in all of them."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import openpyxl
import xlwt

from tests.factories.persons import resident_number
from tests.imports.sheets import Rows

NUMBER: Final = resident_number(1)
OTHER: Final = resident_number(2)
LINE: Final = {
    "姓名": "陈海生", "身份证号码": NUMBER, "联系电话": "10012345678", "管控类型": "社区戒毒",
    "决定书文号": "〔2024〕1号", "决定日期": "2024-02-20", "报到日期": "2024-03-01",
    "协议签订日期": "2024-03-01", "执行地": "嘉积镇", "文化程度": "初中",
}  # fmt: skip
SECOND: Final = {"姓名": "王丽", "身份证号码": OTHER, "决定书文号": "〔2024〕2号"}
# Entities that unfold to gigabytes.
LAUGHS: Final = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9))
    + "]>"
)
Made = Callable[[], bytes]


@dataclass(frozen=True)
class Odd:
    """One file. `refused`: words of the refusal; else `counts` of its lines, those of `new`,
    `rejected` and so on that are not 0, and words that `says` of them.
    """

    what: str
    make: Made
    refused: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    says: tuple[str, ...] = ()
    # What is stored of the only person, and the day of the decision.
    facts: Mapping[str, Any] = field(default_factory=dict)
    decided: date | str | None = "whatever"
    kind: str = "persons"
    name: str = "台账.xlsx"


def table(*lines: Mapping[str, Any]) -> Rows:
    """Header and lines: two persons, where nothing is said."""
    said = lines or ({}, SECOND)
    head = list(dict.fromkeys([*LINE, *(word for line in said for word in line)]))
    return [head, *([(LINE | dict(line)).get(word, "") for word in head] for line in said)]


def xlsx(rows: Rows, change: Callable[[Any], object] | None = None, **options: Any) -> bytes:
    """A workbook; `change` is called with its sheet before it is written."""
    book, content = openpyxl.Workbook(**options), io.BytesIO()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    if change:
        change(sheet)
    book.save(content)
    return content.getvalue()


def xls(rows: Rows) -> bytes:
    book, content = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    sheet = book.add_sheet("台账")
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    book.save(content)
    return content.getvalue()


def text(rows: Rows, separator: str = ",", ends: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=ends).writerows(rows)
    return out.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return content.getvalue()


def rewritten(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package with one part written otherwise."""
    parts = parts_of(content)
    name = next(name for name in parts if name.endswith(part))
    assert old in parts[name], (part, old)
    return packed(parts | {name: parts[name].replace(old, new, 1)})


def with_parts(content: bytes, **more: bytes | str) -> bytes:
    return packed(
        parts_of(content) | {name.replace("__", "/"): part for name, part in more.items()}
    )


def ods(rows: Rows, manifest: str = "<manifest/>") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    head = (f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}'
            f'table:1.0" xmlns:text="{office}text:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="S">')  # fmt: skip
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = "".join(
        f"<table:table-row>{''.join(cell.format(one) for one in row)}</table:table-row>"
        for row in rows
    )
    end = "</table:table></office:spreadsheet></office:body></office:document-content>"
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": head + lines + end, "META-INF/manifest.xml": manifest,
    })  # fmt: skip


def bare_sheet(rows: str, more: str = "") -> bytes:
    """A workbook whose one sheet has these rows of XML."""
    parts = parts_of(xlsx([["x"]]))
    sheet = next(name for name in parts if name.startswith("xl/worksheets/"))
    xml = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
           f"{more}<sheetData>{rows}</sheetData></worksheet>")  # fmt: skip
    return packed(parts | {sheet: xml})


def inline(rows: Rows, refs: bool = False) -> str:
    """Rows of XML whose cells hold their texts."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    lines = []
    for line, row in enumerate(rows, 1):
        where = [f' r="{letters[at]}{line}"' if refs else "" for at in range(len(row))]
        cells = (
            f'<c t="inlineStr"{at}><is><t>{cell}</t></is></c>'
            for at, cell in zip(where, row, strict=True)
        )
        lines.append(f"<row>{''.join(cells)}</row>")
    return "".join(lines)
