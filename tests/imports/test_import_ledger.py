"""Small ledgers: duplicates, contradictions, changes, gaps, dry runs and a crash in the middle."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.cases.models import Case
from apps.checkins.models import CheckIn
from apps.core.days import today
from apps.core.refusals import Refused
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.needs.models import Need
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.persons import PersonFactory, resident_number
from tests.imports.sheets import write_csv, write_xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

HEADER = ["姓名", "身份证号码", "联系电话", "现居住地", "管控类型", "决定书文号", "决定日期",
          "报到日期", "协议签订日期", "执行截止日", "风险等级", "就业状况", "专干"]  # fmt: skip
NUMBER, OTHER = resident_number(1), resident_number(2)


@pytest.fixture(autouse=True)
def _areas():
    area()


def row(**cells: Any) -> list[Any]:
    usual = {
        "姓名": "陈海生", "身份证号码": NUMBER, "联系电话": "10012345678",
        "现居住地": "嘉积镇先锋村", "管控类型": "社区戒毒", "决定书文号": "〔2024〕1号",
        "决定日期": "2024-02-20", "报到日期": "2024/3/1", "协议签订日期": "2024年3月1日",
        "执行截止日": "2027.02.28", "风险等级": "高", "就业状况": "务工", "专干": "",
    }  # fmt: skip
    return [(usual | cells)[name] for name in HEADER]


def bring_in(
    tmp_path: Path, *rows: list[Any], kind: str = "persons", header=None, **options
) -> Report:
    path = write_xlsx(tmp_path / "ledger.xlsx", [["琼海市台账"], header or HEADER, *rows])
    options = {"by": User.objects.system(), "area": area("469002")} | options
    return import_ledger(ledger=ledgers()[kind], path=path, **options)


def numbers(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.duplicates, report.rejected)


def test_an_order_with_its_dates_is_in_force_on_them(tmp_path):
    assert numbers(bring_in(tmp_path, row())) == (1, 0, 0, 0, 0)
    case = Case.objects.get()
    assert case.in_force_from == date(2024, 3, 1)
    assert case.brought_in_on == today() == case.person.brought_in_on
    assert (case.town.name, case.village.name) == ("嘉积镇", "先锋村")
    assert case.received_on is None
    assert case.person.employment == "employed"


def test_equal_lines_are_passed_over_and_contradicting_ones_rejected_with_both_values(tmp_path):
    report = bring_in(
        tmp_path, row(), row(身份证号码=f" {NUMBER[:6]} {NUMBER[6:]}", 联系电话="１００12345678"),
        row(就业状况="务农"),
    )  # fmt: skip
    assert numbers(report) == (1, 0, 0, 1, 1)
    (fault,) = report.errors
    assert (fault.row, fault.column, fault.value) == (5, "就业状况", "务农")
    assert "务工" in fault.reason
    assert "务农" in fault.reason


def test_all_faults_of_a_line_are_named_and_the_line_counts_once(tmp_path):
    report = bring_in(tmp_path, row(姓名="", 报到日期="2099-04-30", 管控类型="临时看看"))
    assert numbers(report) == (0, 0, 0, 0, 1)
    assert [fault.column for fault in report.errors] == ["管控类型", "姓名", "报到日期"]


def test_an_optional_cell_that_cannot_be_read_is_a_gap_and_never_a_rejection(tmp_path, english):
    report = bring_in(tmp_path, row(决定日期="2024-04-31", 联系电话="见备注"))
    assert numbers(report) == (1, 0, 0, 0, 0)
    unread = {gap.gap: (gap.words, gap.rows) for gap in report.gaps if gap.gap.endswith("_unread")}
    assert set(unread) == {"decided_on_unread", "phone_unread"}
    assert "决定日期 cannot be read and stays empty" in unread["decided_on_unread"][0]
    assert Case.objects.get().decided_on is None


def test_a_wrong_line_does_not_make_the_right_one_a_duplicate(tmp_path):
    assert numbers(bring_in(tmp_path, row(姓名=""), row())) == (1, 0, 0, 0, 1)


def test_what_differs_is_changed_and_an_empty_cell_changes_nothing(tmp_path):
    bring_in(tmp_path, row())
    report = bring_in(tmp_path, row(就业状况="务农", 联系电话="", 协议签订日期="2024-03-02"))
    assert numbers(report) == (0, 1, 0, 0, 0)
    person = Person.objects.get()
    assert (person.employment, person.phone) == ("farming", "10012345678")
    assert Case.objects.get().agreement_on == date(2024, 3, 2)
    assert numbers(bring_in(tmp_path, row(就业状况="务农", 协议签订日期="2024-03-02"))) == (
        0,
        0,
        1,
        0,
        0,
    )


def test_statuses_without_an_order(tmp_path):
    none = dict.fromkeys(("决定书文号", "决定日期", "报到日期", "协议签订日期", "执行截止日"), "")
    report = bring_in(
        tmp_path, row(管控类型="社会面管控", **none),
        row(管控类型="戒断三年未复吸", 身份证号码=OTHER, **none),
    )  # fmt: skip
    assert report.new == 2
    assert not Case.objects.exists()
    assert sorted(Person.objects.values_list("life_status", flat=True)) == ["clean", "follow_up"]


def test_missing_facts_are_gaps(tmp_path):
    report = bring_in(tmp_path, row(报到日期="", 协议签订日期="", 就业状况="某业", 现居住地="某处"))
    assert report.new == 1
    gaps = {gap.gap: gap.rows for gap in report.gaps}
    assert {"no_report", "no_worker", "no_receipt", "no_place", "employment_word"} <= set(gaps)
    assert gaps["no_place"] == [3]
    case = Case.objects.get()
    assert case.in_force_from is None
    assert case.computed_end_on is None


def test_the_named_worker_becomes_responsible_unless_somebody_is(tmp_path):
    worker = UserFactory(name="符琼")
    UserFactory(username="w2")
    bring_in(tmp_path, row(专干="符琼"))
    assert Person.objects.get().assignments.get().worker == worker
    report = bring_in(tmp_path, row(专干="w2"))
    assert report.unchanged == 1
    assert {"worker_differs"} <= {gap.gap for gap in report.gaps}
    unknown = bring_in(tmp_path, row(专干="无此人"))
    assert {"worker_unknown"} <= {gap.gap for gap in unknown.gaps}


def test_the_term_of_rehabilitation_follows_the_paper(tmp_path):
    bring_in(tmp_path, row(管控类型="社区康复", 执行截止日="2025-03-01"))
    case = Case.objects.get()
    assert (case.term_months, case.duties_end_on) == (12, date(2025, 2, 28))


def test_a_file_that_another_county_keeps_is_not_touched(tmp_path):
    PersonFactory(document_number=NUMBER, area=area("469005100"), name="别人")
    report = bring_in(tmp_path, row())
    assert numbers(report) == (0, 0, 0, 0, 1)
    assert "transfer" in report.errors[0].reason
    assert Person.objects.get().name == "别人"


def test_a_place_outside_the_area_of_the_import_is_rejected(tmp_path):
    report = bring_in(tmp_path, row(), area=area("469002101"))
    assert report.errors[0].column == "现居住地"


def test_a_dry_run_reports_and_changes_nothing(tmp_path):
    report = bring_in(tmp_path, row(), row(身份证号码=OTHER, 姓名="王丽"), dry_run=True)
    assert report.new == 2
    assert not Person.objects.exists()
    assert not Case.objects.exists()


def test_a_crash_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    from apps.imports.bringing import persons

    def crash(facts, _levels):
        if facts["name"] == "王丽":
            raise ZeroDivisionError
        return ""

    monkeypatch.setattr(persons, "new_risk_level", crash)
    with pytest.raises(ZeroDivisionError):
        bring_in(tmp_path, row(), row(身份证号码=OTHER, 姓名="王丽"))
    assert not Person.objects.exists()


def test_only_who_keeps_records_imports_them_and_only_at_home(tmp_path):
    with pytest.raises(Refused, match="may not"):
        bring_in(tmp_path, row(), by=UserFactory(county_supervisor=True))
    with pytest.raises(Refused, match="outside"):
        bring_in(tmp_path, row(), by=UserFactory(records_admin=True), area=area("469005"))
    assert bring_in(tmp_path, row(), by=UserFactory(records_admin=True)).new == 1


class TestCheckins:
    HEAD = ("身份证号", "姓名", "签到时间", "签到方式", "状态报告")

    @pytest.fixture
    def person(self):
        return PersonFactory(document_number=NUMBER, name="陈海生")

    def bring_in(self, tmp_path: Path, *rows: list[Any]) -> Report:
        path = write_csv(tmp_path / "c.csv", [list(self.HEAD), *rows], "gb18030")
        return import_ledger(
            ledger=ledgers()["checkins"], path=path, by=User.objects.system(), area=area("469002")
        )

    def test_the_words_are_kept_and_help_is_asked_for_once(self, tmp_path, person):
        rows = [[NUMBER, "陈海生", f"2024-04-0{day} 09:00", "电话", "需要帮助"] for day in (3, 1)]
        assert self.bring_in(tmp_path, *rows).new == 2
        checkin = CheckIn.objects.order_by("day").first()
        assert (checkin.method, checkin.state_words, checkin.mood) == ("phone", "需要帮助", None)
        assert Need.objects.get().said_on == date(2024, 4, 1)
        assert self.bring_in(tmp_path, *rows).unchanged == 2
        assert Need.objects.count() == 1

    def test_two_lines_of_one_moment_that_differ_are_told_apart(self, tmp_path, person):
        moment = "2024-04-01 09:00:00"
        report = self.bring_in(
            tmp_path, [NUMBER, "陈海生", moment, "电话", ""], [NUMBER, "陈海生", moment, "视频", ""]
        )
        assert numbers(report) == (1, 0, 0, 0, 1)
        assert "电话" in report.errors[0].reason

    def test_a_number_that_bears_another_name_is_rejected(self, tmp_path, person):
        report = self.bring_in(tmp_path, [NUMBER, "别人", "2024-04-01 09:00", "电话", ""])
        assert report.errors[0].column == "姓名"

    def test_a_mistyped_number_is_named_as_such(self, tmp_path, person):
        wrong = NUMBER[:-1] + ("1" if NUMBER[-1] != "1" else "2")
        report = self.bring_in(tmp_path, [wrong, "陈海生", "2024-04-01 09:00", "电话", ""])
        assert "check digit" in report.errors[0].reason

    def test_tomorrow_has_not_happened(self, tmp_path, person):
        day = today() + timedelta(days=1)
        report = self.bring_in(tmp_path, [NUMBER, "陈海生", f"{day} 09:00", "电话", ""])
        assert report.rejected == 1


class TestUsers:
    HEAD = ("用户名", "姓名", "手机号", "角色", "区划代码", "负责村(居)")

    def bring_in(self, tmp_path: Path, *rows: list[Any]) -> Report:
        path = write_csv(tmp_path / "u.csv", [list(self.HEAD), *rows], "utf-8-sig")
        return import_ledger(ledger=ledgers()["users"], path=path, by=User.objects.system())

    def test_accounts_with_their_villages_and_without_passwords(self, tmp_path):
        line = ["w1", "符琼", "10090000101", "专干", "469002100", "先锋村委会、东风社区"]
        assert self.bring_in(tmp_path, line).new == 1
        user = User.objects.get(username="w1")
        assert not user.has_usable_password()
        assert {village.name for village in user.villages.all()} == {"先锋村", "东风社区"}
        assert self.bring_in(tmp_path, line).unchanged == 1
        line[1] = "符琼芳"
        assert self.bring_in(tmp_path, line).changed == 1

    def test_role_unit_and_villages_must_fit(self, tmp_path):
        report = self.bring_in(
            tmp_path, ["w1", "符琼", "", "镇级管理", "469002", ""],
            ["w2", "符琼", "", "专干", "469002100", "无此村"],
            ["w3", "符琼", "", "队长", "469002100", ""], ["w4", "符琼", "", "专干", "999", ""],
        )  # fmt: skip
        assert report.rejected == 4
        assert {(f.row, f.column) for f in report.errors} >= {
            (2, "区划代码"), (3, "负责村(居)"), (4, "角色"), (5, "区划代码"),
        }  # fmt: skip
