"""Days of the law are local dates of Asia/Shanghai; moments are stored in UTC."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local_day(moment: datetime) -> date:
    """The day in Shanghai on which the moment fell."""
    return moment.astimezone(SHANGHAI).date()


def today() -> date:
    return local_day(timezone.now())
