"""The days of a period; pure."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from apps.core.text import full_day, is_chinese, month_text
from apps.periodic.codes import Every

# Days of a year, and of a leap year with the day before: no report is longer than two years.
MOST_DAYS: Final = 731
FIRST_YEAR: Final = 2008
HALF: Final = 15
MONTHS_OF: Final = {Every.MONTH: 1, Every.QUARTER: 3, Every.YEAR: 12}

Days = tuple[date, date]


def period_around(every: str, day: date) -> Days:
    """First and last day of the period in which the day lies; of `any`, the day alone."""
    if every == Every.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if every == Every.HALF_MONTH:
        if day.day <= HALF:
            return day.replace(day=1), day.replace(day=HALF)
        return day.replace(day=HALF + 1), _month_end(day)
    if every in MONTHS_OF:
        months = MONTHS_OF[Every(every)]
        month = (day.month - 1) // months * months + 1
        return date(day.year, month, 1), _month_end(date(day.year, month + months - 1, 1))
    return day, day


def period_before(every: str, day: date) -> Days:
    """The one that ended last before the period in which the day lies."""
    return period_around(every, period_around(every, day)[0] - timedelta(days=1))


def is_whole(every: str, first: date, last: date) -> bool:
    """Whether the days are one period of that kind."""
    return every == Every.ANY or period_around(every, first) == (first, last)


def period_text(every: str, first: date, last: date) -> str:
    """2026年11月, 2026年第四季度, 2026年11月上半月; days where there is no shorter word."""
    if every == Every.YEAR:
        return f"{first.year}年" if is_chinese() else str(first.year)
    if every == Every.QUARTER:
        number = (first.month + 2) // 3
        chinese = f"{first.year}年第{'一二三四'[number - 1]}季度"
        return chinese if is_chinese() else f"Q{number} {first.year}"
    if every == Every.MONTH:
        return month_text(first)
    if every == Every.HALF_MONTH and is_chinese():
        return f"{month_text(first)}{'上' if first.day == 1 else '下'}半月"
    return _("%(first)s to %(last)s") % {"first": full_day(first), "last": full_day(last)}


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
