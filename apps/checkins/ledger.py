"""A ledger of check-ins that another system or a list on paper recorded."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.checkins.bulk import BroughtIn, LedgerCheckIn, bring_in_checkins
from apps.checkins.codes import Method
from apps.checkins.models import CheckIn
from apps.contacts.codes import ContactOutcome
from apps.core.form_fields import TextField
from apps.ledgers.cells import as_identity, as_moment, second_of
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, word_table
from apps.ledgers.persons import LineOfPerson, PastMoment, find_persons

ASKS_HELP: Final = "需要帮助"
DENIES: Final = re.compile(r"[不无未没勿非否][^,，。;；、!！]{0,4}$")
METHODS: Final = word_table(
    {
        Method.IN_PERSON: "当面 当面签到 见面 面谈 走访",
        Method.PHONE: "电话 电话签到 电访",
        Method.VIDEO: "视频 视频签到 视频通话",
        Method.MESSAGE: "微信 短信 信息",
        Method.APP: "手机签到 APP签到 APP 手机 小程序 小程序签到",
        Method.STATION: "到站签到 到站 工作站签到 站点签到",
        Method.LETTER: "书面报告 书面",
        Method.FAMILY: "家属代报 家属",
    }
)

COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号", "身份证号码", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity,
        required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("occurred_at", ("签到时间", "签到日期", "时间", "日期"), read=as_moment, required=True),
    Column("method", ("签到方式", "方式", "签到类型"), words=METHODS, decides=True, required=True),
    Column("state_words", ("状态报告", "状态", "情况", "自述状态"), free=True),
)


class CheckInLine(LineOfPerson):
    """Whom, when and how; the state is kept in its words."""

    occurred_at = PastMoment()
    method = forms.ChoiceField(choices=Method)
    state_words = TextField(max_length=500, required=False)


def asks_help(words: str) -> bool:
    """Whether one of its clauses says so: “暂不需要帮助” says that nothing is needed."""
    before, *rest = words.replace(" ", "").split(ASKS_HELP)
    for clause in rest:
        if not DENIES.search(before):
            return True
        before = clause
    return False


def bring_in(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """What the ledger calls a wish for help opens one need a person."""
    step, done = _("Bringing in"), 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        run.on_progress(step, done, len(entries))

    brought = bring_in_checkins([_checkin(run, e) for e in entries], by=run.by, progress=advance)
    _count(run, entries, brought)


def _checkin(run: Run, entry: LedgerEntry) -> LedgerCheckIn:
    facts = entry.facts
    words = facts["state_words"]
    return LedgerCheckIn(
        person=run.known.by_number[facts["document_number"]],
        occurred_at=facts["occurred_at"],
        method=facts["method"],
        state_words=words,
        asks_help=asks_help(words),
    )


def _count(run: Run, entries: Sequence[LedgerEntry], brought: BroughtIn) -> None:
    for entry, result in zip(entries, brought.results, strict=True):
        run.report.count(entry.row, result)


def lines_out(going: Going) -> Iterator[LineOut]:
    """Everybody who was reached; tries and what was withdrawn are no check-ins of a ledger."""
    rows = going.rows(CheckIn).filter(outcome=ContactOutcome.DONE, withdrawn_at=None)
    rows = rows.select_related("person").order_by("person__sort_key", "occurred_at", "pk")
    for row in going.once(rows, lambda row: (row.person_id, second_of(row.occurred_at))):
        yield going.line_of(
            row.person, occurred_at=row.occurred_at, method=row.method, state_words=row.state_words
        )


LEDGER: Final = Ledger(
    code="checkins",
    rank=30,
    title=gettext_lazy("Check-ins"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=CheckInLine,
    key=lambda facts: (facts["document_number"], facts["occurred_at"]),
    prepare=find_persons,
    out=lines_out,
    service=bring_in,
)
