"""A small tree of real areas: enough to be inside, beside and above."""

from django.db import DEFAULT_DB_ALIAS

from apps.areas import loading
from apps.areas.models import Area

CODES = {
    "46": "海南省",
    "4601": "海口市",
    "460105": "秀英区",
    "460105001": "秀英街道",
    "4690": "省直辖县级行政区划",
    "469002": "琼海市",
    "469002100": "嘉积镇",
    "469002100001": "东风社区",
    "469002100200": "先锋村",
    "469002101": "万泉镇",
    "469002101200": "加积坡村",
    "469005": "文昌市",
    "469005100": "文城镇",
    "469005100200": "下山村",
}
QIONGHAI, WENCHANG = "469002", "469005"
JIAJI, WANQUAN, WENCHENG = "469002100", "469002101", "469005100"


def load_tree() -> None:
    """Two counties side by side, two towns in one of them, villages, a city and the pseudo-city."""
    from apps.areas.models import CODE_LENGTHS

    loading.store_areas(
        [loading.AreaRow(code, name, CODE_LENGTHS[len(code)]) for code, name in CODES.items()]
    )


def area(code: str = JIAJI) -> Area:
    """The unit with that code: every test's database has the tree (tests/database.py)."""
    return Area.objects.get(code=code)


def without_areas() -> None:
    """A database in which no tree was loaded yet."""
    Area.objects.all()._raw_delete(DEFAULT_DB_ALIAS)
