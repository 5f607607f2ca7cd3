"""Which column says what: proposals, and columns that nobody reads."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.core.refusals import Refused
from apps.imports.headers import Choices
from apps.imports.matching import Layout, layout_of, looks_like, matches_said
from apps.imports.models import LedgerSynonym
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.persons.models import Person
from tests.factories.areas import area
from tests.factories.persons import resident_number
from tests.imports.sheets import Rows, opened, write_csv, write_xlsx

HEADER = ["姓名", "身份证号码", "管控类型"]


@pytest.fixture(autouse=True)
def _english(english: None) -> None:
    """Words as they stand in the code."""


def rows(extra: str = "", *cells: str) -> Rows:
    found: Rows = [[*HEADER, extra] if extra else list(HEADER)]
    for place, cell in enumerate(cells or ("",), 1):
        found.append([f"陈海{place}", resident_number(place), "社会面管控", cell])
    return found


def laid_out(tmp_path: Path, table: Rows, **said: Any) -> Layout:
    sheets = opened(write_xlsx(tmp_path / "a.xlsx", table))
    return layout_of(sheets, ledgers()["persons"], Choices(**said))


@pytest.mark.parametrize(
    ("word", "cells", "looks"),
    [
        ("谈话日", ["2024-03-01", "2024.3.2", "无", "2024年3月3日"], "day"),
        ("分数", ["12", "98.9", "100"], "number"),
        ("卡号", [6217.0, 6218.0], "number"),
        ("序号", ["1", "2", "3", "3"], "serial"),
        ("编号", ["77", "12", "60", "3"], "number"),
        ("备注", ["常住", "外出", "1"], "text"),
        ("证号", ["469098 19640907 016X"] * 3, "number"),
        ("空", [], "empty"),
    ],
)
def test_what_the_cells_of_a_column_look_like(word: str, cells: list[Any], looks: str) -> None:
    stated = [cell for cell in cells if cell != "无"]
    assert looks_like(word, stated) == looks


@pytest.mark.django_db
class TestALayout:
    def test_names_every_column_and_waits_for_data_alone(self, tmp_path: Path) -> None:
        layout = laid_out(tmp_path, rows("备注", "常住", "外出"))
        assert [(c.title, c.read_as) for c in layout.columns] == [
            ("姓名", "name"), ("身份证号码", "document_number"), ("管控类型", "measure"),
            ("备注", ""),
        ]  # fmt: skip
        assert not layout.waits
        assert laid_out(tmp_path, rows("谈话日", "2024-03-01", "2024-03-02")).waits

    def test_a_column_without_words_is_not_lost(self, tmp_path: Path) -> None:
        table = rows("谈话日", "2024-03-01")
        table[0][3] = ""
        layout = laid_out(tmp_path, table)
        assert layout.columns[3].samples == ["2024-03-01"]
        assert layout.waits

    def test_says_what_the_ledger_needs_and_nobody_named(self, tmp_path: Path) -> None:
        table = rows()
        table[0] = ["当事人", "证件", "属性"]
        layout = laid_out(tmp_path, table)
        assert layout.missing == ["name", "document_number", "measure"]
        assert {c.title: c.proposed for c in layout.columns}["属性"] == "measure"

    def test_what_was_left_out_waits_no_more(self, tmp_path: Path) -> None:
        table = rows("谈话日", "2024-03-01")
        assert not laid_out(tmp_path, table, matches={"谈话日": ""}).waits

    def test_reads_the_chosen_line_and_sheet(self, tmp_path: Path) -> None:
        table = [["琼海市名单"], HEADER, *rows()[1:]]
        assert laid_out(tmp_path, table).header == 2
        assert laid_out(tmp_path, table, header=1).missing
        with pytest.raises(Refused, match="the line of the header that was chosen"):
            laid_out(tmp_path, table, header=9)

    def test_goes_through_json_unchanged(self, tmp_path: Path) -> None:
        layout = laid_out(tmp_path, rows("谈话日", "2024-03-01"))
        assert Layout.from_json(layout.as_json()) == layout

    def test_of_an_empty_file_there_is_none(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="Nothing stands in the file"):
            laid_out(tmp_path, [["", ""]])


def test_a_command_says_what_a_column_is() -> None:
    persons = ledgers()["persons"]
    said = matches_said(persons, ["工作 单位"], ["签约日=协议签订日期"])
    assert said == {"工作单位": "", "签约日": "agreement_on"}
    with pytest.raises(Refused, match="none of this ledger's headings"):
        matches_said(persons, [], ["签约日=没有的列"])


@pytest.mark.django_db
class TestTheCommand:
    def run(self, tmp_path: Path, table: Rows, *words: str) -> None:
        path = write_csv(tmp_path / "a.csv", table)
        call_command("import_ledger", "persons", str(path), "--area", "469002", *words, verbosity=0)

    def test_stops_for_a_column_that_looks_like_data(self, tmp_path: Path) -> None:
        table = rows("谈话日", "2024-03-01", "2024-03-02")
        with pytest.raises(CommandError, match="谈话日"):
            self.run(tmp_path, table)
        assert not Person.objects.exists()
        self.run(tmp_path, table, "--ignore", "谈话日")
        assert Person.objects.count() == 2

    def test_reads_it_as_it_is_told(self, tmp_path: Path) -> None:
        table = rows("号段", "10012345678")
        self.run(tmp_path, table, "--match", "号段=联系电话")
        assert Person.objects.get().phone == "10012345678"


@pytest.mark.django_db
class TestWordsOfCells:
    def test_a_word_of_an_office_means_what_an_administrator_says(self, tmp_path: Path) -> None:
        table = rows()
        table[1][2] = "在册管控"
        path = write_csv(tmp_path / "a.csv", table)
        given = {"ledger": ledgers()["persons"], "path": path, "by": User.objects.system(),
                 "area": area("469002")}  # fmt: skip
        assert import_ledger(**given).rejected == 1
        word = LedgerSynonym(ledger="persons", field="measure", word="在册管控", code="社会面管控")
        word.full_clean()
        word.save()
        assert import_ledger(**given).new == 1

    def test_a_word_stands_for_something_that_the_column_knows(self) -> None:
        from django.core.exceptions import ValidationError

        word = LedgerSynonym(ledger="persons", field="measure", word="在册", code="不认识")
        with pytest.raises(ValidationError, match="This column knows the words"):
            word.full_clean()
        plain = LedgerSynonym(ledger="persons", field="name", word="在册", code="不认识")
        with pytest.raises(ValidationError, match="This column knows the words —"):
            plain.full_clean()

    def test_in_a_column_a_word_means_one_thing(self) -> None:
        from django.core.exceptions import ValidationError

        LedgerSynonym.objects.create(ledger="persons", field="sex", word="公", code="1")
        other = LedgerSynonym(ledger="persons", field="sex", word="公", code="2")
        with pytest.raises(ValidationError, match="means something in this column already"):
            other.full_clean()
