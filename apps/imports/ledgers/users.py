"""The staff: workers and supervisors with their units."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from apps.accounts.roles import Role
from apps.areas.models import Area
from apps.imports.bringing.users import bring_in_users, find_accounts
from apps.imports.forms.users import UserRowForm
from apps.imports.ledgers import words
from apps.ledgers.cells import as_number, as_telephone
from apps.ledgers.leaving import Going, LineOut
from apps.ledgers.ledger import Column, Ledger

COLUMNS: Final = (
    Column("username", ("用户名", "账号", "登录名", "帐号"), required=True),
    Column("name", ("姓名", "人员姓名"), required=True),
    Column("phone", ("手机号", "手机号码", "联系电话", "电话"), read=as_telephone),
    Column("role", ("角色", "岗位", "权限"), words=words.ROLES, decides=True, required=True),
    Column("area_code", ("区划代码", "行政区划代码", "单位代码", "区划编码"), read=as_number),
    Column("villages", ("负责村(居)", "负责村居", "负责村", "包村", "负责社区")),
)


def users_out(going: Going) -> Iterator[LineOut]:
    """Accounts of the unit and below it; built-in ones are nobody's."""
    units = Area.objects.under(going.area)
    rows = User.objects.filter(area__in=units).exclude(role=Role.BUILT_IN)
    for user in rows.select_related("area").prefetch_related("villages").order_by("username"):
        names = [village.name for village in user.villages.all()]
        yield LineOut({
            "username": user.username, "name": user.name, "phone": user.phone, "role": user.role,
            "area_code": user.area.code if user.area else "", "villages": "、".join(names),
        })  # fmt: skip


USERS: Final = Ledger(
    code="users",
    rank=10,
    title=_("Staff"),
    permission=Permission.ADMIN_USERS,
    columns=COLUMNS,
    form=UserRowForm,
    key=lambda facts: facts["username"],
    prepare=find_accounts,
    out=users_out,
    out_permission=Permission.ADMIN_USERS,
    whole_permission=Permission.ADMIN_USERS,
    service=bring_in_users,
)
