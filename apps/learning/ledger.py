"""A ledger of learning: who learned what, where and when, with the points as they stand in it."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.learning.bulk import LedgerLearning, bring_in_learning
from apps.learning.models import MOST, LearningRecord
from apps.ledgers.cells import HALF_WIDTH, CellFault, as_day, as_identity, as_text
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run
from apps.ledgers.persons import LineOfPerson, find_persons

# What offices write for a course of their own; every other word is the name of a platform.
OWN: Final = frozenset({"本单位", "本单位课程", "自办", "自办课程", "自办培训", "线下自办"})
OWN_WORD: Final = "本单位"
_POINTS: Final = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")


def as_points(value: Any) -> Decimal | None:
    """98.9 stays 98.9, and 98.90 that was written as text stays 98.90; never rounded."""
    text = as_text(value).translate(HALF_WIDTH).removesuffix("分").strip()
    if not text:
        return None
    if not _POINTS.fullmatch(text):
        raise CellFault(_("“%(text)s” is no number of points.") % {"text": text})
    return Decimal(text)


COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity, required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("title", ("课程", "课程名称", "学习内容", "学习课程"), free=True, required=True),
    Column("platform", ("来源", "学习平台", "平台", "平台名称", "学习渠道"), free=True,
           required=True),
    Column("first", ("学习日期", "学习时间", "日期", "完成日期", "开始日期"), read=as_day,
           required=True),
    Column("points", ("积分", "得分", "成绩", "分数"), read=as_points, decides=True),
)  # fmt: skip


class LearningLine(LineOfPerson):
    """Whom, what, where, on which day; points stay open where the ledger has none."""

    title = TextField(max_length=80)
    platform = TextField(max_length=60)
    first = DayField(latest=today)
    points = forms.DecimalField(
        min_value=0, max_value=MOST, max_digits=9, decimal_places=4, required=False
    )


def _bring_in(run: Run, entries: Sequence[LedgerEntry]) -> None:
    step = _("Bringing in")
    run.on_progress(step, 0, len(entries))
    results = bring_in_learning([_line(run, entry.facts) for entry in entries], by=run.by)
    for entry, result in zip(entries, results, strict=True):
        run.report.count(entry.row, result)
    run.on_progress(step, len(entries), len(entries))


def _line(run: Run, facts: dict[str, Any]) -> LedgerLearning:
    source = facts["platform"]
    return LedgerLearning(
        person=run.known.by_number[facts["document_number"]], title=facts["title"],
        first=facts["first"], platform="" if source in OWN else source, points=facts["points"],
    )  # fmt: skip


def lines_out(going: Going) -> Iterator[LineOut]:
    """A course of the office is written as one of its own."""
    rows = going.rows(LearningRecord).filter(withdrawn_at=None)
    rows = rows.select_related("person").order_by("person__sort_key", "person_id", "first", "pk")
    for row in going.once(
        rows, lambda row: (row.person_id, as_text(row.title), as_text(row.platform), row.first)
    ):
        yield going.line_of(
            row.person, title=row.title, platform=row.platform or OWN_WORD, first=row.first,
            points=None if row.points is None else str(row.points),
        )  # fmt: skip


LEDGER: Final = Ledger(
    code="learning",
    rank=67,
    title=gettext_lazy("Learning"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=LearningLine,
    key=lambda facts: (facts["document_number"], facts["title"], facts["platform"], facts["first"]),
    prepare=find_persons,
    out=lines_out,
    service=_bring_in,
)
