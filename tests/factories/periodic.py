"""Reports as a supervisor freezes them."""

from datetime import date
from typing import Any
from uuid import uuid4

from apps.accounts.models import User
from apps.areas.models import Area
from apps.periodic.models import PeriodicReport
from apps.periodic.services import freeze_report
from tests.factories.accounts import UserFactory
from tests.factories.areas import QIONGHAI, area

MARCH = {"every": "month", "first": date(2024, 3, 1), "last": date(2024, 3, 31)}


def frozen(unit: Area | None = None, *, by: User | None = None, **facts: Any) -> PeriodicReport:
    """March 2024 of the county."""
    by = by or UserFactory(county_supervisor=True)
    facts = MARCH | {"client_uuid": uuid4()} | facts
    return freeze_report(area=unit or area(QIONGHAI), by=by, **facts)
