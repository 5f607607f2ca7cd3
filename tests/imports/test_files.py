"""Opening what an office sends, and refusing what cannot be read safely."""

import zipfile
from pathlib import Path

import pytest

from apps.core.refusals import Refused
from apps.imports import files
from tests.imports.sheets import opened, write_csv, write_xls, write_xlsx

DATA = Path(__file__).parents[1] / "data" / "odd"
ROWS = [["用户名", "姓名"], ["w1", "符琼"], ["w2", "周亮"]]


def cells(path: Path) -> list[list[object]]:
    (sheet,) = opened(path)
    return [line.cells for line in sheet.lines]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_table_in_any_usual_encoding(tmp_path, encoding, separator):
    assert cells(write_csv(tmp_path / "a.csv", ROWS, encoding, separator)) == ROWS


def test_workbooks_new_and_old_are_told_by_content_and_not_by_name(tmp_path):
    assert cells(write_xlsx(tmp_path / "a.xls", ROWS)) == ROWS
    assert cells(write_xls(tmp_path / "a.xlsx", ROWS)) == ROWS


def test_a_binary_workbook_is_read():
    assert cells(DATA / "names.xlsb") == [["姓名"], ["杰甲"], ["杰乙"]]


def test_lines_are_numbered_as_the_spreadsheet_program_shows_them(tmp_path):
    path = write_xlsx(tmp_path / "a.xlsx", [[], [], ["用户名"], ["w1"]])
    (sheet,) = opened(path)
    assert [(line.number, line.cells) for line in sheet.lines][2:] == [(3, ["用户名"]), (4, ["w1"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"abc\x00def", "neither a workbook"),
        (b"\x89PNG\r\n\x1a\n\x00", "neither a workbook"),
        (b"<html><body>1</body></html>", "web page"),
        ("姓名,电话\n符琼,1".encode("gb18030")[:-5] + b"\xff", "neither UTF-8"),
        (b'a,b\n"c,d\n', "quotation mark"),
        (b"PK\x03\x04 and nothing more", "damaged or cut off"),
        (files.OLE + b"\x00" * 600, "damaged or cut off"),
    ],
)
def test_what_is_no_ledger_is_refused_in_words(tmp_path, content, words, english):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        opened(path)


def test_a_missing_file_is_refused(tmp_path, english):
    with pytest.raises(Refused, match="There is no file"):
        opened(tmp_path / "nothing.csv")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("write", [write_xlsx, write_xls])
def test_a_workbook_that_was_cut_off_is_refused(tmp_path, write, share, english):
    path = write(tmp_path / "a", [["姓名", str(n)] for n in range(2000)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Refused, match="damaged or cut off"):
        opened(path)


def test_a_large_file_is_refused(tmp_path, monkeypatch, english):
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(Refused, match="larger than"):
        opened(write_csv(tmp_path / "a.csv", ROWS))


def test_too_many_lines_are_refused(tmp_path, monkeypatch, english):
    monkeypatch.setattr(files, "MAX_LINES", 2)
    with pytest.raises(Refused, match="more than 2 lines"):
        opened(write_csv(tmp_path / "a.csv", ROWS))
    with pytest.raises(Refused, match="more than 2 lines"):
        opened(write_xlsx(tmp_path / "a.xlsx", ROWS))


def test_a_package_that_unpacks_to_a_thousand_times_its_size_is_not_opened(tmp_path, english):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 60_000_000)
    with pytest.raises(Refused, match="far more than its size"):
        opened(path)


def test_a_package_that_is_no_workbook_is_refused(tmp_path, english):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    with pytest.raises(Refused, match="no workbook"):
        opened(path)


def test_a_sheet_that_claims_millions_of_cells_is_not_opened(tmp_path, english):
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    giant = tmp_path / "giant.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(giant, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/worksheets/"):
                content = content.replace(b'r="B3"', b'r="XFD1048576"')
            new.writestr(part.filename, content)
    with pytest.raises(Refused, match="millions of cells"):
        opened(giant)
