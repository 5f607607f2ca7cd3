"""A ledger at its bounds: the last cell, the last line tried, the first that contradicts."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.areas.models import Area
from apps.cases.models import Case
from apps.imports.services import import_ledger, reading
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WENCHANG, area
from tests.factories.persons import resident_number
from tests.imports.sheets import write_csv
from tests.imports.test_odd_files import table
from tests.refusing import answered, refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "_areas")]
ANOTHER_LIST = "Nearly every line is wrong; the first, line 2, 身份证号码: "
USERS = ["用户名", "姓名", "手机号", "角色", "区划代码"]


@pytest.fixture
def _areas() -> None:
    area()


def bring_in(
    tmp_path: Path,
    rows: list[list[Any]],
    kind: str = "persons",
    by: User | None = None,
    within: Area | None = None,
) -> Report:
    path = write_csv(tmp_path / "ledger.csv", rows)
    return import_ledger(
        ledger=ledgers()[kind], path=path, by=by or User.objects.system(), area=within
    )


def lines(*right: bool) -> list[list[Any]]:
    """Lines of which some have a number that can be and the others none."""
    numbers = (resident_number(n) if good else str(n) for n, good in enumerate(right, 1))
    return [["琼海市台账"], *table(*({"身份证号码": number} for number in numbers))]


@pytest.mark.parametrize("cut", [1, 2])
def test_a_line_may_end_before_its_last_cells(tmp_path: Path, cut: int) -> None:
    rows = table()
    report = bring_in(tmp_path, [rows[0], rows[1][:-cut]], within=area(QIONGHAI))
    assert (report.new, report.rejected) == (1, 0)
    assert Case.objects.get().decision_number == "〔2024〕1号"


@pytest.mark.parametrize(("more", "rejected"), [([""], 0), ([" ", ""], 0), (["", "x"], 1)])
def test_a_line_with_more_cells_than_the_header_is_rejected_if_they_say_something(
    tmp_path: Path, more: list[str], rejected: int
) -> None:
    rows = table()
    report = bring_in(tmp_path, [rows[0], rows[1] + more], within=area(QIONGHAI))
    assert (report.rejected, report.new) == (rejected, 1 - rejected)
    assert [(fault.row, fault.column, fault.reason) for fault in report.errors] == (
        [(2, "", "The line has more cells than the header.")] if rejected else []
    )


@pytest.mark.parametrize(
    ("right", "fitting", "is_refused"),
    [
        ([False] * 4, 4, False),
        ([False] * 5, 4, True),
        ([True, False, False, False, True], 3, True),
        ([True, False, False, False, True], 4, False),
        ([False, False, False, True, False], 4, False),
        ([False, False, False, False, True], 4, True),
    ],
)
def test_a_file_is_another_list_if_too_few_of_its_first_lines_fit(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    right: list[bool],
    fitting: int,
    is_refused: bool,
) -> None:
    """Four lines are tried; a file that has no more is read to its end."""
    monkeypatch.setattr(reading, "LINES_TRIED", 4)
    monkeypatch.setattr(reading, "FITTING", fitting)
    rows = lines(*right)
    words = ANOTHER_LIST.replace("line 2", "line 3" if not right[0] else "line 4")
    with answered(words if is_refused else None):
        report = bring_in(tmp_path, rows, within=area(QIONGHAI))
        assert (report.rows, report.new, report.rejected) == (
            len(right), right.count(True), right.count(False),
        )  # fmt: skip
    assert Person.objects.count() == (0 if is_refused else right.count(True))


def test_the_first_lines_are_tried_in_the_county_that_the_file_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LINES_TRIED", 4)
    assert bring_in(tmp_path, lines(*[True] * 5)).new == 5
    assert {person.county.code for person in Person.objects.all()} == {QIONGHAI}


def test_staff_of_a_long_list_are_tried_with_their_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LINES_TRIED", 2)
    rows = [[f"w{n}", "符琼", "", "专干", JIAJI] for n in range(3)]
    assert bring_in(tmp_path, [USERS, *rows], "users").new == 3


def test_faults_stand_in_the_order_of_the_lines(tmp_path: Path) -> None:
    """Lines that contradict others are found after those that are wrong by themselves."""
    number = resident_number(1)
    rows = table({}, {"姓名": "林他人"}, {"管控类型": "临时看看", "身份证号码": resident_number(2)})
    report = bring_in(tmp_path, [*rows, rows[1]], within=area(QIONGHAI))
    assert [(fault.row, fault.column, fault.value) for fault in report.errors] == [
        (3, "姓名", "林他人"), (4, "管控类型", "临时看看"),
    ]  # fmt: skip
    assert report.errors[0].reason == "Line 2 says “陈海生” about the same, this line “林他人”."
    assert (report.new, report.duplicates, report.rejected) == (1, 1, 2)
    assert Person.objects.get().document_number == number


def test_what_a_line_lacks_for_want_of_a_column_is_named_by_its_usual_word(tmp_path: Path) -> None:
    report = bring_in(tmp_path, [USERS[:4], ["w1", "符琼", "", "专干"]], "users")
    assert [(fault.column, fault.value) for fault in report.errors] == [("区划代码", "")]


def test_a_cell_that_is_wrong_is_named_once(tmp_path: Path) -> None:
    report = bring_in(tmp_path, [USERS, ["w1", "", "", "队长", JIAJI]], "users")
    assert sorted(fault.column for fault in report.errors) == ["姓名", "角色"]
    assert report.rejected == 1


@pytest.mark.parametrize(
    ("by", "code", "words"),
    [
        ("records_admin", QIONGHAI, None),
        ("records_admin", JIAJI, None),
        ("records_admin", WENCHANG, "文昌市 lies outside your area."),
        ("county_supervisor", QIONGHAI, "Your account may not import this ledger."),
        ("system_admin", QIONGHAI, "Your account may not import this ledger."),
    ],
)
def test_who_keeps_the_records_of_an_area_brings_in_its_persons(
    tmp_path: Path, by: str, code: str, words: str | None
) -> None:
    with answered(words):
        bring_in(tmp_path, table(), by=UserFactory(**{by: True}), within=area(code))
    assert Person.objects.count() == (words is None)


def test_no_cell_steers_the_terminal_of_a_command(tmp_path: Path) -> None:
    """Not from a wrong line, nor from a column that stops the import, nor from its name."""
    steer = "\x1b[2J\x07\u202e"
    out = StringIO()
    rows = table({"身份证号码": f"123{steer}"}, {})
    path = write_csv(tmp_path / "a.csv", rows)
    call_command("import_ledger", "persons", path, area=QIONGHAI, verbosity=0, stdout=out)
    assert "123" in out.getvalue()
    assert not set(steer[:1] + steer[-2:]) & set(out.getvalue())
    rows = [
        [*rows[0], f"某日{steer}"],
        *([*row, f"2024-03-0{n}"] for n, row in enumerate(rows[1:], 1)),
    ]
    with pytest.raises(CommandError, match="look like data") as stopped:
        call_command("import_ledger", "persons", write_csv(path, rows), area=QIONGHAI, verbosity=0)
    assert not set(steer[:1] + steer[-2:]) & set(str(stopped.value))


def test_who_keeps_accounts_has_no_area_and_names_any(tmp_path: Path) -> None:
    rows = [USERS, ["w1", "符琼", "", "专干", JIAJI]]
    system: User = UserFactory(system_admin=True)
    assert bring_in(tmp_path, rows, "users", by=system, within=area(QIONGHAI)).new == 1
    with refused("Your account may not import this ledger."):
        bring_in(tmp_path, rows, "users", by=UserFactory(records_admin=True))
