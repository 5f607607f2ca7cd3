"""Every figure, once: its words, its rows, and nothing else. Pages, lists and commands read this.

A figure is the number of rows of a QuerySet, so that the list it opens is the figure itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area
from apps.cases.models import Case
from apps.core.rates import percent, value_text
from apps.needs.models import Need
from apps.persons.models import Person
from apps.reports.windows import counted_windows
from apps.schedule.models import Outcome

Words = str | Promise
Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Period:
    """For which area, from which day to which, and as at which day the facts are taken."""

    area: Area
    first: date
    last: date
    as_at: date


@dataclass(frozen=True)
class Indicator:
    """`rows` are counted; for a rate, `among` are the rows they are counted among."""

    code: str
    title: Words
    unit: Words
    definition: Words
    excluded: Words
    rows: Callable[[Period], Rows]
    among: Callable[[Period], Rows] | None = None

    @property
    def is_rate(self) -> bool:
        return self.among is not None

    def listed(self, period: Period) -> Rows:
        """The rows that the figure opens: of a rate, all those it is counted among."""
        return self.among(period) if self.among else self.rows(period)

    def measure(self, period: Period) -> "Figure":
        """Count the rows; two queries for a rate, one for a count."""
        denominator = self.among(period).count() if self.among else None
        return Figure(self, self.rows(period).count(), denominator)


@dataclass(frozen=True)
class Figure:
    """A counted indicator."""

    indicator: Indicator
    numerator: int
    denominator: int | None

    @property
    def value(self) -> float | int | None:
        """Per cent to one decimal for a rate; nothing where nothing was asked for."""
        if self.denominator is None:
            return self.numerator
        share = percent(self.numerator, self.denominator)
        return None if share is None else float(share)

    @property
    def text(self) -> str:
        """ "92.4 %", "420", or words that say there is no data."""
        if self.denominator is None:
            return f"{self.numerator:,}"
        return value_text(percent(self.numerator, self.denominator))

    def as_json(self) -> dict[str, Any]:
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "text": self.text,
            "unit": str(self.indicator.unit),
        }


def _done_windows(period: Period) -> Rows:
    return counted_windows(period).filter(outcome=Outcome.DONE, done_on__lte=period.as_at)


def _persons(period: Period) -> Rows:
    return Person.objects.in_area(period.area).on_register_on(period.as_at)


def _cases_in_force(period: Period) -> Rows:
    return Case.objects.in_area(period.area).in_force_on(period.as_at)


def _cases_not_assigned(period: Period) -> Rows:
    return Case.objects.in_area(period.area).open_on(period.as_at).not_assigned_on(period.as_at)


def _needs_open(period: Period) -> Rows:
    return Need.objects.in_area(period.area).open_on(period.as_at)


CHECKIN_RATE: Final = Indicator(
    code="checkin_rate",
    title=_("Check-in rate"),
    unit="%",
    definition=_(
        "Check-ins done out of check-ins due: windows that end in the period, counted one by one "
        "(person-days where a sign-in is due daily)."
    ),
    excluded=_(
        "Days on leave, under suspension or outside an order in force. Windows that ended before "
        "a case was brought in count only in months for which the county has check-ins on record."
    ),
    rows=_done_windows,
    among=counted_windows,
)
PERSONS: Final = Indicator(
    code="persons",
    title=_("Persons on the register"),
    unit=_("persons"),
    definition=_(
        "Persons whose file this area keeps. One who was brought in without a date counts on "
        "every day."
    ),
    excluded=_("Persons who died or live abroad."),
    rows=_persons,
)
CASES_IN_FORCE: Final = Indicator(
    code="cases_in_force",
    title=_("Orders in force"),
    unit=_("orders"),
    definition=_("Reported, with an agreement, and neither ended nor closed on the day."),
    excluded=_("Orders that wait for the report or the agreement."),
    rows=_cases_in_force,
)
CASES_NOT_ASSIGNED: Final = Indicator(
    code="cases_not_assigned",
    title=_("Orders without a worker"),
    unit=_("orders"),
    definition=_("Decided and not yet over, and nobody is responsible for the person on the day."),
    excluded=_("Orders that have ended or are closed."),
    rows=_cases_not_assigned,
)
NEEDS_OPEN: Final = Indicator(
    code="needs_open",
    title=_("Open needs"),
    unit=_("needs"),
    definition=_("Needs that were said by the day and not closed by then."),
    excluded=_("Needs recorded by mistake and closed as such."),
    rows=_needs_open,
)

INDICATORS: Final[dict[str, Indicator]] = {
    indicator.code: indicator
    for indicator in (CHECKIN_RATE, PERSONS, CASES_IN_FORCE, CASES_NOT_ASSIGNED, NEEDS_OPEN)
}
