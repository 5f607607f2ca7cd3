"""An import on record: read, columns confirmed, dry run, mended, decided, applied."""

import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from apps.accounts.models import User
from apps.core.differing import Differs
from apps.core.fields import uuid7
from apps.core.refusals import Refused
from apps.imports.codes import Asked, Decision, ImportState, LineState
from apps.imports.models import ImportLine, LedgerImport
from apps.imports.services.receiving import (
    ask_to_apply,
    cancel_work,
    match_columns,
    mend_lines,
    receive_file,
)
from apps.imports.services.undoing import take_back
from apps.imports.services.working import work_on
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import WENCHANG, area
from tests.factories.persons import resident_number
from tests.imports.sheets import Rows, write_csv, write_xlsx

pytestmark = pytest.mark.django_db

HEADER = ["序号", "姓名", "身份证号码", "联系电话", "管控类型"]
COUNTS = ("new", "changed", "unchanged", "duplicates", "held", "rejected")


@pytest.fixture
def by() -> User:
    return UserFactory(records_admin=True)


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Words as they stand in the code."""


def numbers(count: int) -> list[str]:
    return [resident_number(one) for one in range(count)]


def receive(by: User, rows: Rows, tmp_path: Path, **facts: Any) -> LedgerImport:
    path = write_xlsx(tmp_path / "ledger.xlsx", rows)
    given = {"area": by.area, "by": by, "client_uuid": uuid7(), "ledger": "persons",
             "file_name": "名单.xlsx", "content": path.read_bytes()} | facts  # fmt: skip
    given.setdefault("sha256", sha256(given["content"]).hexdigest())
    return receive_file(**given)


def worked(one: LedgerImport) -> LedgerImport:
    work_on(LedgerImport.objects.get(pk=one.pk))
    return LedgerImport.objects.select_related("work", "file").get(pk=one.pk)


def persons(*names: str) -> Rows:
    return [HEADER] + [
        [str(place), name, number, "10012345678", "社会面管控"]
        for place, (name, number) in enumerate(zip(names, numbers(len(names)), strict=True), 1)
    ]


def test_a_file_whose_words_are_known_is_tried_at_once_and_changes_nothing(
    by: User, tmp_path: Path
) -> None:
    one = worked(receive(by, persons("陈海生", "林月"), tmp_path))
    assert one.state == ImportState.TRIED
    assert [getattr(one, name) for name in ("rows", *COUNTS)] == [2, 2, 0, 0, 0, 0, 0]
    assert not Person.objects.exists()
    assert [line.told["cells"]["name"] for line in one.lines.all()] == ["陈海生", "林月"]
    assert not one.work.asked


def test_applied_it_is_on_record_and_a_second_time_nothing_is_new(by: User, tmp_path: Path) -> None:
    one = worked(receive(by, persons("陈海生", "林月"), tmp_path))
    ask_to_apply(ledger_import=one, by=by)
    one = worked(one)
    assert (one.state, one.applied_by) == (ImportState.APPLIED, by)
    assert Person.objects.count() == 2
    again = worked(receive(by, persons("陈海生", "林月"), tmp_path))
    assert (again.unchanged, again.goes_in) == (2, 0)
    with pytest.raises(Refused, match="nothing to write"):
        ask_to_apply(ledger_import=again, by=by)


def test_what_an_import_wrote_names_it_in_the_history(by: User, tmp_path: Path) -> None:
    one = worked(receive(by, persons("陈海生"), tmp_path))
    ask_to_apply(ledger_import=one, by=by)
    worked(one)
    event = Person.objects.get().events.select_related("pgh_context").get()
    assert event.pgh_context.metadata["import"] == str(one.public_id)


def test_a_column_that_looks_like_data_waits_for_somebody(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生", "林月")
    days = ["谈话日", "2024-03-01", "2024-03-02"]
    rows = [[*row, day] for row, day in zip(rows, days, strict=True)]
    one = worked(receive(by, rows, tmp_path))
    assert one.state == ImportState.TO_MATCH
    assert not one.lines.exists()
    (waiting,) = [c for c in one.file.columns["columns"] if c["title"] == "谈话日"]
    assert (waiting["looks"], waiting["samples"]) == ("day", ["2024-03-01", "2024-03-02"])
    match_columns(
        ledger_import=one, by=by, matches={"谈话日": ""}, sheet=one.sheet, header=one.header
    )
    one = worked(one)
    assert (one.state, one.new, one.confirmed) == (ImportState.TRIED, 2, True)
    assert one.about["ignored"] == ["序号", "谈话日"]


def test_what_an_office_said_of_its_columns_is_remembered(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生")
    rows = [[*rows[0], "谈话日"], [*rows[1], "2024-03-01"]]
    first = worked(receive(by, rows, tmp_path))
    match_columns(
        ledger_import=first, by=by, matches={"谈话日": ""}, sheet=first.sheet, header=first.header
    )
    worked(first)
    assert worked(receive(by, rows, tmp_path)).state == ImportState.TRIED
    town = UserFactory(records_admin=True, area=area(WENCHANG))
    assert worked(receive(town, rows, tmp_path)).state == ImportState.TO_MATCH


def test_columns_of_other_words_are_matched_and_bring_the_same(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生")
    rows[0] = ["序号", "当事人", "公民号码", "电话", "人员属性"]
    one = worked(receive(by, rows, tmp_path))
    assert one.state == ImportState.TO_MATCH
    proposed = {c["title"]: c["proposed"] for c in one.file.columns["columns"] if c["proposed"]}
    assert proposed["公民号码"] == "document_number"
    assert proposed["人员属性"] == "measure"
    said = {"当事人": "name", "公民号码": "document_number", "人员属性": "measure"}
    match_columns(ledger_import=one, by=by, matches=said, sheet=one.sheet, header=1)
    one = worked(one)
    assert (one.state, one.new) == (ImportState.TRIED, 1)


def test_two_columns_are_not_one_fact(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生")
    rows[0] = ["序号", "当事人", "公民号码", "电话", "人员属性"]
    one = worked(receive(by, rows, tmp_path))
    with pytest.raises(Refused, match="cannot be the same fact"):
        match_columns(
            ledger_import=one, by=by, matches={"当事人": "name", "公民号码": "name"},
            sheet=one.sheet, header=1,
        )  # fmt: skip
    with pytest.raises(Refused, match="has no column secret"):
        match_columns(ledger_import=one, by=by, matches={"当事人": "secret"}, sheet=one.sheet,
                      header=1)  # fmt: skip


def test_a_wrong_cell_is_mended_on_the_page_and_goes_in(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生", "林月")
    right, rows[2][2] = rows[2][2], "46900219910514"
    one = worked(receive(by, rows, tmp_path))
    assert (one.new, one.rejected) == (1, 1)
    line = one.lines.get(state=LineState.WRONG)
    assert [fault["column"] for fault in line.told["faults"]] == ["身份证号码"]
    mend_lines(
        ledger_import=one, by=by, cells={line.number: {"document_number": right}}, decisions={}
    )
    one = worked(one)
    assert (one.new, one.rejected) == (2, 0)
    line = one.lines.get(number=line.number)
    assert line.told["original"] == {"document_number": "46900219910514"}
    ask_to_apply(ledger_import=one, by=by)
    worked(one)
    assert Person.objects.count() == 2


def test_a_known_number_with_another_name_waits_and_goes_as_somebody_decides(
    by: User, tmp_path: Path
) -> None:
    one = worked(receive(by, persons("陈海生"), tmp_path))
    ask_to_apply(ledger_import=one, by=by)
    worked(one)
    for decision, state, name in (
        (Decision.KEEP, "unchanged", "陈海生"), (Decision.TAKE, "changed", "陈海声"),
    ):  # fmt: skip
        other = worked(receive(by, persons("陈海声"), tmp_path))
        assert other.held == 1
        line = other.lines.get()
        assert [c["here"] for c in line.told["conflicts"]] == ["陈海生"]
        mend_lines(ledger_import=other, by=by, cells={}, decisions={line.number: decision})
        other = worked(other)
        assert getattr(other, state) == 1
        if decision == Decision.TAKE:
            assert other.lines.get().told["changes"][0]["after"] == "陈海声"
            ask_to_apply(ledger_import=other, by=by)
            worked(other)
        assert Person.objects.get().name == name


def test_nothing_is_done_twice_or_out_of_order(by: User, tmp_path: Path) -> None:
    one = receive(by, persons("陈海生"), tmp_path)
    with pytest.raises(Refused, match="being worked on"):
        ask_to_apply(ledger_import=one, by=by)
    one = worked(one)
    with pytest.raises(Refused, match="Nothing is under way"):
        cancel_work(ledger_import=one, by=by)
    ask_to_apply(ledger_import=one, by=by)
    with pytest.raises(Refused, match="being worked on"):
        ask_to_apply(ledger_import=one, by=by)
    one = worked(one)
    with pytest.raises(Refused, match="no longer possible"):
        ask_to_apply(ledger_import=one, by=by)
    with pytest.raises(Refused, match="no longer possible"):
        mend_lines(ledger_import=one, by=by, cells={2: {"name": "x"}}, decisions={})


def test_a_file_that_cannot_be_read_says_why(by: User, tmp_path: Path) -> None:
    one = worked(receive(by, [[]], tmp_path, content=b"PK\x03\x04 cut off"))
    assert one.state == ImportState.REFUSED
    assert "cannot be read" in one.refused_words
    with pytest.raises(Refused, match="The file is empty"):
        receive(by, [[]], tmp_path, content=b"  \n")


def test_work_that_breaks_off_three_times_ends(by: User, tmp_path: Path) -> None:
    one = receive(by, persons("陈海生"), tmp_path)
    one.work.begun = 3
    one.work.save()
    one = worked(one)
    assert (one.state, one.work.asked) == (ImportState.REFUSED, Asked.NOTHING)
    assert "broke off three times" in one.refused_words


def test_who_may_not_or_elsewhere_brings_nothing_in(by: User, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="may not import this ledger"):
        receive(by, persons("陈海生"), tmp_path, ledger="users")
    with pytest.raises(Refused, match="outside your area"):
        receive(by, persons("陈海生"), tmp_path, area=area(WENCHANG))


def test_imports_are_seen_in_their_unit_alone(by: User, tmp_path: Path) -> None:
    one = receive(by, persons("陈海生"), tmp_path)
    other = UserFactory(records_admin=True, area=area(WENCHANG))
    assert list(LedgerImport.objects.visible_to(by)) == [one]
    assert not LedgerImport.objects.visible_to(other).exists()


def test_file_and_lines_are_sealed(by: User, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", persons("陈海生"))
    one = worked(receive(by, [[]], tmp_path, content=path.read_bytes()))
    name = "陈海生".encode()
    assert name not in bytes(one.file.sealed) + bytes(one.file.columns_sealed)
    stored = ImportLine.objects.values_list("content", flat=True).get()
    assert name not in bytes(stored)
    assert json.loads(one.lines.get().content)["cells"]["name"] == "陈海生"
    assert one.file.content == path.read_bytes()


def test_every_line_is_counted_once(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生", "林月", "符丽")
    rows += [[*rows[1][:1], *rows[1][1:]], ["5", "", "x", "", ""]]
    one = worked(receive(by, rows, tmp_path))
    assert [getattr(one, name) for name in ("rows", *COUNTS)] == [5, 3, 0, 0, 1, 0, 1]
    assert one.lines.count() == 5
    states = {state: one.lines.filter(state=state).count() for state in LineState.values}
    assert states == {name: getattr(one, name) for name in COUNTS}


def test_a_page_sent_twice_is_one_import(by: User, tmp_path: Path) -> None:
    key = uuid7()
    one = receive(by, persons("陈海生"), tmp_path, client_uuid=key)
    path = write_xlsx(tmp_path / "same.xlsx", persons("陈海生"))
    same = {"sha256": one.sha256, "content": path.read_bytes()}
    assert receive(by, [[]], tmp_path, client_uuid=key, **same) == one
    with pytest.raises(Differs, match="sent before with other content"):
        receive(by, persons("林月"), tmp_path, client_uuid=key)
    assert LedgerImport.objects.count() == 1


def test_a_file_of_a_command_is_on_record_and_can_be_taken_back(by: User, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名单.csv", persons("陈海生", "林月"))
    call_command("import_ledger", "persons", str(path), "--area", "469002", "--by", by.username,
                 verbosity=0)  # fmt: skip
    one = LedgerImport.objects.visible_to(by).get()
    assert (one.state, one.new, one.applied_by) == (ImportState.APPLIED, 2, by)
    assert one.lines.count() == 2
    take_back(ledger_import=one, by=by, reason="wrong file was taken")
    assert not Person.objects.exists()


def test_a_dry_run_of_a_command_leaves_no_record(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "名单.csv", persons("陈海生"))
    call_command("import_ledger", "persons", str(path), "--dry-run", verbosity=0)
    assert not LedgerImport.objects.exists()
    call_command("import_ledger", "persons", str(path), "--area", "469002", verbosity=0)
    assert LedgerImport.objects.get().area.code == "469002"


def test_reasons_are_in_the_language_of_who_asked(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生")
    rows[1][4] = "临时看看"
    for language, words in (("zh-hans", "不认识“临时看看”这个词。"), ("en", "is not known here")):
        with translation.override(language):
            one = receive(by, rows, tmp_path)
        with translation.override("zh-hans"):
            one = worked(one)
        assert words in one.lines.get().told["faults"][0]["reason"]


def test_numbers_of_persons_are_stars_where_columns_are_confirmed(by: User, tmp_path: Path) -> None:
    rows = persons("陈海生")
    rows = [[*rows[0], "证件"], [*rows[1], resident_number(77)]]
    one = worked(receive(by, rows, tmp_path))
    assert one.state == ImportState.TO_MATCH
    client = Client()
    client.force_login(by)
    page = client.get(reverse("imports:columns", args=[one.public_id]), secure=True)
    text = page.content.decode()
    for number in (*numbers(1), resident_number(77), "10012345678"):
        assert number not in text
        assert number[-4:] in text


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_wrong_lines_come_back_mended(by: User, tmp_path: Path, language: str) -> None:
    rows = persons("陈海生", "林月")
    right, rows[2][2] = rows[2][2], "46900219910514"
    one = worked(receive(by, rows, tmp_path))
    client = Client()
    client.force_login(by)
    answer = client.post(
        reverse("imports:wrong", args=[one.public_id]), secure=True,
        headers={"Accept-Language": language},
    )  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer)))
    sheet = book.active
    cells = {cell.value: cell for line in sheet.iter_rows() for cell in line}
    assert any("18" in str(value) for value in cells)  # the reason stands beside it
    cells["46900219910514"].value = right
    path = tmp_path / "mended.xlsx"
    book.save(path)
    back = worked(receive(by, [[]], tmp_path, content=path.read_bytes()))
    assert (back.state, back.rows, back.new) == (ImportState.TRIED, 1, 1)
