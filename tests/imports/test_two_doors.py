"""Two doors, one rule: lines by the hundred leave what lines one by one would leave."""

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings, strategies as st
from pghistory.models import Event

from apps.accounts.models import User
from apps.cases.models import Case, RiskLevelRecord
from apps.core.days import today
from apps.core.fields import EncryptedTextField
from apps.imports.bringing import openings, persons
from apps.imports.services import import_ledger
from apps.imports.services.reading import bring_in
from apps.ledgers.ledger import ledgers
from apps.ledgers.report import Report
from apps.notices.models import Notice
from apps.persons.models import Assignment, Person
from apps.schedule.models import DueItem
from tests.factories.accounts import UserFactory
from tests.factories.areas import area
from tests.factories.persons import PersonFactory, resident_number
from tests.imports.sheets import write_csv

pytestmark = pytest.mark.django_db

HEADER = ["姓名", "身份证号码", "性别", "管控类型", "决定书文号", "决定日期", "收到决定书日期",
          "报到日期", "协议签订日期", "执行截止日", "风险等级", "联系电话", "现居住地", "专干",
          "是否低保"]  # fmt: skip
DAYS = st.sampled_from(["", "", *(
    (date(2024, 1, 1) + timedelta(days=90 * n)).isoformat() for n in range(8)
)])  # fmt: skip
LINE = st.tuples(
    st.sampled_from(["陈海生", "欧阳林月", "曾单", "Nguyen Thi"]),
    st.integers(0, 9).map(resident_number), st.sampled_from(["", "男", "女"]),
    st.sampled_from(["社区戒毒", "社区康复", "社会面管控", "戒断三年未复吸"]),
    st.sampled_from(["", "〔2024〕1号", "〔2024〕2号"]), DAYS, DAYS, DAYS, DAYS, DAYS,
    st.sampled_from(["", "高", "低", "甲"]), st.sampled_from(["", "10012345678", "123"]),
    st.sampled_from(["", "琼海市嘉积镇先锋村一队", "琼海市万泉镇", "别处"]),
    st.sampled_from(["", "符用户", "没有此人"]), st.sampled_from(["", "是", "否"]),
)  # fmt: skip
# What two runs can never have in common.
OWN = {"id", "pgh_id", "pgh_obj_id", "pgh_obj", "public_id", "created_at", "recorded_at",
       "pgh_created_at", "pgh_context", "client_uuid", "subject", "at"}  # fmt: skip
MODELS = (Person, Case, RiskLevelRecord, Assignment, DueItem, Notice)


class TakenBack(Exception):
    """So that each of the two doors begins with the same rows."""


def everything() -> dict[str, Counter[str]]:
    """All rows that an import can write, with their history, in words that need no number."""
    who = {p.pk: p.document_number for p in Person.every.all()}
    which = {c.pk: (who[c.person_id], c.decision_number, c.measure, str(c.decided_on),
                    str(c.reported_on)) for c in Case.objects.all()}  # fmt: skip
    found = {}
    for model in MODELS:
        found[model.__name__] = Counter(_said(row, who, which) for row in model._base_manager.all())
        if hasattr(model, "events"):
            events: Any = model.events.rel.related_model  # type: ignore[attr-defined]
            rows: Any = events.objects.select_related("pgh_context")
            found[events.__name__] = Counter(_said(row, who, which) for row in rows)
    return found


def _said(row: models.Model, who: dict[int, str], which: dict[int, Any]) -> str:
    told: dict[str, Any] = {}
    for column in row._meta.concrete_fields:
        if column.name in OWN:
            continue
        value = row.__dict__[column.attname]
        if isinstance(column, EncryptedTextField):
            # Each row of the history is sealed for the row it tells of.
            value = bool(value) if isinstance(row, Event) else getattr(row, column.attname)
        elif column.many_to_one and column.related_model is Person:
            value = who.get(value)
        elif column.many_to_one and column.related_model is Case:
            value = which.get(value)
        told[column.name] = bytes(value).hex() if isinstance(value, memoryview) else str(value)
    if isinstance(row, Event):
        told["context"] = row.pgh_context.metadata
        told["of"] = who.get(row.pgh_obj_id) if "name_pinyin" in told else ""
    return json.dumps(told, sort_keys=True, default=str, ensure_ascii=False)


def brought(lines: list[tuple[str, ...]], *, singly: bool) -> tuple[dict[str, Any], Any]:
    """Rows and report of one of the doors; nothing of it stays."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *lines])
    found: list[Any] = []
    with pytest.MonkeyPatch.context() as patched:
        if singly:
            patched.setattr(persons, "without_file", lambda _run, _entries: [])
        else:
            patched.setattr(openings, "FEW", 0)
        try:
            with transaction.atomic():
                report = bring_in(
                    ledger=ledgers()["persons"], content=text.getvalue().encode(),
                    file_name="a.csv", by=User.objects.get(username="records"),
                    area=area("469002"),
                )  # fmt: skip
                found = [everything(), told(report)]
                raise TakenBack
        except TakenBack:
            pass
    return found[0], found[1]


def told(report: Report) -> dict[str, Any]:
    facts = report.as_json() | {"lines": report.lines}
    facts["gaps"] = sorted(
        (gap["gap"], gap["words"], gap["count"], sorted(gap["rows"])) for gap in facts["gaps"]
    )
    return facts


@pytest.fixture
def _offices() -> None:
    UserFactory(username="records", records_admin=True)
    UserFactory(username="clerk", name="符用户")
    PersonFactory(document_number=resident_number(0), name="陈海生")


@pytest.mark.usefixtures("_offices")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(LINE, min_size=1, max_size=12))
def test_by_the_hundred_as_one_by_one(lines: list[tuple[str, ...]]) -> None:
    many, of_many = brought(lines, singly=False)
    each, of_each = brought(lines, singly=True)
    assert of_many == of_each
    assert many == each


def register(count: int) -> list[list[str]]:
    """Persons with an order each."""
    return [["姓名", "身份证号码", "管控类型", "决定书文号", "决定日期", "收到决定书日期"]] + [
        ["陈海生", resident_number(n), "社区戒毒", f"〔2026〕{n}号", "2026-03-02", "2026-03-04"]
        for n in range(count)
    ]


def test_a_number_that_came_on_file_meanwhile_stops_its_own_line_alone(
    tmp_path: Path, english: None
) -> None:
    """The database refuses one of many: halved until it is found, and named as on the page."""
    done: list[str] = []

    def open_beside(step: str, _done: int, _total: int) -> None:
        if step == "Checking" and not done:
            done.append(step)
            PersonFactory(document_number=resident_number(17))

    report = import_ledger(
        ledger=ledgers()["persons"], path=write_csv(tmp_path / "a.csv", register(40)),
        by=User.objects.system(), area=area("469002"), on_progress=open_beside,
    )  # fmt: skip
    assert (report.new, report.rejected) == (39, 1)
    assert [(f.row, f.reason) for f in report.errors] == [
        (19, "A file for this document number exists.")
    ]
    assert Case.objects.count() == 39
    assert Case.objects.filter(report_by=None).count() == 0


def test_what_an_order_lacks_is_counted_once_however_many_parts_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Orders that are on file: each part told anew of those before it."""
    path = write_csv(tmp_path / "a.csv", register(12))
    options = {"ledger": ledgers()["persons"], "path": path, "by": User.objects.system(),
               "area": area("469002")}  # fmt: skip
    import_ledger(**options)
    monkeypatch.setattr("apps.imports.services.reading.PARTS", (2, 2))
    again = import_ledger(**options, dry_run=True)
    assert {gap.count for gap in again.gaps if gap.gap == "no_worker"} == {12}
    assert all(len(gap.rows) == len(set(gap.rows)) for gap in again.gaps)


def test_new_persons_cost_no_statement_each(
    tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(200):
        import_ledger(
            ledger=ledgers()["persons"], path=write_csv(tmp_path / "a.csv", register(300)),
            by=User.objects.system(), area=area("469002"),
        )  # fmt: skip
    assert Case.objects.filter(person__brought_in_on=today()).count() == 300
