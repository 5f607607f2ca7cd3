"""A ledger of help: what was received, when, and how much, as far as it says so."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.assistance.codes import (
    OPEN_KINDS,
    RECEIVING_FREELY,
    Beneficiary,
    How,
    Kind,
    Receipt,
    Source,
)
from apps.assistance.models import Assistance, Payment, Programme
from apps.assistance.services import record_help, record_payment, reverse_payment
from apps.core.days import today
from apps.core.fields import uuid7
from apps.core.form_fields import DayField, TextField
from apps.core.money import MOST_FEN, as_written, fen_of, yuan
from apps.core.refusals import Refused
from apps.ledgers.cells import CellFault, as_day, as_identity, as_text
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, row_by_row, word_table
from apps.ledgers.persons import LineOfPerson, find_persons
from apps.ledgers.report import CHANGED, RowResult

KINDS: Final = word_table(
    {
        Kind.LIVING: "最低生活保障 低保 最低生活保障金 低保金",
        Kind.EXTREME: "特困供养 特困人员供养 特困",
        Kind.RELIEF: "临时救助 临时救助金",
        Kind.MEDICAL: "医疗救助 医疗救助金 大病救助",
        Kind.EMPLOYMENT: "就业援助 就业安置 就业救助 岗位推荐 就业帮扶",
        Kind.TRAINING: "职业培训 技能培训 职业技能培训",
        Kind.UNEMPLOYED: "失业保险金 失业保险 失业金",
        Kind.INSURANCE: "社会保险 社保补贴 社保代办",
        Kind.SCHOOLING: "教育救助 子女助学 助学 助学金",
        Kind.HOUSING: "住房救助 住房 危房改造",
        Kind.DISABILITY: "残疾证 残疾补贴 残疾人补贴",
        Kind.COUNSELLING: "心理辅导 心理咨询",
        Kind.LEGAL: "法律援助",
        Kind.TREATMENT: "治疗转介 戒毒治疗转介 美沙酮转介 美沙酮治疗转介 美沙酮维持治疗转介",
        Kind.PAPERS: "证件代办 户籍代办 户籍证件代办",
        Kind.CHARITY: "慈善 慈善捐助 捐款捐物 慰问 慰问金 慈善款物",
        Kind.FAMILY: "家庭关系修复 家庭修复",
    }
)


def as_fen(value: Any) -> int | None:
    """An empty cell is an amount that nobody recorded."""
    text = as_text(value)
    if not text:
        return None
    try:
        fen = fen_of(text)
    except ValueError:
        raise CellFault(_("“%(text)s” is no amount.") % {"text": text}) from None
    if not 0 < fen <= MOST_FEN:
        raise CellFault(_("“%(text)s”: an amount is above 0.") % {"text": text})
    return fen


def as_count(value: Any) -> int | None:
    text = as_text(value).removesuffix("人")
    if text and not (text.isdecimal() and len(text) < 3):
        raise CellFault(_("“%(text)s” is no number of persons.") % {"text": text})
    return int(text) if text else None


COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity,
        required=True,
    ),
    Column("name", ("姓名", "人员姓名", "受助人")),
    Column("kind", ("帮扶类型", "救助类型", "帮扶类别", "救助类别", "帮扶项目", "类型"),
           words=KINDS, decides=True, required=True),
    Column("amount_fen", ("金额(元)", "金额（元）", "金额", "发放金额", "救助金额"), read=as_fen,
           decides=True),
    Column("paid_on", ("发放日期", "救助日期", "发放时间", "日期", "帮扶日期"), read=as_day,
           required=True),
    Column("household", ("惠及家庭成员数", "惠及家庭人数", "家庭成员数"), read=as_count),
    Column("payer", ("经办单位", "发放单位", "救助单位", "单位"), free=True),
    Column("remark", ("备注", "说明"), free=True),
)  # fmt: skip


class HelpLine(LineOfPerson):
    kind = forms.ChoiceField(choices=OPEN_KINDS)
    amount_fen = forms.IntegerField(required=False)
    paid_on = DayField(latest=today)
    household = forms.IntegerField(required=False)
    payer = TextField(max_length=120, required=False)
    remark = TextField(max_length=300, required=False)


def bring_in(run: Run, entry: LedgerEntry) -> str | RowResult:
    """A row of the ledger under the one help of its kind that came from ledgers. What somebody
    reversed stays reversed, however often the ledger comes; what a member of the household received
    is no line of the person's.
    """
    facts = entry.facts
    person = run.known.by_number[facts["document_number"]]
    rows = Payment.objects.filter(
        person=person, kind=facts["kind"], restricted=False, paid_on=facts["paid_on"],
        reverses=None, assistance__beneficiary=Beneficiary.PERSON,
    ).order_by("pk")  # fmt: skip
    stored = rows.standing().first()
    if stored is not None:
        return _beside(run, entry, stored)
    if rows.exists():
        return "unchanged"
    _record(run, entry, _help_of(run, person, facts))
    return "new"


def _beside(run: Run, entry: LedgerEntry, stored: Payment) -> str | RowResult:
    """Equal, or the amount that was still missing; never another one."""
    fen = entry.facts["amount_fen"]
    if fen in (None, stored.amount_fen):
        _count_unknown(run, entry, stored.amount_fen)
        return "unchanged"
    if stored.amount_fen is not None or stored.assistance.source != Source.LEDGER:
        raise Refused(
            _("Another amount stands for the day: %(yuan)s yuan.") % {"yuan": stored.amount or "–"}
        )
    reverse_payment(
        payment=stored, by=run.by, client_uuid=uuid7(), on=stored.paid_on,
        reason=_("The amount came with a later ledger."),
    )  # fmt: skip
    _record(run, entry, stored.assistance)
    return RowResult(CHANGED, told=[(_("Amount in yuan"), "–", yuan(fen))])


def _help_of(run: Run, person: Any, facts: dict[str, Any]) -> Assistance:
    programmes = Programme.objects.filter(kind=facts["kind"], active=True, restricted=False)
    programme = programmes.order_by("pk").first()
    if programme is None:
        raise Refused(_("There is no programme of this kind."))
    rows = Assistance.objects.filter(person=person, programme=programme, source=Source.LEDGER)
    rows = rows.filter(state__in=RECEIVING_FREELY, found_on__lte=facts["paid_on"])
    if known := rows.order_by("pk").first():
        return known
    return record_help(
        person=person, by=run.by, client_uuid=uuid7(), programme=programme,
        found_on=facts["paid_on"], source=Source.LEDGER,
    )  # fmt: skip


def _record(run: Run, entry: LedgerEntry, help_: Assistance) -> None:
    facts = entry.facts
    record_payment(
        assistance=help_, by=run.by, client_uuid=uuid7(), paid_on=facts["paid_on"],
        how=How.UNKNOWN, receipt=Receipt.NONE, amount_fen=facts["amount_fen"],
        household=facts["household"], payer=facts["payer"], words=facts["remark"],
    )  # fmt: skip
    _count_unknown(run, entry, facts["amount_fen"])


def _count_unknown(run: Run, entry: LedgerEntry, fen: int | None) -> None:
    if fen is None:
        run.report.miss("no_amount", _("Amount not recorded: unknown, and never 0"), entry.row)


_bring_in_all = row_by_row(bring_in)


def bring_in_by_day(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """The earliest first: a help is found on the day of its first line, wherever that stands."""
    _bring_in_all(run, sorted(entries, key=lambda entry: entry.facts["paid_on"]))


def lines_out(going: Going) -> Iterator[LineOut]:
    """What the person received and nobody may not know of; one payment of a kind and day, as the
    ledger knows no more.
    """
    rows = going.rows(Payment).filter(
        restricted=False, assistance__beneficiary=Beneficiary.PERSON, kind__in=set(KINDS.values())
    )
    rows = rows.standing().select_related("person")
    rows = rows.order_by("person__sort_key", "person_id", "paid_on", "pk")
    for row in going.once(rows, lambda row: (row.person_id, row.kind, row.paid_on)):
        yield going.line_of(
            row.person, kind=row.kind, amount_fen=as_written(row.amount_fen), paid_on=row.paid_on,
            household=row.household, payer=row.payer, remark=row.words,
        )  # fmt: skip


LEDGER: Final = Ledger(
    code="assistance",
    rank=47,
    title=gettext_lazy("Assistance"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=HelpLine,
    key=lambda facts: (facts["document_number"], facts["kind"], facts["paid_on"]),
    prepare=find_persons,
    out=lines_out,
    service=bring_in_by_day,
)
