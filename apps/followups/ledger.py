"""A ledger of return visits: whom somebody looked in on, how, and how it went."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.core.days import local_day
from apps.core.form_fields import TextField
from apps.followups.bulk import LedgerFollowUp, bring_in_followups
from apps.followups.codes import Life, Mind, Reached, Way, Work
from apps.followups.models import FollowUpAttempt
from apps.ledgers.cells import as_identity, as_moment
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, word_table
from apps.ledgers.persons import LineOfPerson, PastMoment, find_persons
from apps.ledgers.report import REFUSED

MISSED: Final = "missed"
WAYS: Final = word_table(
    {
        Way.IN_PERSON: "面访 面谈 入户 走访 当面 实地走访",
        Way.PHONE: "电访 电话 电话回访 电话访",
        MISSED: "未联系上 失联 联系不上 无法联系 未访到",
    }
)
LIVES: Final = word_table({Life.STEADY: "稳定 良好", Life.FAIR: "一般", Life.HARD: "困难 较差"})
WORKS: Final = word_table(
    {
        Work.EMPLOYED: "已就业 就业 务工",
        Work.CASUAL: "灵活就业 打零工 零工",
        Work.NONE: "未就业 无业 待业 失业",
    }
)
MINDS: Final = word_table({Mind.STEADY: "思想稳定 稳定 正常", Mind.UNSETTLED: "有波动 波动 不稳定"})
COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity, required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("way", ("回访方式", "访问方式", "方式", "回访形式"), words=WAYS, decides=True,
           required=True),
    Column("occurred_at", ("回访日期", "回访时间", "访问日期", "日期"), read=as_moment,
           required=True),
    Column("life", ("生活状况", "生活情况"), words=LIVES),
    Column("work", ("就业状况", "就业情况"), words=WORKS),
    Column("mind", ("思想动态", "思想状况", "思想情况"), words=MINDS),
    Column("words", ("备注", "说明", "回访内容"), free=True),
)  # fmt: skip


class FollowUpLine(LineOfPerson):
    """Whom, when, how, and how it went."""

    occurred_at = PastMoment()
    way = forms.ChoiceField(choices=[*Way.choices, (MISSED, "")])
    life = forms.ChoiceField(choices=Life, required=False)
    work = forms.ChoiceField(choices=Work, required=False)
    mind = forms.ChoiceField(choices=Mind, required=False)
    words = TextField(max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        told = [name for name in ("life", "work", "mind") if facts.get(name)]
        if facts.get("way") == MISSED and told:
            self.add_error(told[0], _("Nobody was reached, and yet it says how it goes."))
        return facts


def bring_in(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Each line as one try, in a round of the ledger's own."""
    step, done = _("Bringing in"), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        run.on_progress(step, done, len(entries))

    rows = [_followup(run, entry.facts) for entry in entries]
    title = _("Follow-ups of %(year)s, from the ledger")
    results = bring_in_followups(rows, by=run.by, title=title, progress=advance)
    for entry, result in zip(entries, results, strict=True):
        run.report.count(entry.row, result)
        if result.status != REFUSED and result.row.outcome == Reached.NOT_REACHED:
            run.report.miss("not_reached", _("Not reached"), entry.row)


def _followup(run: Run, facts: dict[str, Any]) -> LedgerFollowUp:
    missed = facts["way"] == MISSED
    return LedgerFollowUp(
        person=run.known.by_number[facts["document_number"]], occurred_at=facts["occurred_at"],
        outcome=Reached.NOT_REACHED if missed else Reached.REACHED,
        way="" if missed else facts["way"], life=facts["life"], work=facts["work"],
        mind=facts["mind"], words=facts["words"],
    )  # fmt: skip


def lines_out(going: Going) -> Iterator[LineOut]:
    """Tries that reached somebody or nobody; who wants no follow-up is no line of a ledger."""
    rows = going.rows(FollowUpAttempt).filter(withdrawn_at=None)
    rows = rows.select_related("person").order_by("person__sort_key", "person_id", "day", "pk")
    for row in going.once(rows, lambda row: (row.person_id, row.day)):
        missed = row.outcome == Reached.NOT_REACHED
        if row.outcome == Reached.DECLINED or not (row.way or missed):
            going.unsaid += 1
            continue
        yield going.line_of(
            row.person, way=MISSED if missed else row.way, occurred_at=row.occurred_at,
            life=row.life, work=row.work, mind=row.mind, words=row.words,
        )  # fmt: skip


LEDGER: Final = Ledger(
    code="followups",
    rank=60,
    title=gettext_lazy("Follow-ups"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=FollowUpLine,
    key=lambda facts: (facts["document_number"], local_day(facts["occurred_at"])),
    prepare=find_persons,
    out=lines_out,
    service=bring_in,
)
