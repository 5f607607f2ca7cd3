"""The register of bodies of a county."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.imports.bringing.organisations import bring_in_organisations, find_organisations
from apps.imports.forms.organisations import OrganisationRowForm
from apps.ledgers.ledger import Column, Ledger, word_table
from apps.organisations.models import OrganisationKind as Kind

KINDS: Final = word_table({
    Kind.POLICE: "公安 公安机关 派出所 公安派出所 禁毒大队",
    Kind.JUSTICE: "司法所 司法局 司法行政",
    Kind.STATION: "工作站 社戒社康工作站 指导站 社区戒毒社区康复工作站",
    Kind.LABORATORY: "检测机构 鉴定机构 实验室 司法鉴定中心 检测实验室",
    Kind.CLINIC: "医院 卫生院 门诊 美沙酮门诊 医疗机构 诊所",
    Kind.INSTITUTION: "戒毒所 强制隔离戒毒所 戒毒康复所 戒毒场所",
    Kind.CIVIL_AFFAIRS: "民政 民政局 民政社保 人社局 社保",
    Kind.EMPLOYER: "企业 用人单位 公司 就业基地",
    Kind.OTHER: "其他",
})  # fmt: skip

COLUMNS: Final = (
    Column("name", ("单位名称", "机构名称", "名称", "单位"), required=True),
    Column("kind", ("单位类别", "类别", "机构类别", "单位类型", "机构类型", "类型"), words=KINDS,
           decides=True, required=True),
    Column("phone", ("联系电话", "电话", "电话号码", "办公电话")),
    Column("address", ("地址", "单位地址", "办公地址", "详细地址")),
    Column("town", ("所在乡镇", "乡镇", "所属乡镇", "所在镇", "镇")),
)  # fmt: skip

ORGANISATIONS: Final = Ledger(
    code="organisations",
    rank=7,
    title=_("Organisations"),
    permission=Permission.ADMIN_RECORDS,
    columns=COLUMNS,
    form=OrganisationRowForm,
    key=lambda facts: (facts["kind"], facts["name"]),
    prepare=find_organisations,
    service=bring_in_organisations,
)
