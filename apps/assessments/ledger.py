"""A ledger of assessments that an office has decided on paper."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.assessments.codes import Standing
from apps.assessments.models import Assessment
from apps.assessments.services import bring_in_assessment
from apps.cases.codes import RiskLevel
from apps.cases.listeners import one_notification
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.ledgers.cells import as_day, as_identity, as_text
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run, row_by_row, word_table
from apps.ledgers.persons import LineOfPerson, find_persons

LEVEL_WORDS: Final = word_table(
    {
        RiskLevel.LOW: "低 低风险 低级 三级",
        RiskLevel.MEDIUM: "中 中风险 中级 二级",
        RiskLevel.HIGH: "高 高风险 高级 一级",
    }
)

COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity,
        required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("assessed_on", ("评估日期", "评估时间", "排查日期", "日期"), read=as_day, required=True),
    Column(
        "risk_level",
        ("风险等级", "评估等级", "风险级别", "等级", "评估结果"),
        words=LEVEL_WORDS,
        decides=True,
        required=True,
    ),
    Column("reason", ("依据", "评估依据", "理由", "原因", "评定依据"), free=True),
    Column("assessor", ("评估人", "评估单位", "评估人员", "排查人")),
)


class AssessmentLine(LineOfPerson):
    """A person of the register, a day that has been, a risk level, and what it rests on."""

    assessed_on = DayField(latest=today)
    risk_level = forms.ChoiceField(choices=RiskLevel)
    reason = TextField(max_length=600)
    assessor = TextField(max_length=60, required=False)

    def clean_assessed_on(self) -> date:
        day: date = self.cleaned_data["assessed_on"]
        if day > today():
            raise ValidationError(_("The day lies in the future."))
        return day


def bring_in_all(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Windows of all orders are laid out once, at the end."""
    with one_notification():
        row_by_row(bring_in)(run, entries)
        run.on_progress(_("Laying out what is due"), 0, 1)
    run.on_progress(_("Laying out what is due"), 1, 1)


def bring_in(run: Run, entry: LedgerEntry) -> str:
    """The ledger says who decided; whether the person was told, it does not say."""
    facts = entry.facts
    row, new = bring_in_assessment(
        person=run.known.by_number[facts["document_number"]],
        by=run.by,
        on=facts["assessed_on"],
        risk_level=facts["risk_level"],
        reason=facts["reason"],
        assessor_words=facts["assessor"],
    )
    if row.told_on is None:
        run.report.miss("not_told", _("Not known whether the person was notified"), entry.row)
    return "new" if new else "unchanged"


def lines_out(going: Going) -> Iterator[LineOut]:
    """Those that were decided; of a day the one that the way in would find. One that gives no
    reason in words does not fit into the ledger.
    """
    rows = going.rows(Assessment).select_related("person", "assessor")
    rows = rows.order_by("person__sort_key", "person_id", "assessed_on", "pk")
    for row in going.once(rows, lambda row: (row.person_id, row.assessed_on)):
        if row.standing != Standing.IN_FORCE or not as_text(row.reason):
            going.unsaid += 1
            continue
        assessor = row.assessor_words or (row.assessor.name if row.assessor else "")
        yield going.line_of(
            row.person, assessed_on=row.assessed_on, risk_level=row.risk_level, reason=row.reason,
            assessor=assessor,
        )  # fmt: skip


LEDGER: Final = Ledger(
    code="assessments",
    rank=40,
    title=gettext_lazy("Assessments"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=AssessmentLine,
    key=lambda facts: (facts["document_number"], facts["assessed_on"]),
    prepare=find_persons,
    out=lines_out,
    service=bring_in_all,
)
