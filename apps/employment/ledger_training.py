"""A ledger of training: who was in which course, examined, and with which certificate."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from apps.accounts.permissions import Permission
from apps.core.days import today
from apps.core.form_fields import DayField, TextField
from apps.employment.bulk import LedgerTraining, bring_in_training
from apps.employment.codes import Examination
from apps.employment.ledger import NO, YES, YES_NO
from apps.employment.models import Enrolment
from apps.ledgers.cells import as_day, as_identity, as_text
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger, LedgerEntry, Run
from apps.ledgers.persons import LineOfPerson, find_persons
from apps.ledgers.report import REFUSED

COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity, required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column("title", ("培训班", "培训项目", "培训工种", "课程", "培训名称"), required=True),
    Column("first", ("开班日期", "开班时间", "培训日期", "培训时间"), read=as_day, required=True),
    Column("examined", ("是否参加考试", "参加考试", "是否考试"), words=YES_NO, decides=True,
           required=True),
    Column("certified", ("是否获证", "是否取得证书", "获证"), words=YES_NO, decides=True,
           required=True),
    Column("certificate", ("证书编号", "证书号", "证书号码")),
)  # fmt: skip
_CHOICES: Final = [(YES, ""), (NO, "")]


class TrainingLine(LineOfPerson):
    """Whom, in which course, and what came of it."""

    title = TextField(max_length=80)
    first = DayField(latest=today)
    examined = forms.ChoiceField(choices=_CHOICES)
    certified = forms.ChoiceField(choices=_CHOICES)
    certificate = TextField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        certified, number = facts.get("certified"), facts.get("certificate")
        if certified == YES and facts.get("examined") == NO:
            self.add_error("certified", _("A certificate follows a passed examination."))
        if certified == YES and not number and "certificate" not in self.errors:
            self.add_error("certificate", _("The number of the certificate is missing."))
        if certified == NO and number:
            self.add_error("certificate", _("No certificate, and yet it has a number."))
        return facts


def bring_in(run: Run, entries: Sequence[LedgerEntry]) -> None:
    """Each line as somebody's place in a course."""
    step = _("Bringing in")
    run.on_progress(step, 0, len(entries))
    rows = [_training(run, entry.facts) for entry in entries]
    results = bring_in_training(rows, by=run.by)
    for entry, result in zip(entries, results, strict=True):
        run.report.count(entry.row, result)
        if result.status != REFUSED and result.row.examination == "taken":
            words = _("Examined, no certificate: the ledger does not say whether it was passed")
            run.report.miss("no_certificate", words, entry.row)
    run.on_progress(step, len(entries), len(entries))


def _training(run: Run, facts: dict[str, Any]) -> LedgerTraining:
    return LedgerTraining(
        person=run.known.by_number[facts["document_number"]], title=facts["title"],
        first=facts["first"], examined=facts["examined"] == YES,
        certificate=facts["certificate"] or "",
    )  # fmt: skip


def lines_out(going: Going) -> Iterator[LineOut]:
    """Places in courses that have begun; a ledger says no more than a certificate."""
    rows = going.rows(Enrolment).filter(withdrawn_at=None, course__first__lte=going.day)
    rows = rows.select_related("person", "course")
    rows = rows.order_by("person__sort_key", "person_id", "course__first", "pk")
    for row in going.once(rows, lambda row: (row.person_id, row.course.title, row.course.first)):
        number = as_text(row.certificate_number)
        yield going.line_of(
            row.person, title=row.course.title, first=row.course.first,
            examined=NO if row.examination == Examination.NOT_YET else YES,
            certified=YES if number else NO, certificate=number,
        )  # fmt: skip


LEDGER: Final = Ledger(
    code="training",
    rank=66,
    title=gettext_lazy("Training"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=TrainingLine,
    key=lambda facts: (facts["document_number"], facts["title"], facts["first"]),
    prepare=find_persons,
    out=lines_out,
    service=bring_in,
)
