"""The last day to report: counted when the receipt is recorded, with the rules of that day."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from apps.areas.units import codes_today
from apps.cases.models import Case
from apps.law.current import AHEAD, load_calendar, load_rulebook
from apps.law.dates import WorkingCalendar, report_deadline
from apps.law.parameters import Parameter, Rulebook
from apps.law.services import on_change


def book_of(row: Any) -> Rulebook:
    """The numbers of the law where an order is carried out, or another row stands."""
    return Books(load_rulebook(), [row]).of(row)


class Books:
    """The numbers of the law where each of the orders is carried out: cases, or rows with their
    places. Where no area has numbers of its own, no area is asked for.
    """

    def __init__(self, book: Rulebook, rows: Iterable[Any]) -> None:
        units = {_unit_of(row) for row in rows} if book.is_local else set()
        places = codes_today(units)
        self._book, self._near = book, {pk: book.near(place) for pk, place in places.items()}

    def of(self, row: Any) -> Rulebook:
        return self._near.get(_unit_of(row), self._book)


def _unit_of(row: Any) -> int:
    unit: int = row.village_id or row.town_id or row.county_id
    return unit


def deadline_of(case: Case) -> date | None:
    """条例 arts. 14, 38: the number of days is the one in force on the day of receipt."""
    return Deadlines().of(case)


class Deadlines:
    """The same of many orders: numbers are read once for each unit, the calendar for each year."""

    def __init__(self) -> None:
        self._all = cache(load_rulebook)
        self._books: dict[int, Rulebook] = {}
        self._calendars: dict[int, WorkingCalendar] = {}

    def of(self, case: Case) -> date | None:
        if case.received_on is None:
            return None
        book = self._book_of(case)
        return report_deadline(
            case.received_on,
            self._calendar(case.received_on.year),
            days=book.value(Parameter.REPORT_DAYS, case.received_on),
            extends=book.value(Parameter.EXTENDS, case.received_on),
        )

    def _calendar(self, year: int) -> WorkingCalendar:
        """Of the year and the weeks after it, as far as a number of days can reach."""
        if year not in self._calendars:
            first, last = date(year, 1, 1), date(year, 12, 31) + AHEAD
            self._calendars[year] = load_calendar(first, last)
        return self._calendars[year]

    def _book_of(self, case: Case) -> Rulebook:
        unit = _unit_of(case)
        if unit not in self._books:
            self._books[unit] = Books(self._all(), [case]).of(case)
        return self._books[unit]


@on_change
def recount() -> None:
    """Another calendar or number: deadlines that still run follow it."""
    waiting = Case.objects.filter(reported_on=None, closed_on=None, received_on__isnull=False)
    for case in waiting.order_by("pk"):
        deadline = deadline_of(case)
        if deadline != case.report_by:
            Case.objects.filter(pk=case.pk).update(report_by=deadline)
