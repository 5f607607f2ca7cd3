"""A ledger of learning: who learned what, where and when, with the points as they stand in it."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, TextField
from apps.core.refusals import Refused
from apps.learning.codes import Origin
from apps.learning.models import MOST, LearningRecord
from apps.learning.services import correct_learning, record_learning
from apps.ledgers.cells import HALF_WIDTH, CellFault, as_day, as_identity, as_text, same_words
from apps.ledgers.former import Facts, said_before
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, row_by_row
from apps.ledgers.persons import LineOfPerson, find_persons
from apps.ledgers.report import CHANGED, RowResult
from apps.persons.models import Person
from apps.persons.services.files import differences

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


def _bring_in(run: Run, entry: LedgerEntry) -> str | RowResult:
    """A record that stands, or was withdrawn, is not made again; points that were missing come."""
    facts = entry.facts
    source = facts["platform"]
    is_own = source in OWN
    said = {
        "title": facts["title"], "first": facts["first"], "platform": "" if is_own else source,
        "origin": Origin.OWN if is_own else Origin.PLATFORM,
    }  # fmt: skip
    person = run.known.by_number[facts["document_number"]]
    rows = LearningRecord.objects.filter(person=person, first=said["first"])
    same = [
        row for row in rows.order_by("-withdrawn_at", "pk")
        if same_words(row.title, said["title"]) and same_words(row.platform, said["platform"])
    ]  # fmt: skip
    known = same[-1] if same else _put_right(person, said)
    if known is None:
        record_learning(
            person=person, by=run.by, client_uuid=uuid7(), points=facts["points"], **said
        )
        return "new"
    if known.withdrawn_at is not None or facts["points"] in (None, known.points):
        return "unchanged"
    if facts["points"] in {points for *_key, points in _ever(known)}:
        return "unchanged"
    if known.points is not None:
        raise Refused(_("Other points of this course are on record. Correct the record instead."))
    told = differences(known, {"points": facts["points"]})
    correct_learning(
        record=known, by=run.by, version=known.version, points=facts["points"], last=known.last,
        hours=known.hours, words=known.words, reason=_("The ledger says the points"), **said,
    )  # fmt: skip
    return RowResult(CHANGED, told=told)


def _put_right(person: Person, said: dict[str, Any]) -> LearningRecord | None:
    """The record that said so before somebody corrected it: it is not made again."""
    key = (said["title"], said["platform"], said["first"])
    rows = LearningRecord.objects.filter(person=person).order_by("pk")
    return next((row for row in rows if key in {one[:3] for one in _ever(row)}), None)


def _ever(row: LearningRecord) -> set[Facts]:
    return said_before(LearningRecord, [row], "title", "platform", "first", "points")[row.pk]


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
    service=row_by_row(_bring_in),
)
