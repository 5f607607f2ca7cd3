"""Files as offices make them, one of each odd shape: read as meant, or named in words."""

import zipfile
from contextlib import nullcontext
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from openpyxl.styles import Font

from apps.accounts.models import User
from apps.cases.models import Case
from apps.checkins.ledger import asks_help
from apps.core.refusals import Refused
from apps.imports import files, opening
from apps.imports.services import import_ledger, reading
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.identity import check_character
from apps.persons.models import Person
from tests.factories.areas import area
from tests.factories.persons import resident_number
from tests.imports.sheets import opened, write_csv, write_xls, write_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NUMBER, OTHER = resident_number(1), resident_number(2)
LINE = {
    "姓名": "陈海生", "身份证号码": NUMBER, "联系电话": "10012345678", "管控类型": "社区戒毒",
    "决定书文号": "〔2024〕1号", "决定日期": "2024-02-20", "报到日期": "2024-03-01",
    "协议签订日期": "2024-03-01", "执行地": "嘉积镇", "文化程度": "初中", "专干": "",
}  # fmt: skip
NOTHING = ["无", "不详", "暂无", "/", "—", "——", "-", "N/A", "待补", "未知"]


@pytest.fixture(autouse=True)
def _areas() -> None:
    area()


def table(*lines: dict[str, Any]) -> list[list[Any]]:
    return [list(LINE), *(list((LINE | line).values()) for line in lines or ({},))]


def bring_in(path: Path, kind: str = "persons") -> Report:
    return import_ledger(
        ledger=ledgers()[kind], path=path, by=User.objects.system(), area=area("469002")
    )


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The package with one part written otherwise."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = next(name for name in parts if name.endswith(part))
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for known, content in parts.items():
            package.writestr(known, content)
    return path


@pytest.mark.parametrize("word", NOTHING)
def test_what_says_that_nothing_is_known_is_an_empty_cell(tmp_path: Path, word: str) -> None:
    optional = ["联系电话", "决定书文号", "决定日期", "协议签订日期", "文化程度", "专干"]
    report = bring_in(write_xlsx(tmp_path / "a.xlsx", table(dict.fromkeys(optional, word))))
    assert (report.new, report.rejected) == (1, 0)
    person, case = Person.objects.get(), Case.objects.get()
    assert (person.phone, person.education) == ("", "")
    assert (case.decision_number, case.decided_on, case.agreement_on) == ("", None, None)
    assert not [gap for gap in report.gaps if gap.gap.endswith(("_word", "_unknown"))]


def test_a_name_that_nobody_knows_is_missing(tmp_path: Path) -> None:
    assert bring_in(write_xlsx(tmp_path / "a.xlsx", table({"姓名": "不详"}))).rejected == 1


def test_bare_days_follow_the_epoch_of_their_workbook(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table({"决定日期": 43881, "报到日期": 43890}))
    changed(path, "workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"')
    assert bring_in(path).new == 1
    assert Case.objects.get().decided_on == date(2024, 2, 21)


@pytest.mark.parametrize(
    ("cell", "words"), [("#N/A", "Cell C2 holds an error"), ('="100"&"12345678"', "never computed")]
)
def test_cells_that_hold_nothing_readable_are_named_and_the_line_waits(
    tmp_path: Path, cell: str, words: str
) -> None:
    report = bring_in(write_xlsx(tmp_path / "a.xlsx", table({"联系电话": cell}, {
        "身份证号码": OTHER, "姓名": "王丽"})))  # fmt: skip
    assert (report.new, report.rejected) == (1, 1)
    assert words in report.errors[0].reason


def test_hidden_and_struck_lines_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    for row in table({}, {"身份证号码": OTHER}, {"身份证号码": resident_number(3)}):
        book.active.append(row)
    book.active.row_dimensions[2].hidden = True
    for cell in book.active[3]:
        cell.font = Font(strike=True)
    book.save(path)
    report = bring_in(path)
    assert report.new == 3
    rows = {gap.gap: gap.rows for gap in report.gaps if gap.gap.endswith("_row")}
    assert rows == {"hidden_row": [2], "struck_row": [3]}


@pytest.mark.parametrize(
    "written", ["\t{}", "'{}", '="{}"', "\u202d{}\u202c", "\u00a0{}", "{} ", "﻿{}"]
)
def test_a_number_behind_tricks_is_the_number(tmp_path: Path, written: str) -> None:
    rows = table({"身份证号码": written.format(NUMBER)})
    assert bring_in(write_csv(tmp_path / "a.csv", rows)).new == 1
    assert Person.objects.get().document_number == NUMBER


@pytest.mark.parametrize(
    "name", ["迪力・买买提", "迪力·买买提", "迪力‧买买提", "迪力·买\u200b买提"]
)
def test_a_name_in_any_spelling_is_one_name(tmp_path: Path, name: str) -> None:
    bring_in(write_xlsx(tmp_path / "a.xlsx", table({"姓名": "迪力·买买提"})))
    report = bring_in(write_xlsx(tmp_path / "b.xlsx", table({"姓名": name})))
    assert (report.unchanged, report.held) == (1, 0)


@pytest.mark.parametrize(
    ("words", "asks"),
    [("不需要帮助", False), ("暂不需要帮助", False), ("无需要帮助的事", False), ("需要帮助", True),
     ("情况稳定，需要帮助", True), ("不在家。需要帮助", True), ("没什么需要帮助", False)],
)  # fmt: skip
def test_who_says_that_no_help_is_needed_asks_for_none(words: str, asks: bool) -> None:
    assert asks_help(words) is asks


SECOND = {"管控类型": "社区康复", "决定书文号": "〔2024〕2号"}
FIRST = {"决定书文号": "〔2018〕1号", "决定日期": "2018-03-01", "报到日期": "2018-03-05",
         "协议签订日期": "2018-03-06"}  # fmt: skip


def test_two_orders_of_one_person_both_go_in_and_again_nothing_changes(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", table(FIRST, SECOND))
    report = bring_in(path)
    assert (report.new, report.changed, report.rejected, report.duplicates) == (1, 1, 0, 0)
    assert set(Case.objects.values_list("measure", flat=True)) == {"SQJD", "SQKF"}
    assert bring_in(path).unchanged == 2


def test_two_orders_of_one_number_do_not_hide_two_persons(tmp_path: Path) -> None:
    report = bring_in(write_xlsx(tmp_path / "a.xlsx", table(FIRST, SECOND | {"姓名": "林他人"})))
    assert (report.new, report.rejected) == (1, 1)
    assert "林他人" in report.errors[0].reason


def test_columns_of_unknown_words_are_named(tmp_path: Path) -> None:
    rows = table()
    rows[0][rows[0].index("协议签订日期")] = "签了协议的那天"
    out = StringIO()
    path = write_xlsx(tmp_path / "a.xlsx", rows)
    given = {"area": "469002", "verbosity": 0, "stdout": out}
    with pytest.raises(CommandError, match=r"looks? like data.*签了协议的那天"):
        call_command("import_ledger", "persons", path, **given)
    call_command("import_ledger", "persons", path, ignore=["签了协议的那天"], **given)
    assert "Not read, their words are not known: 签了协议的那天" in out.getvalue()
    # Nobody knows from this file whether the agreement was signed.
    gap = "Agreement not signed: no column of the file was read as 协议签订日期"
    assert f"{gap} (1 line)" in out.getvalue()
    assert "Date of receipt missing: no column of the file was read as" in out.getvalue()


@pytest.mark.parametrize("word", ["签协议时间", "协议签订时间", "签订协议时间", "签协议日期"])
def test_the_day_of_the_agreement_has_many_words(tmp_path: Path, word: str) -> None:
    rows = table()
    rows[0][rows[0].index("协议签订日期")] = word
    report = bring_in(write_xlsx(tmp_path / "a.xlsx", rows))
    assert Case.objects.get().agreement_on == date(2024, 3, 1)
    assert not [gap for gap in report.gaps if gap.gap == "no_agreement"]


GROUPED = ["法律文书", "", "", ""]


@pytest.mark.parametrize("merge", ["", "A1:A2"])
def test_a_header_of_two_lines_is_one(tmp_path: Path, merge: str) -> None:
    head = list(LINE)
    upper = [*head[:4], *GROUPED, *head[8:]]
    lower = ["", "", "", "", *head[4:8], *[""] * len(head[8:])]
    path = write_xlsx(tmp_path / "a.xlsx", [upper, lower, list(LINE.values())], merge=merge)
    report = bring_in(path)
    assert (report.new, report.ignored) == (1, [])
    assert Case.objects.get().agreement_on == date(2024, 3, 1)


def test_no_file_of_a_county_opens_an_account_beyond_it(tmp_path: Path) -> None:
    head = ["用户名", "姓名", "角色", "区划代码"]
    rows = [head, ["w1", "符琼", "专干", "469002100"], ["evil", "越权", "系统管理", ""],
            ["wide", "越权", "审计", ""]]  # fmt: skip
    report = bring_in(write_xlsx(tmp_path / "u.xlsx", rows), "users")
    assert (report.new, report.rejected) == (1, 2)
    assert "reaches beyond" in report.errors[0].reason


def test_a_number_of_fifteen_digits_is_the_one_of_eighteen(tmp_path: Path) -> None:
    old = "469099500101123"
    number = "46909919500101123" + check_character("46909919500101123")
    path = write_csv(tmp_path / "a.csv", table({"身份证号码": old}))
    assert bring_in(path).new == 1
    assert Person.objects.get().document_number == number
    assert bring_in(path).unchanged == 1


def test_a_passport_is_taken_by_the_kind_that_the_line_names(tmp_path: Path) -> None:
    rows = table({"身份证号码": "E12345678"}, {"身份证号码": "E12345679"})
    rows = [[*rows[0], "证件类型"], [*rows[1], "护照"], [*rows[2], ""]]
    report = bring_in(write_xlsx(tmp_path / "a.xlsx", rows))
    assert (report.new, report.rejected) == (1, 1)
    person = Person.objects.get()
    assert (person.document_kind, person.document_number) == ("passport", "E12345678")


def test_a_password_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(files.OLE + b"\0" * 600 + files.ENCRYPTED)
    with pytest.raises(Refused, match="protected by a password"):
        opened(path)


def test_a_text_document_table_of_an_open_office_is_taken(tmp_path: Path) -> None:
    head = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:'
            '1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:'
            'oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="S">')  # fmt: skip
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>"
        for row in table()
    )
    end = "</table:table></office:spreadsheet></office:body></office:document-content>"
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", head + rows + end)
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    assert bring_in(path).new == 1


def test_one_text_in_a_hundred_thousand_cells_is_not_unfolded(tmp_path: Path) -> None:
    # One shared string of 30,000 signs: the file is small, what it unfolds to is 600 MB.
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(1_000):
            sheet.write_row(row, 0, ["x" * 30_000] * 20)
    with pytest.raises(Refused, match="far more than its size"):
        opened(path)


def test_a_cell_very_far_away_is_not_reached(tmp_path: Path) -> None:
    rows: list[list[Any]] = [list(LINE), *[[] for _ in range(65_534)], [""] * 255 + ["x"]]
    with pytest.raises(Refused, match="far more than its size"):
        opened(write_xls(tmp_path / "far.xls", rows))


@pytest.mark.parametrize(
    ("stated", "lines", "words"),
    [("A1:L4", 30, "ends at line 4, and goes on to line 30"), ("A1:L4", 41, "more than 40 lines"),
     ("A1", 30, ""), ("A1:L30", 30, ""), ("A1:L4", 20, "")],
)  # fmt: skip
def test_a_sheet_that_goes_on_where_it_says_it_ends_is_refused_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stated: str, lines: int, words: str
) -> None:
    """Lines without numbers; pieces so small that a line is read in two of them."""
    for name, value in {
        "LINES_BEYOND": 5,
        "LINES_AT_LEAST": 20,
        "MAX_LINES": 40,
        "CHUNK": 37,
    }.items():
        monkeypatch.setattr(files, name, value)
    rows = "<row><c><v>1</v></c></row>" * lines
    part = f'<worksheet><dimension ref="{stated}"/><sheetData>{rows}</sheetData></worksheet>'
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", part)
    with pytest.raises(Refused, match=words) if words else nullcontext():
        files._check_package(content.getvalue())


def test_a_long_list_of_something_else_is_refused_by_its_first_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LINES_TRIED", 5)
    path = write_csv(tmp_path / "a.csv", table(*[{"身份证号码": str(n)} for n in range(20)]))
    with pytest.raises(Refused, match="Is this the right list"):
        bring_in(path)
    good = [{"身份证号码": resident_number(n), "姓名": "王丽"} for n in range(10, 17)]
    assert bring_in(write_csv(tmp_path / "b.csv", table(*good))).new == 7


def test_marks_of_a_cell_without_reference_count_on(tmp_path: Path) -> None:
    xml = b'<w><row><c><v>1</v></c><c t="e"><v>#REF!</v></c></row><row hidden="1"/></w>'
    marks = opening._marks(xml, set())
    assert (marks.unread, marks.rows) == ({1: {2: ("#REF!", "error")}}, {2: ["hidden"]})
