"""Days are days in Shanghai; moments are UTC."""

from argparse import ArgumentTypeError
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Beyond these a day is a slip of the keyboard, and arithmetic may leave the calendar.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
# No act of the service lies before this day, and none is planned further ahead.
EARLIEST, YEARS_AHEAD = date(1990, 1, 1), 10


def today() -> date:
    """The day it is in Shanghai, whatever the server's or the reader's zone."""
    return local_day(timezone.now())


def last_plannable() -> date:
    """The last day of the tenth year from now: nobody plans further ahead."""
    return date(today().year + YEARS_AHEAD, 12, 31)


def in_a_year() -> date:
    """The last day for what is arranged and not planned: who is responsible for whom."""
    return today() + timedelta(days=366)


def local_day(moment: datetime) -> date:
    """The day in Shanghai on which an aware moment falls."""
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """The moment at which the day begins in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def end_of(day: date) -> datetime:
    """The moment at which the day is over in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


def day_argument(text: str) -> date:
    """A day on the command line."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date: write YYYY-MM-DD") from None
    if not EARLIEST <= day <= last_plannable():
        raise ArgumentTypeError(f"{text} lies outside {EARLIEST} to {last_plannable()}")
    return day
