"""Who walks through the addresses: every role, near the rows of the world and elsewhere."""

from collections.abc import Callable

from apps.accounts.models import User
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
