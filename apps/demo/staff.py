"""The accounts of the demo: one of each role, twelve workers, a supervisor for each town."""

from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import change_password, create_account
from apps.areas.models import Area
from apps.core.refusals import Refused

COUNTY: Final = "469002"
# Known to everybody, and therefore only where every person is invented.
PASSWORD: Final[str] = settings.DEMO_PASSWORD
# Towns with their workers; the first one is the demo worker's.
TOWNS: Final = (
    "469002100", "469002100", "469002101", "469002102", "469002103", "469002104", "469002105",
    "469002106", "469002107", "469002108", "469002109", "469002111",
)  # fmt: skip
NAMES: Final = (
    "符春燕", "王海云", "陈丽珍", "李国强", "林秀英", "黄金花", "吴明辉", "周雪梅", "邢增福",
    "何玉兰", "韩光荣", "郑小琴",
)  # fmt: skip
CHIEFS: Final = (
    "黄志诚", "林雅文", "韩明德", "邢丽华", "吴国栋", "陈晓东", "何文博", "郑美兰",
    "周建平", "王琼芳",
)  # fmt: skip


# An account that waits for its second person.
WAITING: Final = "records2"


class DemoAccount(NamedTuple):
    """What `serve` prints: user name, password, and what the account is for."""

    username: str
    password: str
    words: str


def refuse_outside_demo() -> None:
    """Invented persons and known passwords never meet real ones."""
    if not settings.DEMO:
        raise Refused("Demo data are loaded in demo mode only (HOMEWARD_DEMO=1).")


def _leading() -> list[tuple[str, str, Role, str]]:
    return [
        ("demo-town", "云惠芳", Role.TOWN_SUPERVISOR, TOWNS[0]),
        ("demo-county", "宁志远", Role.COUNTY_SUPERVISOR, COUNTY),
        ("demo-records", "唐文静", Role.RECORDS_ADMIN, COUNTY),
        ("demo-province", "梁永平", Role.PROVINCE_VIEWER, "46"),
        ("demo-system", "许国华", Role.SYSTEM_ADMIN, ""),
        ("demo-auditor", "冯素琴", Role.AUDITOR, ""),
    ]


def _others() -> list[tuple[str, str, Role, str]]:
    workers = [
        (f"worker{number:02d}", NAMES[number - 1], Role.WORKER, town)
        for number, town in enumerate(TOWNS, start=1)
        if number > 1
    ]
    towns = sorted(set(TOWNS))[1:]
    supervisors = [
        (f"town{town[-3:]}", name, Role.TOWN_SUPERVISOR, town)
        for town, name in zip(towns, CHIEFS, strict=True)
    ]
    return workers + supervisors


@transaction.atomic
def create_demo_accounts() -> None:
    """Accounts that are missing; those that exist keep what was changed."""
    refuse_outside_demo()
    rows = [("demo-worker", NAMES[0], Role.WORKER, TOWNS[0]), *_leading(), *_others()]
    known = set(User.objects.values_list("username", flat=True))
    areas = {area.code: area for area in Area.objects.filter(code__in={row[3] for row in rows})}
    by = User.objects.system()
    for username, name, role, code in rows:
        if username not in known:
            user = create_account(
                username=username, name=name, role=role, area=areas.get(code), by=by,
                phone=f"100{len(username):02d}{len(known):06d}",
            )  # fmt: skip
            change_password(user=user, password=PASSWORD)
            known.add(username)
    if WAITING not in known:
        # A higher role: it waits for the county's supervisor or its records staff.
        create_account(
            username=WAITING, name="符晓梅", role=Role.RECORDS_ADMIN, area=areas[COUNTY],
            by=User.objects.get(username="demo-system"),
        )  # fmt: skip


def demo_accounts() -> list[DemoAccount]:
    """One account of each role, with the words of the role and its unit."""
    names = ["demo-worker", *(row[0] for row in _leading())]
    users = User.objects.select_related("area").in_bulk(names, field_name="username")
    return [
        DemoAccount(name, PASSWORD, f"{users[name].get_role_display()} {users[name].unit}".strip())
        for name in names
        if name in users
    ]


def demo_workers() -> list[User]:
    """The twelve workers, the demo worker first."""
    names = ["demo-worker", *(f"worker{number:02d}" for number in range(2, len(TOWNS) + 1))]
    users = User.objects.select_related("area").in_bulk(names, field_name="username")
    return [users[name] for name in names]


def chief_names() -> list[str]:
    """The supervisors of the towns, that of the demo worker first."""
    others = [row[0] for row in _others() if row[2] == Role.TOWN_SUPERVISOR]
    return ["demo-town", *others]
