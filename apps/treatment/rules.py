"""Months of attendance: days that a month has, and days of it on which a treatment ran."""

from datetime import date, timedelta

from apps.law.dates import add_months


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_of(month: date) -> date:
    """The last day of a month that is named by its first."""
    return add_months(month, 1) - timedelta(days=1)


def is_over(month: date, day: date) -> bool:
    """A list of a month is there when the month has ended."""
    return last_of(month) < day


def last_month(day: date) -> date:
    """The month that ended last."""
    return month_of(month_of(day) - timedelta(days=1))


def months_back(day: date, number: int) -> list[date]:
    """The months that have ended, the last one first."""
    return [add_months(month_of(day), -n) for n in range(1, number + 1)]


def days_in(month: date, since: date, until: date | None) -> int:
    """On how many days of the month the treatment ran; its last day is one of them."""
    first, last = max(month, since), min(last_of(month), until or last_of(month))
    return max(0, (last - first).days + 1)
