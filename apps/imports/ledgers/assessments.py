"""Assessments that an office has decided on paper."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.imports.bringing.assessments import bring_in_all
from apps.imports.bringing.checkins import find_persons
from apps.imports.cells import as_day, as_identity
from apps.imports.forms.assessments import AssessmentRowForm
from apps.imports.ledger import Column, Ledger
from apps.imports.ledgers import words
from apps.imports.models import LedgerKind

COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号码", "身份证号", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity, required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column(
        "assessed_on", ("评估日期", "评估时间", "排查日期", "日期"), read=as_day, required=True
    ),
    Column(
        "tier", ("风险等级", "评估等级", "风险级别", "等级", "评估结果"),
        words=words.TIERS, decides=True, required=True,
    ),
    Column("reason", ("依据", "评估依据", "理由", "原因", "评定依据"), free=True),
    Column("assessor", ("评估人", "评估单位", "评估人员", "排查人")),
)  # fmt: skip

ASSESSMENTS: Final = Ledger(
    code=LedgerKind.ASSESSMENTS,
    title=_("Assessments"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=AssessmentRowForm,
    key=lambda facts: (facts["document_number"], facts["assessed_on"]),
    prepare=find_persons,
    service=bring_in_all,
)
