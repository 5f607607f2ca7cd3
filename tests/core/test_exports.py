import csv
import io
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from apps.core.exports import Sheet, defused, file_response, footer_text

STARTS = [
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\u3000=",
    "\ufeff=",
]


def sheet(*rows: list[object]) -> Sheet:
    return Sheet("名单", ["姓名", "日期"], rows, "2026-11-22 周晓岚")


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def content_of(kind: str, *rows: list[object]) -> bytes:
    with closing(file_response(sheet(*rows), kind, "list")) as response:
        return b"".join(response.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", STARTS)
def test_what_a_spreadsheet_would_compute_begins_with_an_apostrophe(start: str) -> None:
    formula = f'{start}HYPERLINK("http://x")'
    assert defused(formula) == f"'{formula}"
    assert read_csv(content_of("csv", [formula, ""]))[1][0].startswith("'")
    book = openpyxl.load_workbook(io.BytesIO(content_of("xlsx", [formula, ""])))
    cell = book.active.cell(2, 1)  # type: ignore[union-attr]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


@given(st.text(max_size=20))
def test_no_text_leaves_as_a_formula(text: str) -> None:
    assert defused(text).lstrip(" \u00a0\u200b\u3000\ufeff")[:1] not in set(
        "=+-@\t\r\n＝＋－＠"
    ) - {""}


def test_numbers_and_days_stay_what_they_are() -> None:
    moment = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    content = content_of("xlsx", [-3, date(2026, 11, 22)], [Decimal("1.5"), moment], [None, True])
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert page.cell(2, 1).value == -3
    assert str(page.cell(2, 2).value) == "2026-11-22 00:00:00"
    assert page.cell(3, 1).value == 1.5
    assert str(page.cell(3, 2).value) == "2026-11-23 00:30:00"  # Shanghai
    assert page.cell(4, 2).value == "True"


def test_every_file_says_at_its_end_who_took_it() -> None:
    assert read_csv(content_of("csv", ["林", date(2026, 1, 2)]))[1:] == [
        ["林", "2026-01-02"],
        ["2026-11-22 周晓岚"],
    ]


def test_download_is_named_and_typed() -> None:
    with closing(file_response(sheet(), "csv", "persons-20261122")) as response:
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert 'filename="persons-20261122.csv"' in response["Content-Disposition"]


def test_the_footer_shows_an_ampersand_and_fits_what_excel_takes() -> None:
    assert footer_text("陈 & 符") == "&L陈 && 符&R&P / &N"
    long = footer_text("&" * 300)
    assert len(long) <= 255
    assert long.endswith("…&R&P / &N")
    assert long.count("&&") * 2 == long.count("&") - 4  # none is cut in two
    book = Sheet("签到/走访: 2026?", ["姓名"], [["长" * 40000]], "用途 & " * 80)
    with closing(file_response(book, "xlsx", "list")) as response:
        content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    assert page.oddFooter.left.text.startswith("用途 && 用途")
    assert len(page["A2"].value) == 32767


@pytest.mark.parametrize("count", [1, 2, 5])
def test_each_column_is_wide_enough_and_there_is_no_other(count: int) -> None:
    book = Sheet("名单", ["姓名"] * count, [], "2026-11-22 周晓岚")
    with closing(file_response(book, "xlsx", "list")) as response:
        content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    widths = page.column_dimensions.values()
    assert [(one.min, one.max, round(one.width)) for one in widths] == [(1, count, 17)]


def xlsx(book: Sheet) -> Worksheet:
    with closing(file_response(book, "xlsx", "list")) as response:
        content = b"".join(response.streaming_content)  # type: ignore[arg-type]
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    return page


@pytest.mark.parametrize(("letters", "cut"), [(241, False), (242, False), (243, True), (300, True)])
def test_a_footer_is_cut_where_excel_takes_no_more(letters: int, cut: bool) -> None:
    kept = "字" * min(letters, 242) + ("…" if cut else "")
    assert footer_text("字" * letters) == f"&L{kept}&R&P / &N"


@pytest.mark.parametrize(
    ("title", "name"),
    [("名" * 31, "名" * 31), ("名" * 32, "名" * 31), (" '名单' ", "名单"), ("a/b:c", "a b c"),
     ("?", "1"), ("", "1")],
)  # fmt: skip
def test_a_sheet_is_called_what_excel_takes(title: str, name: str) -> None:
    assert xlsx(Sheet(title, ["姓名"], [], "周晓岚")).title == name


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_head_stays_in_sight_and_the_last_line_says_who_took_it(count: int) -> None:
    moment = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    page = xlsx(Sheet("名单", ["日", "时"], [[date(2026, 1, 2), moment]] * count, "=周晓岚"))
    assert page.freeze_panes == "A2"
    assert [page.cell(1, column).value for column in (1, 2)] == ["日", "时"]
    assert page.cell(1, 1).font.b
    assert page.max_row == count + 2
    assert page.cell(count + 2, 1).value == "'=周晓岚"
    assert not page.cell(count + 2, 1).font.b
    for line in range(2, count + 2):
        formats = [page.cell(line, column).number_format for column in (1, 2)]
        assert formats == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm"]


def test_a_moment_is_written_to_the_minute_and_a_day_as_a_day() -> None:
    moment = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    row: list[object] = [moment, datetime(2026, 1, 2, 8, 5), None, False, date(2026, 1, 2), 3]  # noqa: DTZ001 - as some tables have it
    assert read_csv(content_of("csv", row))[:2] == [
        ["姓名", "日期"],
        ["2026-11-23 00:30", "2026-01-02 08:05", "", "False", "2026-01-02", "3"],
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_file_with_names_is_left_beside_the_download(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("A file outside of memory")

    for name in ("mkstemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert content_of(kind, ["林", ""])
    with closing(file_response(sheet(), kind, "list")) as response:
        assert response["Content-Disposition"].startswith("attachment;")
