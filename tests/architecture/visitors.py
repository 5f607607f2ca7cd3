"""Who walks through the addresses: every role, near the rows of the world and elsewhere."""

import os
from collections.abc import Callable, Iterable

from apps.accounts.models import User
from apps.accounts.permissions import Permission
from tests.factories.accounts import UserFactory
from tests.factories.areas import JIAJI, QIONGHAI, WANQUAN, WENCHANG, WENCHENG, area

# Roles and where they stand to the rows of the world, which lie in 嘉积镇 of 琼海市.
WORKER, MATE, WORKER_ELSEWHERE = "worker", "worker of the town", "worker elsewhere"
TOWN, TOWN_ELSEWHERE = "town supervisor", "town supervisor elsewhere"
COUNTY, COUNTY_ELSEWHERE = "county supervisor", "county supervisor elsewhere"
RECORDS, RECORDS_ELSEWHERE = "records administrator", "records administrator elsewhere"
PROVINCE, SYSTEM, AUDITOR = "province viewer", "system administrator", "auditor"
NOBODY, DISABLED = "signed out", "disabled account"


def account_of(visitor: str) -> User | None:
    """The account of a visitor; who is signed out has none."""
    elsewhere = visitor.endswith("elsewhere")
    town = WENCHENG if elsewhere else JIAJI
    county = WENCHANG if elsewhere else QIONGHAI
    make: dict[str, Callable[[], User]] = {
        WORKER: lambda: UserFactory(area=area(WANQUAN if elsewhere else JIAJI)),
        MATE: lambda: UserFactory(area=area(JIAJI)),
        TOWN: lambda: UserFactory(town_supervisor=True, area=area(town)),
        COUNTY: lambda: UserFactory(county_supervisor=True, area=area(county)),
        RECORDS: lambda: UserFactory(records_admin=True, area=area(county)),
        PROVINCE: lambda: UserFactory(province_viewer=True),
        SYSTEM: lambda: UserFactory(system_admin=True),
        AUDITOR: lambda: UserFactory(auditor=True),
        DISABLED: lambda: UserFactory(area=area(JIAJI)),
    }
    known = make.get(visitor.removesuffix(" elsewhere"))
    return known() if known else None


EVERYBODY = (
    WORKER, MATE, WORKER_ELSEWHERE, TOWN, TOWN_ELSEWHERE, COUNTY, COUNTY_ELSEWHERE, RECORDS,
    RECORDS_ELSEWHERE, PROVINCE, SYSTEM, AUDITOR, NOBODY, DISABLED,
)  # fmt: skip

# Same permissions, and the rows of the world inside their area or outside, or not signed in either
# way: an address that does not tell them apart is asked as one of them, in turn. `make soak` asks
# as all of them.
ALIKE = ((TOWN, COUNTY), (TOWN_ELSEWHERE, COUNTY_ELSEWHERE), (NOBODY, DISABLED))
# Same permissions, wherever they stand: asked as one of them where the address names no row, and
# where none of them may ask at all.
SAME_ROLE = (
    (WORKER, MATE, WORKER_ELSEWHERE),
    (TOWN, COUNTY, TOWN_ELSEWHERE, COUNTY_ELSEWHERE),
    (RECORDS, RECORDS_ELSEWHERE),
)
# A permission of one of them alone: the lines of its pages tell them apart, so both are asked.
TOLD_APART = frozenset({Permission.ACCOUNT_CONFIRM})
# None of the first group enters the admin at all.
ADMIN_ALIKE = ((WORKER, TOWN, COUNTY, PROVINCE), (NOBODY, DISABLED))
WHOLE_SWEEP = bool(os.environ.get("WHOLE_SWEEP"))
KINDS = {
    WORKER: "worker", MATE: "worker", WORKER_ELSEWHERE: "worker", TOWN: "supervisor",
    TOWN_ELSEWHERE: "supervisor", COUNTY: "supervisor", COUNTY_ELSEWHERE: "supervisor",
    RECORDS: "records", RECORDS_ELSEWHERE: "records",
}  # fmt: skip


def one_of_each(visitors: Iterable[str]) -> list[str]:
    """One visitor of each kind, for whom a page is drawn; all of them in the whole sweep."""
    near_first = [visitor for visitor in EVERYBODY if visitor in set(visitors)]
    if WHOLE_SWEEP:
        return near_first
    return list({KINDS.get(visitor, visitor): visitor for visitor in reversed(near_first)}.values())
