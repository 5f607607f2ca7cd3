"""A ledger of return visits: a round of its own, nothing twice, and the newspaper's figure."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.followups.models import FollowUpAttempt, FollowUpRound
from apps.followups.services import close_round, withdraw_attempt
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.persons import PersonFactory, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db

HEADER = ["姓名", "身份证号码", "回访方式", "回访日期", "生活状况", "就业状况", "思想动态"]
NUMBER, OTHER = resident_number(1), resident_number(2)


@pytest.fixture(autouse=True)
def _persons() -> None:
    PersonFactory(document_number=NUMBER, name="陈海生")
    PersonFactory(document_number=OTHER, name="林志强")


def row(**cells: Any) -> list[Any]:
    usual = {
        "姓名": "陈海生", "身份证号码": NUMBER, "回访方式": "面访", "回访日期": "2024年3月9日",
        "生活状况": "一般", "就业状况": "未就业", "思想动态": "有波动",
    }  # fmt: skip
    return [(usual | cells)[name] for name in HEADER]


def bring_in(tmp_path: Path, *rows: list[Any]) -> Report:
    path = write_xlsx(tmp_path / "followups.xlsx", [["回访登记表"], HEADER, *rows])
    return import_ledger(
        ledger=ledgers()["followups"], path=path, by=User.objects.system(), area=area("469002")
    )


def numbers(report: Report) -> tuple[int, ...]:
    return (report.new, report.changed, report.unchanged, report.duplicates, report.rejected)


def nobody(**cells: Any) -> list[Any]:
    return row(回访方式="未联系上", 生活状况=None, 就业状况=None, 思想动态=None, **cells)


def test_lines_stand_in_a_round_of_the_county_and_year(tmp_path: Path) -> None:
    report = bring_in(
        tmp_path, row(), nobody(姓名="林志强", 身份证号码=OTHER, 回访日期="2024.05.19"),
        row(姓名="林志强", 身份证号码=OTHER, 回访方式="电访", 回访日期="2024/6/2"),
    )  # fmt: skip
    assert numbers(report) == (3, 0, 0, 0, 0)
    assert {gap.gap: gap.count for gap in report.gaps} == {"not_reached": 1}
    found = FollowUpRound.objects.get()
    assert (found.source, found.first, found.last) == (
        "ledger", date(2024, 3, 9), date(2024, 6, 2),
    )  # fmt: skip
    assert found.targets.counted()[found.pk] == {
        "whole": 2, "in_person": 1, "phone": 1, "declined": 0, "not_reached": 0, "left": 0,
    }  # fmt: skip


def test_nothing_of_it_stands_twice_and_what_was_withdrawn_stays_so(tmp_path: Path) -> None:
    bring_in(tmp_path, row())
    withdraw_attempt(
        attempt=FollowUpAttempt.objects.get(), by=User.objects.system(), reason="台账里记错了人"
    )
    assert numbers(bring_in(tmp_path, row())) == (0, 0, 1, 0, 0)
    assert FollowUpAttempt.objects.standing().count() == 0
    assert FollowUpRound.objects.count() == 1


def test_another_word_of_the_same_day_and_a_missed_person_who_tells_are_refused(
    tmp_path: Path,
) -> None:
    bring_in(tmp_path, row())
    report = bring_in(
        tmp_path, row(生活状况="困难"), row(姓名="林志强", 身份证号码=OTHER, 回访方式="未联系上"),
        row(身份证号码=resident_number(3), 姓名="王建国"), row(回访日期="2024年4月31日"),
        row(回访方式="托梦"),
    )  # fmt: skip
    assert numbers(report) == (0, 0, 0, 0, 5)


def test_a_closed_round_takes_no_line_and_knows_those_it_has(tmp_path: Path) -> None:
    bring_in(tmp_path, row())
    close_round(round=FollowUpRound.objects.get(), by=UserFactory(county_supervisor=True))
    other = row(姓名="林志强", 身份证号码=OTHER, 回访日期="2024.12.30")
    assert numbers(bring_in(tmp_path, row(), other)) == (0, 0, 1, 0, 1)
    assert FollowUpRound.objects.get().last == date(2024, 3, 9)
