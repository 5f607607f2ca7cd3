"""A ledger of drug tests: what another body took and wrote down, and no more than that."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.core.days import local_day
from apps.core.form_fields import TextField
from apps.drugtests.bulk import LedgerTest, bring_in_ledger
from apps.drugtests.codes import Reason, Result, Sample, TestKind
from apps.drugtests.models import DrugTest
from apps.ledgers.cells import as_identity, as_moment, as_text
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, word_table
from apps.ledgers.persons import LineOfPerson, PastMoment, find_persons
from apps.ledgers.report import REFUSED

SAMPLES: Final = word_table(
    {
        Sample.HAIR: "毛发 头发 发样 毛发样本",
        Sample.URINE: "尿液 尿样 尿 尿检",
        Sample.SALIVA: "唾液 口腔液",
        Sample.BLOOD: "血液 血样 血",
    }
)
# Whatever a ledger calls confirmed stands here as to be confirmed; its own word is kept beside it.
RESULTS: Final = word_table(
    {
        Result.NEGATIVE: "阴性 阴 未检出",
        Result.POSITIVE: "阳性 阳 初筛阳性 疑似阳性 阳性(待确认) 检出 确认阳性 确证阳性",
        Result.INVALID: "无效 检测无效",
    }
)
KINDS: Final = word_table(
    {
        TestKind.SCREENING: "筛查 初筛 管理性筛查 自检",
        TestKind.ON_SITE: "现场检测 现场",
        TestKind.LABORATORY: "实验室检测 实验室 司法鉴定 鉴定",
    }
)
REASONS: Final = word_table(
    {
        Reason.REGULAR: "定期 定期检测 例行",
        Reason.RANDOM: "随机 抽检 随机抽检 不定期",
        Reason.CAMPAIGN: "专项 专项检测 集中检测 专项行动",
        Reason.HANDOVER: "出所衔接 衔接 出所",
        Reason.REQUEST: "本人申请 本人要求",
        Reason.ELSEWHERE: "委托 代检 异地委托",
    }
)
USUAL_RESULTS: Final = ("", "阴性", "阳性")

COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity,
        required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("sample", ("样本类型", "样本", "检材", "检材类型", "样本种类", "检测方式"),
           words=SAMPLES, decides=True, required=True),
    Column("occurred_at", ("采样日期", "采样时间", "检测日期", "检测时间", "取样日期", "日期"),
           read=as_moment, required=True),
    Column("result", ("检测结果", "结果", "检测结论", "结论"), words=RESULTS, decides=True,
           required=True),
    Column("kind", ("检测类型", "检测类别"), words=KINDS),
    Column("why", ("检测原因", "检测事由", "检测缘由"), words=REASONS),
    Column("place_words", ("采样地点", "检测地点", "取样地点", "地点"), free=True),
    Column("panel", ("检测项目", "检测毒品种类", "项目"), free=True),
    Column("body", ("检测机构", "检测单位", "鉴定机构", "送检机构"), free=True),
    Column("report_number", ("报告编号", "报告号", "检测编号", "样本编号", "鉴定书编号"),
           free=True),
    Column("remark", ("备注", "说明"), free=True),
)  # fmt: skip
# Kept in the words of the ledger, each under the usual name of its column.
IN_WORDS: Final = ("place_words", "panel", "body", "report_number", "remark")
TITLES: Final = {column.field: column.synonyms[0] for column in COLUMNS}


def _words(length: int) -> TextField:
    return TextField(max_length=length, required=False)


class TestLine(LineOfPerson):
    """Whom, when, of what, and what it showed."""

    __test__ = False  # pytest: no class of tests

    occurred_at = PastMoment()
    sample = forms.ChoiceField(choices=Sample)
    result = forms.ChoiceField(choices=Result, required=False)
    kind = forms.ChoiceField(choices=TestKind, required=False)
    why = forms.ChoiceField(choices=Reason, required=False)
    place_words = _words(120)
    panel = _words(300)
    body = _words(120)
    report_number = _words(60)
    remark = _words(300)


def in_words(facts: dict[str, Any], cells: dict[str, str]) -> str:
    """What has no column of its own, as the ledger says it."""
    said = [(TITLES[name], facts[name]) for name in IN_WORDS if facts[name]]
    if (word := cells.get("result", "").strip()) not in USUAL_RESULTS:
        said.insert(0, (TITLES["result"], word))
    return "；".join(f"{title}：{words}" for title, words in said)


def bring_in(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Each line as a record that is marked as one of a ledger."""
    step, done = _("Bringing in"), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        run.on_progress(step, done, len(entries))

    rows = [_test(run, entry) for entry in entries]
    for entry, result in zip(
        entries, bring_in_ledger(rows, by=run.by, progress=advance), strict=True
    ):
        run.report.count(entry.row, result)
        if result.status == REFUSED:
            continue
        if result.row.case_id is None:
            words = _("No order in force on the day: kept as what happened, and marked")
            run.report.miss("no_order", words, entry.row)
        if not result.row.result:
            run.report.miss("no_result", _("Not known what the test showed"), entry.row)


def _test(run: Run, entry: LedgerEntry) -> LedgerTest:
    facts = entry.facts
    return LedgerTest(
        person=run.known.by_number[facts["document_number"]], occurred_at=facts["occurred_at"],
        sample=facts["sample"], result=facts["result"], kind=facts["kind"], why=facts["why"],
        note=in_words(facts, entry.cells),
    )  # fmt: skip


def lines_out(going: Going) -> Iterator[LineOut]:
    """Tests that were taken; of a sample and day the one that counts. What a ledger said in words
    goes back under the heading that it came from.
    """
    rows = going.rows(DrugTest).filter(reason_not="", withdrawn_at=None)
    rows = rows.select_related("person").order_by("person__sort_key", "person_id", "day", "-pk")
    for row in going.once(rows, lambda row: (row.person_id, row.day, row.sample)):
        yield going.line_of(
            row.person, sample=row.sample, occurred_at=row.occurred_at, result=row.result,
            kind=row.kind, why=row.why, **_out_of(row.note),
        )  # fmt: skip


def _out_of(note: str) -> dict[str, str]:
    fields = {title: name for name, title in TITLES.items() if name in IN_WORDS}
    said: dict[str, str] = {}
    for part in note.split("；"):
        title, colon, words = part.partition("：")
        name = fields.get(title) if colon else None
        if name is None or name in said:
            return {"remark": as_text(note)[:300]}
        said[name] = words
    return said


LEDGER: Final = Ledger(
    code="drugtests",
    rank=45,
    title=gettext_lazy("Drug tests"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=TestLine,
    key=lambda facts: (
        facts["document_number"], facts["sample"], local_day(facts["occurred_at"]),
    ),
    prepare=find_persons,
    out=lines_out,
    service=bring_in,
)  # fmt: skip
