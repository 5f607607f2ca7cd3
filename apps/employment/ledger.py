"""A ledger of work: who works where since when, of their own will, and until when."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.core.money import as_written, fen_of
from apps.employment.bulk import LedgerPlacement, bring_in_placements
from apps.employment.codes import Kind
from apps.employment.models import Placement
from apps.ledgers.cells import CellFault, as_day, as_identity, as_text
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, word_table
from apps.ledgers.persons import LineOfPerson, find_persons
from apps.ledgers.report import REFUSED

KINDS: Final = word_table(
    {
        Kind.COMPANY: "企业吸纳 企业 企业就业 务工 用人单位",
        Kind.PUBLIC: "公益性岗位 公益岗位",
        Kind.SITE: "康复产业园 康复农场 安置基地 企业安置基地 政府安置基地 就业基地",
        Kind.OWN: "自主创业 个体经营 个体 务农 务渔 落实责任田 创业",
        Kind.CASUAL: "灵活就业 零工 打零工",
    }
)
YES, NO = "yes", "no"
YES_NO: Final = word_table({YES: "是 自愿 有 已", NO: "否 不自愿 无 未 没有"})
STATES: Final = word_table({YES: "在岗 在职 就业中", NO: "离岗 离职 已离岗 已离职"})
WAGE_MOST: Final = 100_000_000  # in fen


def as_fen(value: Any) -> int | None:
    """Yuan as a ledger writes them, in fen; never rounded."""
    text = as_text(value).strip()
    if not text:
        return None
    try:
        fen = fen_of(text)
    except ValueError:
        raise CellFault(_("“%(text)s” is no sum of money.") % {"text": text}) from None
    if not 0 <= fen <= WAGE_MOST:
        raise CellFault(_("“%(text)s” is no sum of money.") % {"text": text})
    return fen


COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity, required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("kind", ("就业方式", "就业形式", "安置方式", "就业类型"), words=KINDS, decides=True,
           required=True),
    Column("employer", ("单位", "就业单位", "用人单位", "工作单位"), free=True),
    Column("starts_on", ("上岗日期", "就业日期", "上岗时间", "就业时间"), read=as_day,
           required=True),
    Column("wage_fen", ("月收入(元)", "月收入", "月工资", "月工资(元)", "工资"), read=as_fen,
           decides=True),
    Column("voluntary", ("是否自愿", "自愿"), words=YES_NO, decides=True, required=True),
    Column("state", ("目前状态", "状态", "就业状态"), words=STATES, decides=True),
    Column("ended_on", ("离岗日期", "离职日期", "离岗时间"), read=as_day,
           decides=True),
)  # fmt: skip


class PlacementLine(LineOfPerson):
    """Whom, what, where, since when, and until when."""

    kind = forms.ChoiceField(choices=Kind)
    employer = TextField(max_length=120, required=False)
    starts_on = DayField(latest=today)
    wage_fen = forms.IntegerField(required=False)
    voluntary = forms.ChoiceField(choices=[(YES, ""), (NO, "")])
    state = forms.ChoiceField(choices=[(YES, ""), (NO, "")], required=False)
    ended_on = DayField(latest=today, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        starts_on, ended_on = facts.get("starts_on"), facts.get("ended_on")
        if facts.get("voluntary") == NO:
            words = _("Nobody works without having said that they want to. Nothing is recorded.")
            self.add_error("voluntary", words)
        if facts.get("state") == NO and not ended_on and "ended_on" not in self.errors:
            self.add_error("ended_on", _("The work has ended, and the line does not say when."))
        if facts.get("state") == YES and ended_on:
            self.add_error("ended_on", _("The work goes on, and yet the line says when it ended."))
        if starts_on and ended_on and ended_on < starts_on:
            self.add_error("ended_on", _("The last day of work lies before the first."))
        return facts


def bring_in(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Each line as a placement."""
    step = _("Bringing in")
    run.on_progress(step, 0, len(entries))
    rows = [_placement(run, entry.facts) for entry in entries]
    results = bring_in_placements(rows, by=run.by)
    for entry, result in zip(entries, results, strict=True):
        run.report.count(entry.row, result)
        if result.status != REFUSED and result.row.wage_fen is None:
            run.report.miss("no_wage", _("The wage is not known"), entry.row)
    run.on_progress(step, len(entries), len(entries))


def _placement(run: Run, facts: dict[str, Any]) -> LedgerPlacement:
    return LedgerPlacement(
        person=run.known.by_number[facts["document_number"]], kind=facts["kind"],
        starts_on=facts["starts_on"], employer=facts["employer"], wage_fen=facts["wage_fen"],
        ended_on=facts["ended_on"],
    )  # fmt: skip


def lines_out(going: Going) -> Iterator[LineOut]:
    """Work that began of somebody's own will, as all of it does here."""
    rows = going.rows(Placement).filter(withdrawn_at=None, starts_on__lte=going.day)
    rows = rows.select_related("person").order_by(
        "person__sort_key", "person_id", "starts_on", "pk"
    )
    for row in going.once(rows, lambda row: (row.person_id, row.kind, row.starts_on)):
        ended = row.ended_on if row.ended_on and row.ended_on <= going.day else None
        yield going.line_of(
            row.person, kind=row.kind, employer=row.employer, starts_on=row.starts_on,
            wage_fen=as_written(row.wage_fen), voluntary=YES,
            state=NO if ended else YES, ended_on=ended,
        )  # fmt: skip


LEDGER: Final = Ledger(
    code="employment",
    rank=65,
    title=gettext_lazy("Work"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=PlacementLine,
    key=lambda facts: (facts["document_number"], facts["kind"], facts["starts_on"]),
    prepare=find_persons,
    out=lines_out,
    service=bring_in,
)
