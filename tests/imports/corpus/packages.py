"""Workbooks: bombs, far cells, passwords, macros, hidden parts, formulas, days in both epochs."""

import io
import random
import re
from typing import Any, Final

import openpyxl
import xlwt
from openpyxl.styles import Font

from apps.imports import files
from tests.factories.persons import resident_number
from tests.imports.corpus.odd import (
    LAUGHS,
    LINE,
    Odd,
    bare_sheet,
    inline,
    ods,
    packed,
    parts_of,
    rewritten,
    table,
    with_parts,
    xls,
    xlsx,
)

ONE, TWO, WRONG = {"new": 1}, {"new": 2}, {"rejected": 1}
SHARED: Final = '<c t="s"><v>0</v></c>'


def zip_bomb() -> bytes:
    return with_parts(xlsx(table()), xl__media__image1=b"\0" * 60_000_000)


def many_parts() -> bytes:
    return packed(parts_of(xlsx(table())) | {f"xl/media/{n}": b"" for n in range(3_000)})


def laughing(part: str) -> bytes:
    """Entities that unfold to gigabytes, where the part's text stands."""
    parts = parts_of(xlsx(table()))
    name = next(name for name in parts if name.endswith(part))
    root, sign, rest = re.sub(r"^<\?.*?\?>", "", parts[name].decode()).partition(">")
    return packed(parts | {name: f"{LAUGHS}{root.strip()}{sign}&j;{rest}"})


def shared_strings(words: str, rows: int, head: str = "") -> bytes:
    """One string in twenty cells of each row."""
    content = bare_sheet(f"<row>{SHARED * 20}</row>" * rows)
    return with_parts(content, **{"xl__sharedStrings.xml": (
        f'{head}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<si><t>{words}</t></si></sst>"
    )})  # fmt: skip


def far(reference: str) -> bytes:
    return xlsx(table(), lambda sheet: sheet.__setitem__(reference, "x"))


def far_xls() -> bytes:
    return xls([*table(), *[[] for _ in range(65_500)], [""] * 255 + ["x"]])


def without_references(lines: int) -> bytes:
    rows = table(*({"身份证号码": str(n)} for n in range(lines))) if lines else table()
    return bare_sheet(inline(rows), f'<dimension ref="A1:J{3}"/>')


def empty_rows(count: int) -> bytes:
    """Formatted to the end of the sheet, as a program leaves it that once had more."""
    rows = inline(table(), refs=True)
    heights = random.Random(1)
    rest = "".join(
        f'<row r="{n}" ht="{heights.random() * 20:.6f}"><c r="A{n}" s="0"/></row>'
        for n in range(4, count)
    )
    return bare_sheet(rows + rest)


def password_xls() -> bytes:
    """A record that says that all after it is encrypted, right after the beginning of the book."""
    content = bytearray(xls(table()))
    start = content.find(b"\x09\x08\x10\x00") + 20
    content[start : start + 10] = b"\x2f\x00\x06\x00\x00\x00\x34\x12\x78\x56"
    return bytes(content)


def locked_xls() -> bytes:
    """The sheet is protected from changes; everybody may open it."""
    book, content = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    book.protect = True
    sheet = book.add_sheet("台账")
    sheet.protect, sheet.password = True, "1"
    for line, row in enumerate(table()):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    book.save(content)
    return content.getvalue()


def password_ods() -> bytes:
    return ods(table(), (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry></manifest:manifest>"
    ))  # fmt: skip


def with_macros() -> bytes:
    content = with_parts(xlsx(table()), **{"xl__vbaProject.bin": files.OLE + b"\0" * 500})
    return rewritten(
        content, "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )  # fmt: skip


def linked() -> bytes:
    """A formula that asks another book on another machine; its last value is kept in the cell."""
    row = "".join(
        f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in list(LINE.values())[:2]
    )
    formula = r"<c t='str'><f>[1]Sheet1!A1</f><v>10012345678</v></c>"
    rest = "".join(
        f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in list(LINE.values())[3:]
    )
    content = bare_sheet(inline(table()[:1]) + f"<row>{row}{formula}{rest}</row>")
    return with_parts(content, **{
        "xl__externalLinks__externalLink1.xml": "<externalLink/>",
        "xl__externalLinks___rels__externalLink1.xml.rels":
            '<Relationships><Relationship Target="http://192.0.2.1/x.xlsx"/></Relationships>',
    })  # fmt: skip


def computed(value: str) -> bytes:
    """The phone is a formula; `value` is what the program computed last."""
    content = xlsx(table({"联系电话": '="100"&"12345678"'}))
    return rewritten(content, "sheet1.xml", b"<v></v>", value.encode()) if value else content


def merged(cells: str) -> bytes:
    return xlsx(table(), lambda sheet: sheet.merge_cells(cells))


def hidden_rows(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def hide_columns(sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def two_sheets(state: str, *, own: bool = True) -> bytes:
    """The ledger on one sheet, an older one on another that `state` hides."""

    def add(sheet: Any) -> None:
        older = sheet.parent.create_sheet("去年")
        for row in table({"身份证号码": resident_number(9), "姓名": "林去年"}):
            older.append(row)
        older.sheet_state = state

    content = xlsx(table(), add)
    return content if own else rewritten(content, "sheet1.xml", "姓名".encode(), "某某".encode())


def only_hidden() -> bytes:
    def hide(sheet: Any) -> None:
        sheet.parent.create_sheet("封面").append(["封面"])
        sheet.parent.active = 1
        sheet.sheet_state = "hidden"

    return xlsx(table(), hide)


def serials(first: str) -> bytes:
    content = xlsx(table({"决定日期": 45342, "报到日期": 45352, "协议签订日期": 45352}))
    return rewritten(content, "workbook.xml", b"<workbookPr", first.encode())


def wide_header() -> bytes:
    rows = table()
    return xlsx([rows[0] + [f"第{n}项" for n in range(16_384 - len(LINE))], *rows[1:]])


def wide_formats() -> bytes:
    """Formats to the last column, and nothing in them."""
    letters = (openpyxl.utils.get_column_letter(n) for n in range(len(LINE) + 1, 16_385))
    more = "".join(f'<c r="{one}2" s="0"/>' for one in letters)
    head, line, rest = inline(table(), refs=True).split("</row>", 2)
    return bare_sheet(f"{head}</row>{line}{more}</row>{rest}")


def without(part: str) -> bytes:
    return packed({name: own for name, own in parts_of(xlsx(table())).items() if part not in name})


def title_merged(sheet: Any) -> None:
    sheet.merge_cells("A1:J1")


PASSWORD, TOO_MUCH, DAMAGED = "protected by a password", "far more than its size", "damaged or cut"
HIDDEN = "is hidden in the file"
FORMULA = "computed by a formula"
FILES: Final = [
    Odd("a bomb of zeros", zip_bomb, refused=TOO_MUCH),
    Odd("three thousand parts", many_parts, refused=TOO_MUCH),
    Odd("entities in the shared strings", lambda: shared_strings("&j;", 1, LAUGHS),
        refused=DAMAGED),
    Odd("entities in the book", lambda: laughing("workbook.xml"), refused=DAMAGED),
    Odd("entities in the sheet", lambda: laughing("sheet1.xml"), counts=TWO),
    # 30,000 signs, 600 MB of them.
    Odd("one string in 20,000 cells", lambda: shared_strings("x" * 30_000, 1_000),
        refused=TOO_MUCH),
    Odd("a cell in the last corner", lambda: far("XFD1048576"), refused="millions of cells"),
    Odd("a cell in the last line", lambda: far("A1048576"), refused="millions of cells"),
    Odd("a cell in the last column", lambda: far("XFD2"), counts=TWO, says=("column XFD",)),
    Odd("a far cell of an old book", far_xls, refused=TOO_MUCH),
    Odd("cells without references", lambda: without_references(0), counts=TWO),
    Odd("20,000 lines without references", lambda: without_references(20_000),
        refused="ends at line 3, and goes on to line 20001"),
    Odd("200,000 empty lines", lambda: empty_rows(200_010), counts=TWO),
    Odd("16,384 columns with words", wide_header, refused="names 16384 columns"),
    Odd("16,384 columns without words", wide_formats, counts=TWO),
    Odd("a password, new book", lambda: files.OLE + b"\0" * 600 + files.ENCRYPTED,
        refused=PASSWORD),
    Odd("a password, old book", password_xls, refused=PASSWORD, name="台账.xls"),
    Odd("a password, open document", password_ods, refused=PASSWORD, name="台账.ods"),
    Odd("a sheet protected from changes", locked_xls, counts=TWO, name="台账.xls"),
    Odd("macros", with_macros, counts=TWO, name="台账.xlsm"),
    Odd("a link to another machine", linked, counts=ONE, says=(FORMULA,)),
    Odd("a formula with its value", lambda: computed("<v>10012345678</v>"), counts=ONE,
        says=(FORMULA,), facts={"phone": "10012345678"}),
    Odd("a formula never computed", lambda: computed(""), counts=WRONG, says=("never computed",)),
    Odd("an error in a cell", lambda: xlsx(table({"联系电话": "#N/A"})), counts=WRONG,
        says=("Cell C2 holds an error",)),
    Odd("cells merged over lines", lambda: merged("I2:I3"), refused="merged over lines 2 to 3"),
    Odd("cells merged in a line", lambda: merged("I2:J2"), counts=TWO),
    Odd("a merged title", lambda: xlsx([["琼海市台账"], *table()], title_merged), counts=TWO),
    Odd("hidden and struck lines", lambda: xlsx(table(), hidden_rows), counts=TWO,
        says=("The line " + HIDDEN, "struck out")),
    Odd("a hidden column", lambda: xlsx(table(), hide_columns), counts=TWO,
        says=("The column 联系电话 " + HIDDEN,)),
    Odd("a hidden sheet beside", lambda: two_sheets("hidden"), counts=TWO),
    Odd("a very hidden sheet beside", lambda: two_sheets("veryHidden"), counts=TWO),
    Odd("two sheets that fit", lambda: two_sheets("visible"), refused="Several sheets"),
    Odd("the ledger itself is hidden", only_hidden, counts=TWO, says=("The sheet " + HIDDEN,)),
    Odd("days as numbers, 1900", lambda: serials("<workbookPr"), counts=ONE),
    Odd("days as numbers, 1904", lambda: serials('<workbookPr date1904="1"'), counts=WRONG,
        says=("future",)),
    Odd("a number that lost its digits", lambda: xlsx(table({"身份证号码": 4.69099195001e17})),
        counts=WRONG, says=("lost its last digits",)),
    Odd("an old book of another office program", lambda: xls(table()), counts=TWO, name="台账.et"),
    Odd("a new book under an old name", lambda: xlsx(table()), counts=TWO, name="台账.xls"),
    Odd("an open document", lambda: ods(table()), counts=TWO, name="台账.ods"),
    Odd("an empty book", lambda: xlsx([]), refused="No line names the columns"),
    Odd("no sheets", lambda: rewritten(xlsx(table()), "workbook.xml", b"<sheets>",
        b"<sheets/><x>"), refused=DAMAGED),
    Odd("no styles", lambda: without("styles"), counts=TWO),
    Odd("a sheet that is named and not there", lambda: without("sheet1"), refused=DAMAGED),
    Odd("a document of words", lambda: packed({"word/document.xml": "<w/>"}),
        refused="no workbook"),
    Odd("a line number that is none", lambda: rewritten(
        xlsx(table()), "sheet1.xml", b'<row r="2"', b'<row r="x"'), refused=DAMAGED),
    Odd("a line number beyond the end", lambda: rewritten(
        xlsx(table()), "sheet1.xml", b'r="A2"', b'r="A9999999"'), refused="millions of cells"),
    Odd("a cell twice", lambda: bare_sheet(inline(table(), refs=True).replace('r="B2"', 'r="A2"')),
        counts={"new": 1, "rejected": 1}, says=("身份证号码",)),
]  # fmt: skip
