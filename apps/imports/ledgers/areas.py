"""Areas by their statistical codes: new ones are opened, and none is renamed in silence."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.permissions import Permission
from apps.areas.models import Level
from apps.imports.bringing.areas import bring_in_areas, find_areas
from apps.imports.forms.areas import AreaRowForm
from apps.ledgers.cells import as_number
from apps.ledgers.ledger import Column, Ledger, word_table

LEVELS: Final = word_table({
    Level.PROVINCE: "省 省级 自治区 直辖市 province",
    Level.CITY: "市 地市 地市级 地级 地级市 市级 city",
    Level.COUNTY: "县 县级 区县 区县级 县区 县市 县市区 county",
    Level.TOWN: "镇 乡镇 乡镇级 乡级 镇级 街道 乡镇街道 town",
    Level.VILLAGE: "村 村级 村居 村(居) 社区 村委会 居委会 village",
})  # fmt: skip

COLUMNS: Final = (
    Column("area_code", ("区划代码", "行政区划代码", "统计用区划代码", "代码", "编码", "区划编码",
                    "code"), read=as_number, required=True),
    Column("name", ("名称", "区划名称", "单位名称", "地名", "name"), required=True),
    Column("level", ("级别", "层级", "区划级别", "level"), words=LEVELS, decides=True),
    Column("parent_code", ("上级代码", "上级区划代码", "父级代码", "parent_code"), read=as_number,
           decides=True),
)  # fmt: skip

AREAS: Final = Ledger(
    code="areas",
    rank=5,
    title=_("Areas"),
    permission=Permission.ADMIN_AREAS,
    columns=COLUMNS,
    form=AreaRowForm,
    key=lambda facts: facts["area_code"],
    prepare=find_areas,
    service=bring_in_areas,
)
