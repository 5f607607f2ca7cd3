"""Which number says how long an assessment speaks, and what a change of it does to those on file.

A number holds for what is assessed from its first day on. An assessment that still speaks on the
day before is measured by it, too: it ends no earlier than that day, and never later than was
decided. What has ended by then stays ended. So the past is as it was, and nothing is renewed
without a look.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from apps.areas.units import codes_today
from apps.assessments.models import ValidityRule
from apps.cases.codes import LevelSource, RiskLevel
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.rules import LEVEL_MONTHS, add_months
from apps.core.days import today
from apps.persons.models import Person
from apps.schedule.rules import ONE_DAY, year_of_term

# No row of the table has this number.
PROPOSED = 0


@dataclass(frozen=True, slots=True)
class Number:
    """One row of the table. Empty measure, year and area stand for all."""

    id: int
    months: int
    effective_from: date
    measure: str = ""
    year: int | None = None
    area_code: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        return self.measure, self.year, self.area_code

    @property
    def rank(self) -> tuple[int, bool, bool, date, int]:
        """Nearest area first, then measure, then year of the term, then the latest beginning."""
        return (
            len(self.area_code), bool(self.measure), self.year is not None, self.effective_from,
            self.id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OrderYears:
    measure: str
    reported_on: date | None
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class ValidityFacts:
    """What the number of a person depends on."""

    place: tuple[str, ...]  # codes of the units to which it belongs today
    orders: tuple[OrderYears, ...] = ()

    def on(self, day: date) -> tuple[str, int | None]:
        """Measure and year of the term of the order in force."""
        for order in self.orders:
            if order.first <= day and (order.last is None or day <= order.last):
                year = year_of_term(order.reported_on, day) if order.reported_on else None
                return order.measure, year
        return "", None


@dataclass(frozen=True, slots=True)
class End:
    """The last day of an assessment that is another one under a changed number."""

    record_id: int
    person_id: int
    was: date
    will_be: date
    told: bool


@dataclass(frozen=True, slots=True)
class ValidityBook:
    """All numbers of one risk level."""

    risk_level: str
    numbers: tuple[Number, ...]

    @classmethod
    def load(cls, risk_level: str) -> Self:
        rows = (
            ValidityRule.objects.filter(risk_level=risk_level).select_related("area").order_by("pk")
        )
        return cls(risk_level, tuple(number_of(row) for row in rows))

    def with_number(self, new: Number) -> Self:
        """One for the same that begins on the same day gives way."""
        rest = (
            old
            for old in self.numbers
            if (old.key, old.effective_from) != (new.key, new.effective_from)
        )
        return type(self)(self.risk_level, (*rest, new))

    def number_on(self, facts: ValidityFacts, day: date) -> Number | None:
        """The most specific number of the day."""
        measure, year = facts.on(day)
        fitting = (
            number
            for number in self.numbers
            if number.effective_from <= day
            and number.measure in ("", measure)
            and number.year in (None, year)
            and number.area_code in ("", *facts.place)
        )
        return max(fitting, key=lambda number: number.rank, default=None)

    def months_on(self, facts: ValidityFacts, day: date) -> int:
        """High 3, medium 6, low 12 where nobody set another."""
        number = self.number_on(facts, day)
        return number.months if number else LEVEL_MONTHS[RiskLevel(self.risk_level)]

    def end_with_later(self, facts: ValidityFacts, made_on: date, until: date, since: date) -> date:
        """The last day after every number that begins on `since` or later has come in."""
        later = {n.effective_from for n in self.numbers if n.effective_from >= since}
        for day in sorted(later):
            number = self.number_on(facts, day)
            if number and number.effective_from == day:
                until = shortened(made_on, until, number.months, day)
        return until


def number_of(row: ValidityRule) -> Number:
    """A row of the table as plain facts."""
    return Number(
        row.pk or PROPOSED, row.months, row.effective_from, row.measure, row.year_of_term,
        row.area.code if row.area else "",
    )  # fmt: skip


def shortened(made_on: date, until: date, months: int, first: date) -> date:
    """A number that comes in on `first` lets what speaks then speak until the day before."""
    if until < first:
        return until
    return max(min(until, add_months(made_on, months)), first - ONE_DAY)


def begins_on(rule: ValidityRule) -> date:
    """The first day on which the rule can change anything: never a day that has come already."""
    return max(rule.effective_from, today() + ONE_DAY)


def changed_ends(rule: ValidityRule) -> list[End]:
    """Of every assessment that still speaks: where the rule, saved or not, moves its last day."""
    first, number = begins_on(rule), number_of(rule)
    book = ValidityBook.load(rule.risk_level).with_number(number)
    rows = list(_speaking(rule.risk_level, first - ONE_DAY))
    facts = facts_of({row["person_id"] for row in rows})
    found = []
    for row in rows:
        mine = facts[row["person_id"]]
        if book.number_on(mine, first) != number:
            continue
        made_on = row["assessment__assessed_on"] or row["from_on"]
        decided = row["assessment__valid_until"] or row["valid_until"]
        until = shortened(made_on, decided, number.months, first)
        until = book.end_with_later(mine, made_on, until, first + ONE_DAY)
        if until != row["valid_until"]:
            told = row["assessment__told_until"] not in (None, until)
            found.append(End(row["pk"], row["person_id"], row["valid_until"], until, told))
    return found


def facts_of(person_ids: Collection[int]) -> dict[int, ValidityFacts]:
    """Places and orders of many persons; four queries."""
    units = {
        pk: village or town or county
        for pk, village, town, county in Person.objects.filter(pk__in=person_ids)
        .order_by("pk")
        .values_list("pk", "village_id", "town_id", "county_id")
    }
    codes = codes_today(set(units.values()))
    orders = _orders(person_ids)
    return {pk: ValidityFacts(codes[unit], tuple(orders[pk])) for pk, unit in units.items()}


def _orders(person_ids: Collection[int]) -> dict[int, list[OrderYears]]:
    found: dict[int, list[OrderYears]] = defaultdict(list)
    rows = Case.objects.filter(person_id__in=person_ids, in_force_from__isnull=False)
    names = ("person_id", "measure", "reported_on", "in_force_from", "duties_end_on")
    for person_id, *facts in rows.values_list(*names):
        found[person_id].append(OrderYears(*facts))
    return found


def _speaking(risk_level: str, day: date) -> Iterable[dict[str, Any]]:
    """The newest assessment of each person, where it is of the risk level and speaks on the day."""
    newest = (
        RiskLevelRecord.objects.filter(source=LevelSource.ASSESSED, from_on__lte=today())
        .order_by("person_id", "-from_on", "-pk")
        .distinct("person_id")
    )
    rows = RiskLevelRecord.objects.filter(
        pk__in=newest.values("pk"), risk_level=risk_level, valid_until__gte=day
    )
    return rows.order_by("pk").values(
        "pk", "person_id", "from_on", "valid_until", "assessment__assessed_on",
        "assessment__valid_until", "assessment__told_until",
    )  # fmt: skip
