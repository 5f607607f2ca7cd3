"""Days are days in Shanghai; moments are UTC."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Beyond these a day is a slip of the keyboard, and arithmetic may leave the calendar.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def today() -> date:
    """The day it is in Shanghai, whatever the server's or the reader's zone."""
    return local_day(timezone.now())


def local_day(moment: datetime) -> date:
    """The day in Shanghai on which an aware moment falls."""
    return moment.astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """The moment at which the day is over in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
