"""A changed line of any ledger shows what stood before and what stands after it."""

from pathlib import Path
from typing import Any

import pytest

from apps.accounts.models import User
from apps.imports.services import import_ledger
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from tests.factories.areas import area
from tests.factories.cases import CaseFactory
from tests.imports.sheets import write_csv

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

# Header without number, the line as it came first, what the second one says in its last cells, and
# before and after of what that changes.
LINES: dict[str, tuple[list[str], list[str], list[str], tuple[str, str]]] = {
    "drugtests": (["采样日期", "样本类型", "检测结果"], ["2024-05-06", "毛发", ""], ["阴性"],
                  ("–", "Negative")),
    "employment": (["就业方式", "上岗日期", "是否自愿", "离岗日期"],
                   ["企业吸纳", "2024-05-06", "是", ""], ["2024-05-20"], ("–", "2024-05-20")),
    "training": (["培训班", "开班日期", "是否参加考试", "是否获证", "证书编号"],
                 ["电工", "2024-05-06", "是", "否", ""], ["是", "Z1"], ("–", "Z1")),
    "learning": (["课程", "来源", "学习日期", "积分"],
                 ["禁毒法", "本单位", "2024-05-06", ""], ["98.9"], ("–", "98.9")),
    "assistance": (["帮扶类型", "发放日期", "金额(元)"], ["临时救助", "2024-05-06", ""], ["3000"],
                   ("–", "3,000.00")),
}  # fmt: skip


def bring_in(path: Path, kind: str, rows: list[list[Any]]) -> Report:
    return import_ledger(
        ledger=ledgers()[kind], path=write_csv(path / "a.csv", rows), by=User.objects.system(),
        area=area("469002"),
    )  # fmt: skip


@pytest.mark.parametrize("kind", LINES)
def test_a_changed_line_shows_before_and_after(tmp_path: Path, kind: str) -> None:
    case = CaseFactory()
    header, line, later, said = LINES[kind]
    rows = [["身份证号码", *header], [case.person.document_number, *line]]
    first = bring_in(tmp_path, kind, rows)
    assert (first.new, first.changes) == (1, []), first.errors
    rows[1][-len(later) :] = later
    report = bring_in(tmp_path, kind, rows)
    assert report.changed == 1, report.errors
    assert said in {(change.before, change.after) for change in report.changes}
    assert {change.row for change in report.changes} == {2}


def test_every_ledger_whose_lines_may_change_is_asked() -> None:
    """Check-ins, assessments and return visits are never changed by a ledger; persons, users,
    areas and organisations have tests of their own; sums are of nobody, and letters a toy.
    """
    others = {"checkins", "assessments", "followups", "persons", "users", "areas", "organisations"}
    assert set(ledgers()) - others - set(LINES) <= {"occupational", "letters"}


def test_other_villages_of_a_worker_are_shown(tmp_path: Path) -> None:
    area()
    header = ["用户名", "姓名", "角色", "区划代码", "负责村"]
    rows = [header, ["w1", "符琼", "专干", "469002100", ""]]
    assert bring_in(tmp_path, "users", rows).new == 1
    rows[1][-1] = "先锋村"
    report = bring_in(tmp_path, "users", rows)
    assert report.changed == 1
    assert [(one.before, one.after) for one in report.changes] == [("–", "先锋村")]
