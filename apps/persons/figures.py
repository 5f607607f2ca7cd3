"""What an indicator is, for which area and days it is counted, and the list that it opens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case as CaseWhen, Count, F, Q, Subquery, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from apps.areas.models import Area
from apps.core.rates import percent, value_text
from apps.core.records import Words
from apps.core.tables import BaseTable
from apps.persons.models import FormerUnit

# A scoped QuerySet of any model.
Rows = Any


@dataclass(frozen=True)
class Period:
    """For which area, from which day to which, and as at which day the facts are taken."""

    area: Area
    first: date
    last: date
    as_at: date
    # Whether the reader may know of restricted help: counts alone tell of nobody.
    knows_sealed: bool = False

    @cached_property
    def moved(self) -> list[int]:
        """Persons who belonged to another unit on one of the days; none on a day like today."""
        return FormerUnit.objects.moved_since(min(self.first, self.as_at))

    def here(self, rows: Rows, day: str = "") -> Rows:
        """Rows of whoever belonged to the area on the day: figures do not move with a person."""
        return rows.in_area_on(self.area, day or self.as_at, self.moved)


@dataclass(frozen=True)
class Indicator:
    """`rows` are what the figure counts and lists; a rate says which of them are `done`."""

    code: str
    title: Words
    unit: Words
    definition: Words
    excluded: Words
    rows: Callable[[Period], Rows]
    done: Callable[[Period], Q] | None = None
    # The column of the day on which a row counts; without one that of the facts.
    day: str = ""
    # Whether a low rate is marked: where few are good, it is not.
    watched: bool = True

    def by_unit(self, period: Period, column: str) -> Rows:
        """The rows with `unit`, the id of the unit to which the person belonged on the day."""
        rows = self.rows(period).order_by()
        return rows.annotate(unit=rows.unit_on(column, self.day or period.as_at, period.moved))

    def numerator(self, period: Period) -> Rows:
        rows = self.rows(period)
        return rows.filter(self.done(period)) if self.done else rows

    def denominator(self, period: Period) -> Rows | None:
        return self.rows(period) if self.done else None

    def counts(self, period: Period) -> dict[str, Count]:
        """What one query counts: `n`, and of a rate `whole` beside it."""
        if self.done is None:
            return {"n": Count("pk")}
        return {"n": Count("pk", filter=self.done(period)), "whole": Count("pk")}

    def persons(self, period: Period) -> dict[str, Count]:
        """How many persons stand behind the numbers, whatever these count: all, those done, and of
        a rate those with something left undone, who are what the one number leaves of the other.
        """
        person = self.rows(period).person_here
        counts = {"behind": Count(person, distinct=True)}
        if self.done is None:
            return counts | {"behind_done": counts["behind"]}
        done = self.done(period)
        return counts | {
            "behind_done": Count(person, distinct=True, filter=done),
            "behind_left": Count(
                CaseWhen(When(done, then=Value(None)), default=F(person)), distinct=True
            ),
        }

    def shown(self, number: int) -> str:
        """How a count is written."""
        return f"{number:,}"

    def measure(self, period: Period) -> "Figure":
        """Count the rows; one query."""
        found = self.rows(period).order_by().aggregate(**self.counts(period))
        return Figure(self, found["n"], found.get("whole"))


@dataclass(frozen=True)
class PersonsOf(Indicator):
    """Persons, each once and each under the unit of the newest row that counts them.

    `of`: these rows, of the person of an outer row; `of_day`: the column of their day.
    """

    of: Callable[[Period], Rows] = field(kw_only=True)
    of_day: str = field(kw_only=True)

    def by_unit(self, period: Period, column: str) -> Rows:
        found = self.of(period).order_by(f"-{self.of_day}", "-pk")
        there = found.annotate(there=found.unit_on(column, self.of_day, period.moved))
        return self.rows(period).order_by().annotate(unit=Subquery(there.values("there")[:1]))


@dataclass(frozen=True)
class Figure:
    """A counted indicator; `behind`: how many persons the whole is of, how many what is done, and
    how many what is not, where somebody asked for it.
    """

    indicator: Indicator
    numerator: int
    denominator: int | None = None
    behind: tuple[int, int, int] = (0, 0, 0)

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
            return self.indicator.shown(self.numerator)
        return value_text(percent(self.numerator, self.denominator))

    def as_json(self) -> dict[str, Any]:
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": self.value,
            "text": self.text,
            "unit": str(self.indicator.unit),
        }


class FigureGroup(TextChoices):
    """Under which head a figure stands on the dashboard; in this order."""

    CONTACT = "contact", _("In contact")
    REGISTER = "register", _("Register and orders")
    TESTS = "tests", _("Drug tests")
    HELP = "help", _("Help and follow-up")
    WORK = "work", _("Work, training and treatment")


@dataclass(frozen=True, kw_only=True)
class FigureList:
    """An indicator on the dashboard with the list of its rows.

    `rank`, `standing`, `lead`, `card` and `column`: the place among all figures, among what stands
    still, among the few that are drawn large with their twelve months, in its `group`, and in the
    table of units; 0 is no place. `quality`: the place on the board of data quality; such a figure
    is nowhere else. `extend` adds to the rows what the
    table sorts by, `tell` to those of a page what it says beside the facts of every person: both
    as at a day. `words` of a rate: all, done and not done. `capped`: counted up to so many.
    `leaves`: whether its list is exported. `kind_column`: by which of `kinds` the address narrows;
    `of_kind` where the kind stands in no column of the rows; `by_kind` makes the figure of one
    kind, where reports tell them apart.
    `tells`: the word that may not stand in the purpose on a sheet that goes to other offices;
    `signs`: under which name such a sheet goes out for a user.
    """

    indicator: Indicator
    table: type[BaseTable]
    export_name: str
    default_sort: str
    rank: int
    standing: int = 0
    lead: int = 0
    card: int = 0
    group: FigureGroup = FigureGroup.REGISTER
    column: int = 0
    quality: int = 0
    icon: str = ""
    related: tuple[str, ...] = ("person", "town", "village")
    ticked_by: str = "person__public_id"
    extend: Callable[[Any, date], Any] = lambda rows, _day: rows
    tell: Callable[[list[Any], date], None] = lambda _rows, _day: None
    words: tuple[Words, ...] = field(default=())
    capped: int | None = None
    leaves: bool = True
    kind_column: str = ""
    kinds: Sequence[tuple[str, Words]] = ()
    of_kind: Callable[[Rows, Period, str], Rows] | None = None
    by_kind: Callable[[str, Words], Indicator] | None = None
    tells: Callable[[str], str] = lambda _text: ""
    signs: Callable[[Any], str] | None = None
