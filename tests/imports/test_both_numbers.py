"""Two lines of one ledger that name both numbers of a person whose files became one are lines of
that person: nothing is doubled, nothing is lost, and the ledger comes again without a change.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import translation

from apps.accounts.models import User
from apps.cases.models import Case
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.persons import LineOfPerson
from apps.ledgers.report import Report
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area
from tests.factories.cases import CaseFactory
from tests.factories.persons import PersonFactory, merged_into, resident_number
from tests.imports.sheets import write_xlsx

pytestmark = pytest.mark.django_db
KEPT, GONE = resident_number(81), resident_number(82)
# What a line says beside the number and the name, and another word for one of its cells.
LINES: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "assessments": (
        {"评估日期": "2024-05-20", "风险等级": "中", "依据": "家庭稳定"}, {"风险等级": "高"},
    ),
    "assistance": (
        {"帮扶类型": "临时救助", "金额(元)": "500", "发放日期": "2024-05-20"}, {"金额(元)": "600"},
    ),
    "checkins": (
        {"签到时间": "2024-05-20 09:30", "签到方式": "电话", "状态报告": "一切正常"},
        {"签到方式": "当面"},
    ),
    "drugtests": (
        {"样本类型": "尿液", "采样日期": "2024-05-20", "检测结果": "阴性"}, {"检测结果": "阳性"},
    ),
    "employment": (
        {"就业方式": "企业吸纳", "单位": "潭门水产", "上岗日期": "2024-05-20", "是否自愿": "是"},
        {"单位": "嘉积环卫"},
    ),
    "followups": (
        {"回访方式": "面访", "回访日期": "2024-05-20", "生活状况": "稳定"}, {"回访方式": "电访"},
    ),
    "learning": (
        {"课程": "毒品预防", "来源": "学习强国", "学习日期": "2024-05-20", "积分": "98.9"},
        {"积分": "97"},
    ),
    "training": (
        {"培训班": "电工", "开班日期": "2024-05-20", "是否参加考试": "是", "是否获证": "是",
         "证书编号": "A1"},
        {"证书编号": "A2"},
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel("2024-06-03T12:00:00+08:00", tick=False), translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def case() -> Case:
    """Of the person whose file took in another one."""
    made: Case = CaseFactory(person=PersonFactory(name="陈海生", document_number=KEPT))
    other = PersonFactory(name="陈海生", document_number=GONE)
    merged_into(made.person, other, UserFactory(records_admin=True, area=area(QIONGHAI)))
    return made


def brought_in(folder: Path, code: str, *lines: dict[str, str]) -> tuple[int, ...]:
    head = ["姓名", *lines[0]]
    rows: list[list[Any]] = [["陈海生", *line.values()] for line in lines]
    path = write_xlsx(folder / f"{uuid4()}.xlsx", [["登记表"], head, *rows])
    found: Report = import_ledger(
        ledger=ledgers()[code], path=path, by=User.objects.system(), area=area(QIONGHAI)
    )
    return found.new, found.changed, found.unchanged, found.duplicates, found.rejected


def is_of_person(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, LineOfPerson)


def test_every_ledger_of_persons_is_asked() -> None:
    asked = {code for code, one in ledgers().items() if is_of_person(one.form)}
    assert asked - {"letters"} == set(LINES)  # letters are a toy of the tests


@pytest.mark.parametrize("code", LINES)
def test_two_lines_that_say_the_same_are_one(code: str, tmp_path: Path) -> None:
    facts, _other = LINES[code]
    one, two = ({"身份证号码": number} | facts for number in (KEPT, GONE))
    assert brought_in(tmp_path, code, one, two) == (1, 0, 1, 0, 0)
    assert brought_in(tmp_path, code, two, one) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize("code", LINES)
def test_two_lines_that_contradict_each_other_are_named(code: str, tmp_path: Path) -> None:
    facts, other = LINES[code]
    one, two = {"身份证号码": KEPT} | facts, {"身份证号码": GONE} | facts | other
    assert brought_in(tmp_path, code, one, two) == (1, 0, 0, 0, 1)
