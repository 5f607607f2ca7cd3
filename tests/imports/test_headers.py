"""Which line is the header, which column says what, and which lines state nothing."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.core.refusals import Refused
from apps.imports.files import LedgerSheet, SheetLine
from apps.imports.headers import find_table
from apps.imports.models import LedgerSynonym
from apps.ledgers.ledger import ledgers
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
USERS, PERSONS = ledgers()["users"], ledgers()["persons"]
HEADER = ["序号", "用户名", "姓名", "角色"]


def sheet(*rows: list[object], merged=(), name="台账") -> LedgerSheet:
    return LedgerSheet(
        name, [SheetLine(n, list(row)) for n, row in enumerate(rows, start=1)], list(merged)
    )


def test_the_header_stands_under_title_lines():
    table = find_table([sheet(["琼海市专干名册"], [], HEADER, [1, "w1", "符琼", "专干"])], USERS)
    assert table.header.number == 3
    assert table.positions == {"username": 1, "name": 2, "role": 3}
    assert table.ignored == ["序号"]
    assert [line.number for line in table.lines()] == [4]


@pytest.mark.parametrize(
    "words",
    [
        ["身份证号", "姓名", "类别"],
        ["证件号码", "人员姓名", "管控类别"],
        [" 身份证\n号码（必填）", "姓　名", "管控类型："],
        ["公民身份号码", "姓名*".rstrip("*"), "措施"],
    ],
)
def test_offices_name_the_same_columns_differently(words):
    table = find_table([sheet(words, ["1", "2", "3"])], PERSONS)
    assert set(table.positions) == {"document_number", "name", "measure"}


def test_an_administrator_adds_the_offices_own_word():
    rows = sheet(["号码证", "名字", "管控类型"])
    with pytest.raises(Refused, match="没有找到表头，缺少列：姓名、身份证号码。"):
        find_table([rows], PERSONS)
    LedgerSynonym.objects.create(ledger="persons", field="document_number", word="号码证")
    LedgerSynonym.objects.create(ledger="persons", field="name", word="名字")
    assert find_table([rows], PERSONS).title("name") == "名字"


def test_a_word_is_added_for_a_column_that_exists():
    with pytest.raises(ValidationError, match="document_number"):
        LedgerSynonym(ledger="persons", field="nothing", word="某").full_clean()
    LedgerSynonym(ledger="persons", field="name", word="某").full_clean()
    assert str(LedgerSynonym(field="name", word="某")) == "某 → name"


@pytest.mark.parametrize(
    "line",
    [
        [], ["", None, " "], ["合计", "", "", 28], ["合 计："], ["", "总计"], ["小计", 5], HEADER,
        ["填表人：符琼"], ["注：本表每月上报"],
    ],
)  # fmt: skip
def test_totals_empty_lines_and_footnotes_are_no_records(line):
    assert list(find_table([sheet(HEADER, line)], USERS).lines()) == []


def test_a_missing_column_is_named(english):
    with pytest.raises(Refused, match="角色"):
        find_table([sheet(["用户名", "姓名"])], USERS)


def test_two_columns_that_say_the_same_are_refused(english):
    with pytest.raises(Refused, match="账号"):
        find_table([sheet([*HEADER, "账号"])], USERS)


def test_two_sheets_of_the_kind_are_refused(english):
    sheets = [sheet(HEADER, name="一月"), sheet(HEADER, name="二月")]
    with pytest.raises(Refused, match="一月、二月"):
        find_table(sheets, USERS)
    assert find_table([sheet(["说明"]), sheets[0]], USERS).sheet.name == "一月"


def test_cells_merged_over_lines_are_refused_and_a_merged_title_is_not(english):
    rows = (["名册"], HEADER, ["1", "w1", "符琼", "专干"], ["2", "w2", "周亮", "专干"])
    assert find_table([sheet(*rows, merged=[((0, 0), (0, 3))])], USERS).positions
    with pytest.raises(Refused, match="lines 3 to 4"):
        find_table([sheet(*rows, merged=[((2, 3), (3, 3))])], USERS)


def test_a_word_of_an_office_is_entered_and_changed_in_the_admin(client):
    client.force_login(UserFactory(system_admin=True))
    sent = {"ledger": "persons", "field": "name", "word": "人员"}
    add = reverse("admin:imports_ledgersynonym_add")
    assert client.post(add, sent).status_code == 302
    row = LedgerSynonym.objects.get()
    assert client.post(add, sent).status_code == 422, "the same word again stands in the form"
    change = reverse("admin:imports_ledgersynonym_change", args=[row.pk])
    assert client.post(change, sent | {"word": "名字"}).status_code == 302
    assert list(LedgerSynonym.objects.values_list("word", flat=True)) == ["名字"]
