"""Ledgers of an office go in through the page, twice, and are taken back: nothing is left of them.

Each run takes the head of the files, the wrong and doubled lines of their ends with it; `make soak`
takes them whole, with the figures that the office knows.
"""

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.accounts.models import User
from apps.imports.models import LedgerImport
from tests.e2e.conftest import Desk
from tests.factories.accounts import UserFactory
from tests.imports.rows_of_all import every_row, windows

LEDGERS = Path(__file__).parent.parent / "data" / "ledgers"
EXPECTED = json.loads((LEDGERS / "expected.json").read_text())
WHOLE = os.environ.get("WHOLE_SWEEP") == "1"
HEAD, END = 12, 8


def cut(path: Path) -> bytes:
    """The head of a file and its end."""
    if WHOLE:
        return path.read_bytes()
    if path.suffix == ".csv":
        encoding = "gb18030" if "checkins" in path.name else "utf-8-sig"
        lines = path.read_text(encoding).splitlines(keepends=True)
        return "".join(lines[:HEAD] + lines[-END:]).encode(encoding)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet.delete_rows(HEAD + 3, sheet.max_row - HEAD - 2 - END)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def bring_in(page: Page, ledger: str, name: str) -> dict[str, str]:
    """Upload, wait, apply where there is something; numbers of the tabs before that."""
    page.goto(page.url.split("/imports/")[0] + reverse("imports:new"))
    page.locator("[name=ledger]").select_option(ledger)
    page.locator("[name=area]").select_option(label="琼海市")
    file: Any = {"name": name, "mimeType": "application/octet-stream",
                 "buffer": cut(LEDGERS / name)}  # fmt: skip
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="上传").click()
    expect(page.locator("#import[hx-get]")).to_be_visible()
    call_command("import_work")
    expect(page.locator("nav.tabs")).to_be_visible()
    tabs = page.locator("nav.tabs a").all_inner_texts()
    found = dict(text.rsplit(maxsplit=1) for text in tabs)
    button = page.get_by_role("button", name="写入")
    if button.count():
        button.click()
        expect(page.locator("#import[hx-get]")).to_be_visible()
        call_command("import_work")
        expect(page.get_by_role("link", name="撤销本次导入")).to_be_visible()
    return found


def take_back(page: Page, one: LedgerImport) -> None:
    page.goto(page.url.split("/imports/")[0] + reverse("imports:undo", args=[one.public_id]))
    page.locator("[name=reason]").fill("试用时传错了文件")
    page.locator("main form .btn-primary").click()
    expect(page.get_by_text("导入已撤销")).to_be_visible()


@pytest.fixture
def keeper() -> User:
    return UserFactory(records_admin=True)


def test_ledgers_go_in_twice_and_are_taken_back(desk: Desk, keeper: User) -> None:
    system = UserFactory(system_admin=True)
    before = windows(every_row())
    mine = desk.open(reverse("imports:new"), keeper)
    theirs = desk.open(reverse("imports:new"), system)
    first = {}
    for page, ledger, name in (
        (theirs, "users", "10-users-qionghai.csv"), (mine, "persons", "01-persons-qionghai.xlsx"),
        (mine, "checkins", "02-checkins-2024-04-qionghai.csv"),
    ):  # fmt: skip
        first[ledger] = bring_in(page, ledger, name)
        whole = windows(every_row())
        again = bring_in(page, ledger, name)
        assert "新增" not in again, again
        assert windows(every_row()) == whole
    assert (first["persons"]["有误"], first["persons"]["重复"]) == ("6", "1")
    assert int(first["checkins"]["有误"]) >= 3
    if WHOLE:
        persons, checkins = EXPECTED["persons"], EXPECTED["checkins_2024_04"]
        assert int(first["persons"]["新增"]) == persons["new"]
        assert int(first["checkins"]["新增"]) == checkins["new"]
        assert int(first["checkins"]["重复"]) == checkins["duplicates"]
        assert int(first["checkins"]["有误"]) == checkins["rejected"]
    applied = LedgerImport.objects.filter(state="applied").order_by("-pk")
    for one in applied:
        take_back(theirs if one.ledger == "users" else mine, one)
    assert windows(every_row()) == before


def test_a_column_is_confirmed_and_a_cell_mended_on_a_phone(desk: Desk, keeper: User) -> None:
    page = desk.open(reverse("imports:new"), keeper, width=390)
    text = io.StringIO()
    csv.writer(text).writerows([
        ["姓名", "身份证号码", "管控类型", "谈话日"],
        ["林月", "46900219910514", "社会面管控", "2024-03-01"],
    ])  # fmt: skip
    page.locator("[name=ledger]").select_option("persons")
    file: Any = {"name": "a.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="上传").click()
    call_command("import_work")
    page.get_by_role("link", name="确认列的对应").click()
    row = page.locator("tr[data-waits]")
    expect(row).to_contain_text("谈话日")
    row.locator("select").select_option(label="不读取这一列")
    page.get_by_role("button", name="确认并逐行试运行").click()
    call_command("import_work")
    cell = page.get_by_label("身份证号码")
    expect(cell).to_have_value("46900219910514")
    cell.fill("469098198803040037")
    page.get_by_role("button", name="保存并重新逐行核对").click()
    call_command("import_work")
    expect(page.get_by_role("button", name="写入 1 行")).to_be_visible()
