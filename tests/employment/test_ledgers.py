"""Ledgers of work and of training: nothing invented, nothing twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.areas.services import merge_areas
from apps.employment.models import Course, Enrolment, Placement
from apps.employment.services import (
    change_course,
    correct_enrolment,
    correct_placement,
    take_back_end,
    withdraw_entry,
)
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from apps.persons.services.moving import move_person
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, WENCHANG, WENCHENG, area
from tests.factories.employment import looked
from tests.factories.persons import PersonFactory, merged_into, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db

WORK = {
    "姓名": "陈海生", "身份证号码": resident_number(1), "就业方式": "企业吸纳", "单位": "潭门水产",
    "上岗日期": "2024年2月8日", "月收入(元)": 2200, "是否自愿": "是", "目前状态": "在岗",
    "离岗日期": None,
}  # fmt: skip
TRAINING = {
    "姓名": "陈海生", "身份证号": resident_number(1), "培训班": "电工", "开班日期": "2021-03-01",
    "是否参加考试": "是", "是否获证": "是", "证书编号": "QH2021-0001",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _persons() -> None:
    PersonFactory(document_number=resident_number(1), name="陈海生")


def bring_in(code: str, tmp_path: Path, *rows: dict[str, Any], where: str = "469002") -> Report:
    usual = WORK if code == "employment" else TRAINING
    lines = [[(usual | cells)[name] for name in usual] for cells in rows]
    path = write_xlsx(tmp_path / f"{code}.xlsx", [["登记表"], list(usual), *lines])
    return import_ledger(
        ledger=ledgers()[code], path=path, by=User.objects.system(), area=area(where)
    )


def numbers(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.duplicates, report.rejected)


def test_work_comes_in_with_what_is_known_and_its_end_follows(tmp_path: Path) -> None:
    report = bring_in("employment", tmp_path, {"月收入(元)": None})
    assert numbers(report) == (1, 0, 0, 0, 0)
    assert {gap.gap for gap in report.gaps} == {"no_wage"}
    row = Placement.objects.get()
    assert (row.kind, row.employer, row.wage_fen, row.consent_how, row.consent_on) == (
        "company", "潭门水产", None, "ledger", None,
    )  # fmt: skip
    ended = {"月收入(元)": None, "目前状态": "离岗", "离岗日期": "2024-05-20"}
    assert numbers(bring_in("employment", tmp_path, ended)) == (0, 1, 0, 0, 0)
    assert numbers(bring_in("employment", tmp_path, ended)) == (0, 0, 1, 0, 0)
    assert Placement.objects.get().ended_on == date(2024, 5, 20)
    other = ended | {"离岗日期": "2024-05-21"}
    assert numbers(bring_in("employment", tmp_path, other)) == (0, 0, 0, 0, 1)
    assert numbers(bring_in("employment", tmp_path, {"单位": "嘉积环卫"})) == (0, 0, 0, 0, 1)


def test_an_end_before_a_look_that_found_somebody_there_is_refused(tmp_path: Path) -> None:
    bring_in("employment", tmp_path, {})
    look = looked(Placement.objects.get(), day=date(2024, 6, 1))
    ended = {"目前状态": "离岗", "离岗日期": "2024-05-20"}
    assert numbers(bring_in("employment", tmp_path, ended)) == (0, 0, 0, 0, 1)
    assert Placement.objects.get().ended_on is None
    withdraw_entry(row=look, by=UserFactory(), reason="看错了人")
    assert numbers(bring_in("employment", tmp_path, ended)) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize(
    "cells",
    [
        {"是否自愿": "否"}, {"目前状态": "离岗"}, {"离岗日期": "2024-05-20"},
        {"目前状态": "离岗", "离岗日期": "2024-01-20"}, {"月收入(元)": "两千"},
        {"月收入(元)": "1.005"}, {"就业方式": "神仙"}, {"上岗日期": "2024年2月30日"},
        {"身份证号码": resident_number(9)},
    ],
)  # fmt: skip
def test_a_wrong_line_of_work_is_refused(tmp_path: Path, cells: dict[str, Any]) -> None:
    assert numbers(bring_in("employment", tmp_path, cells)) == (0, 0, 0, 0, 1)


def test_training_comes_in_and_who_has_no_certificate_has_not_failed(tmp_path: Path) -> None:
    PersonFactory(document_number=resident_number(2), name="林志强")
    other = {"姓名": "林志强", "身份证号": resident_number(2), "是否获证": "否", "证书编号": None}
    report = bring_in("training", tmp_path, {}, other)
    assert numbers(report) == (2, 0, 0, 0, 0)
    assert {gap.gap: gap.count for gap in report.gaps} == {"no_certificate": 1}
    assert sorted(Enrolment.objects.values_list("examination", "enrolled_on", "examined_on")) == [
        ("passed", None, None), ("taken", None, None),
    ]  # fmt: skip
    assert Course.objects.get().last is None
    assert numbers(bring_in("training", tmp_path, {}, other)) == (0, 0, 2, 0, 0)
    later = other | {"是否获证": "是", "证书编号": "QH2021-0002"}
    assert numbers(bring_in("training", tmp_path, later)) == (0, 1, 0, 0, 0)
    assert numbers(bring_in("training", tmp_path, {"证书编号": "另一个号"})) == (0, 0, 0, 0, 1)
    row = Enrolment.objects.get(certificate_number="QH2021-0002")
    withdraw_entry(row=row, by=User.objects.system(), reason="台账里记错了人")
    assert numbers(bring_in("training", tmp_path, later)) == (0, 0, 1, 0, 0)


@pytest.mark.parametrize(
    "cells",
    [{"是否参加考试": "否"}, {"证书编号": None}, {"是否获证": "否"}, {"开班日期": "2121-03-01"}],
)
def test_a_wrong_line_of_training_is_refused(tmp_path: Path, cells: dict[str, Any]) -> None:
    assert numbers(bring_in("training", tmp_path, cells)) == (0, 0, 0, 0, 1)


def test_what_was_put_right_of_a_placement_stays_so_when_the_ledger_comes_again(
    tmp_path: Path,
) -> None:
    by = User.objects.system()
    ended = {"目前状态": "离岗", "离岗日期": "2024-05-20"}
    bring_in("employment", tmp_path, ended)
    row = Placement.objects.get()
    take_back_end(placement=row, by=by, reason="离岗的是另一个人", version=1)
    assert numbers(bring_in("employment", tmp_path, ended)) == (0, 0, 1, 0, 0)
    assert Placement.objects.get().ended_on is None, "not ended again"
    correct_placement(
        placement=row, by=by, reason="上岗日期抄错了", version=2, kind="company", wage_fen=250_000,
        employer="潭门水产有限公司", starts_on=date(2024, 2, 18), consent_how="ledger",
    )  # fmt: skip
    for cells in ({}, ended):
        assert numbers(bring_in("employment", tmp_path, cells)) == (0, 0, 1, 0, 0)
    right = {"上岗日期": "2024-02-18", "单位": "潭门水产有限公司", "月收入(元)": 2500}
    assert numbers(bring_in("employment", tmp_path, right)) == (0, 0, 1, 0, 0)
    assert numbers(bring_in("employment", tmp_path, right | {"单位": "嘉积环卫"}))[4] == 1
    later = {"目前状态": "离岗", "离岗日期": "2024-06-20"}
    assert numbers(bring_in("employment", tmp_path, later)) == (0, 1, 0, 0, 0), "a new end comes"
    stored = Placement.objects.get()
    assert (stored.ended_on, stored.version) == (date(2024, 6, 20), 4)


def test_a_certificate_that_was_taken_away_does_not_come_back(tmp_path: Path) -> None:
    by = User.objects.system()
    bring_in("training", tmp_path, {})
    row = Enrolment.objects.get()
    correct_enrolment(
        enrolment=row, by=by, reason="证书是另一个人的", version=1, examination="taken"
    )
    assert numbers(bring_in("training", tmp_path, {})) == (0, 0, 1, 0, 0)
    row.refresh_from_db()
    assert (row.examination, row.certificate_number) == ("taken", "")
    assert numbers(bring_in("training", tmp_path, {"证书编号": "QH2021-0009"})) == (0, 1, 0, 0, 0)


def test_a_ledger_that_comes_again_after_a_move_brings_nothing(tmp_path: Path) -> None:
    for code in ("employment", "training"):
        assert numbers(bring_in(code, tmp_path, {})) == (1, 0, 0, 0, 0)
    person = Person.objects.get()
    move_person(person=person, area=area(WENCHENG), by=User.objects.system())
    for code in ("employment", "training"):
        assert numbers(bring_in(code, tmp_path, {}, where="46")) == (0, 0, 1, 0, 0)
    assert (Course.objects.count(), Enrolment.objects.count()) == (1, 1)
    later = {"是否获证": "是", "证书编号": "QH2021-0007"}
    assert numbers(bring_in("training", tmp_path, later, where="46"))[4] == 1


def test_a_ledger_that_comes_again_after_a_merge_brings_nothing(tmp_path: Path) -> None:
    kept = Person.objects.get()
    other = PersonFactory(document_number=resident_number(2), name="陈海生")
    lines: list[dict[str, Any]] = [
        {"身份证号": resident_number(2), "证书编号": "QH2021-0002"}, {},
    ]  # fmt: skip
    work: list[dict[str, Any]] = [{"身份证号码": resident_number(2), "单位": "嘉积环卫"}, {}]
    assert numbers(bring_in("training", tmp_path, *lines)) == (2, 0, 0, 0, 0)
    assert numbers(bring_in("employment", tmp_path, *work)) == (2, 0, 0, 0, 0)
    merged_into(kept, other, UserFactory(records_admin=True))
    for _time in range(2):
        assert numbers(bring_in("training", tmp_path, *lines)) == (0, 0, 2, 0, 0)
        assert numbers(bring_in("employment", tmp_path, *work)) == (0, 0, 2, 0, 0)
    assert (Course.objects.count(), Enrolment.objects.count()) == (1, 2)


def test_a_line_of_somebody_who_had_died_before_is_refused(tmp_path: Path) -> None:
    Person.objects.update(life_status="deceased", life_status_since=date(2020, 1, 1))
    for code in ("employment", "training"):
        assert numbers(bring_in(code, tmp_path, {})) == (0, 0, 0, 0, 1)
    assert not Course.objects.exists()


def both_numbers() -> Person:
    """The person whose file took in another one, with its number."""
    kept = Person.objects.get()
    other = PersonFactory(document_number=resident_number(2), name="陈海生")
    merged_into(kept, other, UserFactory(records_admin=True))
    return kept


def test_a_training_file_with_both_numbers_of_a_merged_person_comes_in(tmp_path: Path) -> None:
    both_numbers()
    less = {"是否参加考试": "否", "是否获证": "否", "证书编号": ""}
    more = {"身份证号": resident_number(2)}
    assert numbers(bring_in("training", tmp_path, less, more)) == (1, 1, 0, 0, 0)
    assert Enrolment.objects.get().certificate_number == "QH2021-0001"
    # As if the file came again, in either order.
    assert numbers(bring_in("training", tmp_path, less, more)) == (0, 0, 2, 0, 0)
    assert numbers(bring_in("training", tmp_path, more, less)) == (0, 0, 2, 0, 0)


def test_a_training_file_with_less_after_more_of_one_person_takes_nothing_back(
    tmp_path: Path,
) -> None:
    both_numbers()
    other = {"身份证号": resident_number(2), "证书编号": "QH2021-0002"}
    assert numbers(bring_in("training", tmp_path, {}, other)) == (1, 0, 0, 0, 1)
    assert Enrolment.objects.get().certificate_number == "QH2021-0001"


def test_an_employment_file_with_both_numbers_of_a_merged_person_makes_one_placement(
    tmp_path: Path,
) -> None:
    both_numbers()
    same = {"身份证号码": resident_number(2)}
    ended = same | {"目前状态": "离岗", "离岗日期": "2024-08-01"}
    assert numbers(bring_in("employment", tmp_path, {}, same)) == (1, 0, 1, 0, 0)
    assert numbers(bring_in("employment", tmp_path, {}, ended)) == (0, 1, 1, 0, 0)
    assert Placement.objects.get().ended_on == date(2024, 8, 1)
    elsewhere = same | {"上岗日期": "2024-03-01", "单位": "嘉积环卫"}
    report = bring_in("employment", tmp_path, elsewhere, {"上岗日期": "2024-03-01"})
    assert numbers(report) == (1, 0, 0, 0, 1)
    assert Placement.objects.count() == 2


def test_a_course_of_a_county_that_became_another_is_opened_there_once(tmp_path: Path) -> None:
    person = Person.objects.get()
    move_person(person=person, area=area(WENCHENG), by=User.objects.system())
    PersonFactory(document_number=resident_number(2), name="陈海生")
    merge_areas(area=area(WENCHANG), into=area(QIONGHAI), by=User.objects.system())
    lines: list[dict[str, Any]] = [{}, {"身份证号": resident_number(2), "证书编号": "QH2021-0002"}]
    assert numbers(bring_in("training", tmp_path, *lines)) == (2, 0, 0, 0, 0)
    assert Course.objects.get().area == area(QIONGHAI)


def test_a_course_from_before_the_counties_became_one_goes_on(tmp_path: Path) -> None:
    person = Person.objects.get()
    move_person(person=person, area=area(WENCHENG), by=User.objects.system())
    assert numbers(bring_in("training", tmp_path, {}, where="46")) == (1, 0, 0, 0, 0)
    merge_areas(area=area(WENCHANG), into=area(QIONGHAI), by=User.objects.system())
    PersonFactory(document_number=resident_number(2), name="陈海生")
    later = {"身份证号": resident_number(2), "证书编号": "QH2021-0002"}
    assert numbers(bring_in("training", tmp_path, later)) == (1, 0, 0, 0, 0)
    assert Course.objects.count() == 1


def test_a_ledger_that_comes_again_after_its_course_was_put_right_opens_no_other(
    tmp_path: Path,
) -> None:
    less = {"是否获证": "否", "证书编号": ""}
    assert numbers(bring_in("training", tmp_path, less)) == (1, 0, 0, 0, 0)
    boss = UserFactory(county_supervisor=True)
    change_course(
        course=Course.objects.get(), by=boss, reason="课程名称写错了", title="电工（初级）",
        first=date(2021, 3, 2),
    )  # fmt: skip
    row = Enrolment.objects.get()
    assert (row.counted_on, row.examined_on) == (date(2021, 3, 2), None)
    assert numbers(bring_in("training", tmp_path, less)) == (0, 0, 1, 0, 0)
    PersonFactory(document_number=resident_number(2), name="陈海生")
    other = {"身份证号": resident_number(2), "证书编号": "QH2021-0002"}
    assert numbers(bring_in("training", tmp_path, {}, other)) == (1, 1, 0, 0, 0)
    course = Course.objects.get()
    assert {row.counted_on for row in Enrolment.objects.all()} == {course.first}
