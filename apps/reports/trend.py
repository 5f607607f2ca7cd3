"""The dashboard's figures month by month: twelve of them, each the number that the dashboard of
that month shows, by what is known now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _, pgettext

from apps.accounts.models import User
from apps.core.charts import Chart, Line, Series, columns, line
from apps.core.records import Words
from apps.core.text import is_chinese, month_text
from apps.persons.figures import Indicator, Period
from apps.reports.breakdown import break_down
from apps.reports.forms import MONTH, MonthForm
from apps.reports.indicators import INDICATORS
from apps.reports.page import LEADS, Cell, Teller, beside, query

MONTHS: Final = 12
# What was due and what was done of it, all duties with windows together.
DUE: Final = ("checkin_rate", "talk_rate", "visit_rate", "test_rate")
# Results of tests but negative ones, and how many tests there were.
RESULTS: Final = ("positive_confirmed", "positive_screened", "tests_refused")
TESTS: Final = "tests_done"
SHOWN: Final = tuple(dict.fromkeys((*LEADS, *DUE, *RESULTS, TESTS)))
# A mask looks at what a count is part of.
ASKED: Final = tuple(dict.fromkeys((*SHOWN, *sorted(beside(SHOWN)))))


@dataclass(frozen=True)
class Month:
    """The figures of one month, as a user may see them, and the dashboard that they are of."""

    period: Period
    cells: dict[str, Cell]
    url: str

    @property
    def is_over(self) -> bool:
        """Whether its last day is the month's own."""
        return (self.period.last + timedelta(days=1)).day == 1

    @property
    def label(self) -> str:
        return month_text(self.period.first)

    @property
    def short(self) -> str:
        """Under a column there is room for the month alone."""
        return f"{self.period.first.month}月" if is_chinese() else self.label[:3]


@dataclass
class Course:
    """One rate over the months, newest last."""

    indicator: Indicator
    months: Sequence[Month]

    @cached_property
    def cells(self) -> list[Cell]:
        return [month.cells[self.indicator.code] for month in self.months]

    @cached_property
    def drawn(self) -> Line | None:
        """A month that is not over would end each line with a fall."""
        return line([
            cell.figure.value if month.is_over and not cell.masked else None
            for month, cell in zip(self.months, self.cells, strict=True)
        ])  # fmt: skip

    @property
    def newest(self) -> tuple[Month, Cell]:
        """The last month that is over: the last one but one at least is."""
        place = -1 if self.months[-1].is_over else -2
        return self.months[place], self.cells[place]

    @property
    def heads(self) -> list[Words]:
        return [self.indicator.title]

    @property
    def rows(self) -> list[tuple[Month, list[Cell]]]:
        return _rows(self.months, [self.indicator.code])

    @property
    def words(self) -> str:
        """What the line says, for who does not see it."""
        told = ", ".join(cell.text for cell in self.cells)
        return _("%(title)s, month by month: %(values)s") % {
            "title": self.indicator.title, "values": told,
        }  # fmt: skip


def months_until(last: date, number: int = MONTHS) -> list[tuple[date, date]]:
    """First and last days of as many months, the last one until `last`; oldest first."""
    found = [(last.replace(day=1), last)]
    while len(found) < number:
        end = found[-1][0] - timedelta(days=1)
        found.append((end.replace(day=1), end))
    return found[::-1]


def by_month(user: User, period: Period) -> list[Month]:
    """Twelve months until the last day of `period`, as this user may see them."""
    found = []
    for first, last in months_until(period.last):
        month = Period(period.area, first, last, last, period.knows_sealed)
        told = Teller(user, break_down(month, persons=not user.sees_cases, codes=ASKED))
        cells = {code: told.total(code) for code in SHOWN}
        found.append(Month(month, cells, _dashboard_of(month, exact=user.sees_cases)))
    return found


def _dashboard_of(month: Period, *, exact: bool) -> str:
    """None of a month that a viewer of figures may not choose any more."""
    here = reverse("reports:dashboard")
    if exact:
        return f"{here}?{query(month)}"
    return f"{here}?{MONTH}={month.first:%Y-%m}" if month.last in MonthForm({}).months else ""


def trend_context(user: User, period: Period) -> dict[str, Any]:
    """What the templates of the twelve months show."""
    months = by_month(user, period)
    return {
        "period": period, "months": months, "exact": user.sees_cases,
        "courses": [Course(INDICATORS[code], months) for code in LEADS],
        "due": _due(months), "due_rows": _rows(months, DUE),
        "due_heads": [INDICATORS[code].title for code in DUE],
        "results": _results(months), "result_rows": _rows(months, (TESTS, *RESULTS)),
        "result_heads": [INDICATORS[code].title for code in (TESTS, *RESULTS)],
    }  # fmt: skip


def _rows(months: Sequence[Month], codes: Sequence[str]) -> list[tuple[Month, list[Cell]]]:
    return [(month, [month.cells[code] for code in codes]) for month in months]


def _due(months: Sequence[Month]) -> Chart:
    """Of a month of which one number is not told, none is drawn: the rest would tell it."""
    due, done = [], []
    for month in months:
        cells = [month.cells[code] for code in DUE]
        told = not any(cell.masked for cell in cells)
        due.append(sum(cell.figure.denominator or 0 for cell in cells) if told else None)
        done.append(sum(cell.figure.numerator for cell in cells) if told else None)
    series = [
        Series(pgettext("columns of a chart", "Due"), "due", due, 66),
        Series(pgettext("columns of a chart", "Done"), "done", done, 44),
    ]
    return columns(series, [month.short for month in months])


def _results(months: Sequence[Month]) -> Chart:
    series = [
        Series(
            INDICATORS[code].title, code,
            [None if (cell := month.cells[code]).masked else cell.figure.numerator
             for month in months],
        )
        for code in RESULTS
    ]  # fmt: skip
    tests = [month.cells[TESTS].text if not month.cells[TESTS].masked else "–" for month in months]
    return columns(series, [month.short for month in months], tests, stacked=True)
