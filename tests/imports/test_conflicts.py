"""An older ledger takes nothing back: what it says differently is told, with both values."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.accounts.services import change_account
from apps.audit.acting import acting
from apps.cases.models import Case
from apps.cases.services import correct_case
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from apps.persons.services import change_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import WANQUAN, area
from tests.factories.persons import PersonFactory, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NUMBER, OTHER = resident_number(1), resident_number(2)
LINE = {
    "姓名": "陈原名", "身份证号码": NUMBER, "联系电话": "10012345678", "执行地": "嘉积镇先锋村",
    "管控类型": "社区戒毒", "决定日期": "2024-02-20", "报到日期": "2024-03-01",
    "协议签订日期": "2024-03-01", "就业状况": "务工", "民族": "",
}  # fmt: skip
# What a hand may put right.
BY_HAND = {"phone": "10087654321", "employment": "farming"}


@pytest.fixture(autouse=True)
def _areas() -> None:
    area()


def bring_in(tmp: Path, *lines: dict[str, Any]) -> Report:
    rows = [list(LINE), *(list((LINE | line).values()) for line in lines or ({},))]
    path = write_xlsx(tmp / "older.xlsx", rows)
    return import_ledger(
        ledger=ledgers()["persons"], path=path, by=User.objects.system(), area=area("469002")
    )


def told(report: Report) -> set[tuple[str, str, str]]:
    return {(c.column, c.here, c.file) for c in report.conflicts}


@pytest.mark.parametrize("field", BY_HAND)
def test_what_a_hand_put_right_is_kept_and_what_a_ledger_wrote_is_renewed(
    tmp_path: Path, field: str
) -> None:
    bring_in(tmp_path)
    value = BY_HAND[field]
    person = Person.objects.get()
    written = getattr(person, field)
    change_person(person=person, by=UserFactory(records_admin=True), **{field: value})
    report = bring_in(tmp_path, {"民族": "黎族"})
    stored = Person.objects.get()
    assert (report.held, report.changed, report.rejected) == (1, 0, 0)
    assert getattr(stored, field) == value
    assert stored.ethnicity, "The rest of the line went in"
    assert len(report.conflicts) == 1
    # A hand that agrees with the ledger ends it, and nothing is asked again.
    change_person(person=stored, by=UserFactory(records_admin=True), **{field: written})
    assert bring_in(tmp_path).unchanged == 1


def test_a_value_that_only_ledgers_wrote_follows_the_newer_one(tmp_path: Path) -> None:
    bring_in(tmp_path)
    report = bring_in(tmp_path, {"联系电话": "10087654321", "协议签订日期": "2024-03-02"})
    assert (report.changed, report.held) == (1, 0)
    assert Person.objects.get().phone == "10087654321"


def test_dates_of_an_order_that_were_put_right_are_kept(tmp_path: Path) -> None:
    bring_in(tmp_path)
    case = Case.objects.get()
    day = case.agreement_on.replace(day=4)
    correct_case(case=case, by=User.objects.system(), agreement_on=day)
    report = bring_in(tmp_path)
    assert told(report) == {("agreement signed on", "2024-03-04", "2024-03-01")}
    assert Case.objects.get().agreement_on == day


def test_a_known_number_with_another_name_is_held_whole_and_others_go_in(tmp_path: Path) -> None:
    bring_in(tmp_path)
    report = bring_in(
        tmp_path, {"姓名": "林他人", "联系电话": "10099999999", "就业状况": "务农"},
        {"身份证号码": OTHER, "姓名": "王丽"},
    )  # fmt: skip
    assert (report.held, report.new, report.rejected) == (1, 1, 0)
    assert told(report) >= {("name", "陈原名", "林他人"), ("phone", "100****5678", "100****9999")}
    person = Person.objects.get(name="陈原名")
    assert (person.phone, person.employment) == ("10012345678", "employed")


def test_the_same_name_typed_otherwise_is_no_other_person(tmp_path: Path) -> None:
    bring_in(tmp_path)
    report = bring_in(tmp_path, {"姓名": "陈·原 名", "就业状况": "务农"})
    assert (report.held, report.conflicts) == (0, [])
    assert Person.objects.get().name == "陈原名"


def test_no_import_moves_a_person_and_the_difference_is_told(tmp_path: Path) -> None:
    bring_in(tmp_path)
    case = Case.objects.get()
    correct_case(case=case, by=UserFactory(county_supervisor=True), area=area(WANQUAN))
    report = bring_in(tmp_path)
    assert (report.held, report.changed) == (1, 0)
    assert told(report) == {("Responsible unit", "万泉镇", "嘉积镇先锋村")}
    assert "transfer" in report.conflicts[0].reason
    # Neither does a second order that the ledger says is carried out elsewhere.
    other = {"管控类型": "社区康复", "决定日期": "2020-01-02", "报到日期": "2020-01-03",
             "协议签订日期": "2020-01-03", "执行截止日": ""}  # fmt: skip
    bring_in(tmp_path, {k: v for k, v in other.items() if k in LINE})
    assert set(Case.objects.values_list("town__name", flat=True)) == {"万泉镇"}


def test_a_file_opened_by_hand_is_filled_but_not_overwritten(tmp_path: Path) -> None:
    PersonFactory(document_number=NUMBER, name="陈原名", phone="10055555555")
    report = bring_in(tmp_path)
    assert {c.column for c in report.conflicts} == {"phone"}
    person = Person.objects.get()
    assert (person.phone, person.employment) == ("10055555555", "employed")


def test_accounts_put_right_by_hand_are_kept(tmp_path: Path) -> None:
    head = ["用户名", "姓名", "手机号", "角色", "区划代码"]
    line = ["w1", "符琼", "10090000101", "专干", "469002100"]
    path = write_xlsx(tmp_path / "u.xlsx", [head, line])
    facts = {"ledger": ledgers()["users"], "path": path, "by": User.objects.system()}
    assert import_ledger(**facts).new == 1
    user = User.objects.get(username="w1")
    with acting(UserFactory(system_admin=True)):
        change_account(user=user, by=User.objects.system(), phone="10090000999")
    report = import_ledger(**facts)
    assert (report.held, report.changed) == (1, 0)
    assert User.objects.get(username="w1").phone == "10090000999"


def test_the_command_says_how_many_wait_and_why(tmp_path: Path) -> None:
    bring_in(tmp_path)
    change_person(person=Person.objects.get(), by=UserFactory(), phone="10087654321")
    out = StringIO()
    call_command(
        "import_ledger", "persons", tmp_path / "older.xlsx", area="469002", verbosity=0, stdout=out
    )
    words = out.getvalue()
    assert "here “100****4321”, in the file “100****5678”" in words
    assert "1 line waits for a decision" in words
