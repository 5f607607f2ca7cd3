"""A ledger of learning: points as they stand there, and nothing twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from apps.accounts.models import User
from apps.imports.services import import_ledger
from apps.learning.models import LearningRecord
from apps.learning.services import correct_learning, withdraw_learning
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.persons.models import Person
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.persons import PersonFactory, merged_into, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db
USUAL = {
    "姓名": "陈海生", "身份证号": resident_number(1), "课程名称": "禁毒知识", "来源": "网上课堂",
    "学习日期": "2024年3月8日", "积分": 98.9,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _persons() -> None:
    PersonFactory(document_number=resident_number(1), name="陈海生")


def bring_in(tmp_path: Path, *rows: dict[str, Any]) -> Report:
    lines = [[(USUAL | cells)[name] for name in USUAL] for cells in rows]
    path = write_xlsx(tmp_path / "学习.xlsx", [["学习登记表"], list(USUAL), *lines])
    with translation.override("en"):
        return import_ledger(
            ledger=ledgers()["learning"], path=path, by=User.objects.system(), area=area("469002")
        )


def numbers(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.duplicates, report.rejected)


@pytest.mark.parametrize(
    ("cell", "stored"),
    [(98.9, "98.9"), ("98.9", "98.9"), ("98.90", "98.90"), ("98.9分", "98.9"), ("９８.9", "98.9"),
     (100, "100"), (0, "0"), ("7.0001", "7.0001"), ("", ""), (None, ""), ("不详", "")],
)  # fmt: skip
def test_points_come_in_as_they_were_written_and_twice_brings_nothing(
    tmp_path: Path, cell: Any, stored: str
) -> None:
    assert numbers(bring_in(tmp_path, {"积分": cell})) == (1, 0, 0, 0, 0)
    row = LearningRecord.objects.get()
    assert (row.points_text, row.title, row.platform, row.origin, row.first) == (
        stored, "禁毒知识", "网上课堂", "platform", date(2024, 3, 8),
    )  # fmt: skip
    assert numbers(bring_in(tmp_path, {"积分": cell})) == (0, 0, 1, 0, 0)
    assert LearningRecord.objects.get() == row


@pytest.mark.parametrize(
    "cells",
    [
        {"积分": "优"}, {"积分": "98.12345"}, {"积分": "-1"}, {"积分": "123456"}, {"积分": "9,8"},
        {"学习日期": "2024年2月30日"}, {"学习日期": "2124-03-01"}, {"来源": ""}, {"课程名称": ""},
        {"身份证号": resident_number(9)}, {"姓名": "林志强"}, {"学习日期": "1960-01-01"},
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused(tmp_path: Path, cells: dict[str, Any]) -> None:
    assert numbers(bring_in(tmp_path, cells)) == (0, 0, 0, 0, 1)
    assert not LearningRecord.objects.exists()


def test_courses_of_the_office_have_no_platform_and_other_sources_are_other_records(
    tmp_path: Path,
) -> None:
    report = bring_in(
        tmp_path, {}, {"来源": "自办课程"}, {"来源": "智慧平台"}, {"学习日期": "2024-03-09"}, {}
    )
    assert numbers(report) == (4, 0, 0, 1, 0)
    own = LearningRecord.objects.get(origin="own")
    assert own.platform == ""


def test_points_follow_later_and_other_points_are_corrected_by_hand(tmp_path: Path) -> None:
    bring_in(tmp_path, {"积分": None})
    assert numbers(bring_in(tmp_path, {"积分": "98.90"})) == (0, 1, 0, 0, 0)
    row = LearningRecord.objects.get()
    assert (row.points_text, row.version) == ("98.90", 2)
    assert numbers(bring_in(tmp_path, {"积分": None})) == (0, 0, 1, 0, 0)
    report = bring_in(tmp_path, {"积分": "97"})
    assert numbers(report) == (0, 0, 0, 0, 1)
    row.refresh_from_db()
    assert row.points_text == "98.90"
    withdraw_learning(record=row, by=User.objects.system(), reason="台账里记错了人")
    assert numbers(bring_in(tmp_path, {"积分": "97"})) == (0, 0, 1, 0, 0)


def test_what_was_put_right_stays_so_when_the_ledger_comes_again(tmp_path: Path) -> None:
    bring_in(tmp_path, {})
    row = LearningRecord.objects.get()
    correct_learning(
        record=row, by=User.objects.system(), version=1, reason="平台上是另一门", title="法律常识",
        origin="platform", platform="网上课堂", first=date(2024, 3, 9), points=Decimal("97.0"),
    )  # fmt: skip
    assert numbers(bring_in(tmp_path, {})) == (0, 0, 1, 0, 0)
    row.refresh_from_db()
    assert (row.title, row.points_text) == ("法律常识", "97.0")
    again = {"课程名称": "法律常识", "学习日期": "2024-03-09"}
    assert numbers(bring_in(tmp_path, again)) == (0, 0, 1, 0, 0), "with the points of before"
    assert numbers(bring_in(tmp_path, again | {"积分": "96"})) == (0, 0, 0, 0, 1)


def test_both_numbers_of_a_merged_person_are_one_record_with_the_points_of_the_second_line(
    tmp_path: Path,
) -> None:
    kept, gone = Person.objects.get(), PersonFactory(document_number=resident_number(2))
    merged_into(kept, gone, UserFactory(records_admin=True))
    other = {"身份证号": resident_number(2), "姓名": ""}
    report = bring_in(tmp_path, {"积分": None}, other, other | {"课程名称": "法律常识"})
    assert numbers(report) == (2, 1, 0, 0, 0)
    rows = {row.title: row for row in LearningRecord.objects.all()}
    assert {title: row.points_text for title, row in rows.items()} == {
        "禁毒知识": "98.9", "法律常识": "98.9",
    }  # fmt: skip
    told = LearningRecord.events.rel.related_model.objects.filter(pgh_obj_id=rows["禁毒知识"].pk)
    assert told.count() == 2
    assert numbers(bring_in(tmp_path, {"积分": None}, other)) == (0, 0, 2, 0, 0)


def test_a_line_of_days_after_a_death_is_refused_and_the_others_come_in(tmp_path: Path) -> None:
    PersonFactory(document_number=resident_number(2), name="陈海生", life_status="deceased",
                  life_status_since=date(2024, 3, 1))  # fmt: skip
    report = bring_in(tmp_path, {"身份证号": resident_number(2)}, {})
    assert numbers(report) == (1, 0, 0, 0, 1)


def test_a_long_ledger_asks_the_database_as_often_as_a_short_one(tmp_path: Path) -> None:
    asked = []
    for year, n in (("2022", 2), ("2023", 12)):
        days = [{"学习日期": f"{year}-03-{day + 1:02}"} for day in range(n)]
        with CaptureQueriesContext(connection) as found:
            assert numbers(bring_in(tmp_path, *days)) == (n, 0, 0, 0, 0)
        asked.append(len(found))
    assert asked[1] - asked[0] <= 2
