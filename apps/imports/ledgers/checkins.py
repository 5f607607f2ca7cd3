"""Check-ins that another system or a list on paper recorded."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.imports.bringing.checkins import bring_in, find_persons
from apps.imports.cells import as_identity, as_moment
from apps.imports.forms.checkins import CheckInRowForm
from apps.imports.ledger import Column, Ledger
from apps.imports.ledgers import words
from apps.imports.models import LedgerKind

COLUMNS: Final = (
    Column(
        "document_number",
        ("身份证号", "身份证号码", "证件号码", "证件号", "公民身份号码", "身份证"),
        read=as_identity, required=True,
    ),
    Column("name", ("姓名", "人员姓名")),
    Column(
        "occurred_at", ("签到时间", "签到日期", "时间", "日期"), read=as_moment, required=True
    ),
    Column(
        "method", ("签到方式", "方式", "签到类型"), words=words.METHODS, decides=True,
        required=True,
    ),
    Column("state_words", ("状态报告", "状态", "情况", "自述状态"), free=True),
)  # fmt: skip

CHECKINS: Final = Ledger(
    code=LedgerKind.CHECKINS,
    title=_("Check-ins"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=CheckInRowForm,
    key=lambda facts: (facts["document_number"], facts["occurred_at"]),
    prepare=find_persons,
    service=bring_in,
)
