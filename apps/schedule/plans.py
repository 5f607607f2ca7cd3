"""Which rule applies to a case on a day. Rules are loaded once for many cases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Self

from apps.areas.units import Stay
from apps.cases.codes import RiskLevel
from apps.schedule.rules import (
    ONE_DAY,
    Every,
    Stretch,
    first_day_of_half,
    first_day_of_year,
    half_of_year,
    year_of_term,
)

if TYPE_CHECKING:
    from apps.schedule.models import PlanRule


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of plans. Empty measure, level, year, length and area stand for all."""

    id: int
    every: Every
    effective_from: date
    effective_to: date | None = None
    measure: str = ""
    risk_level: str = ""
    year_of_term: int | None = None
    area_code: str = ""
    term_years: int | None = None
    half_of_year: int | None = None

    @property
    def rank(self) -> tuple[int, bool, bool, bool, bool, bool, date, int]:
        """Nearest area first, then measure, level, year of the term and its half, its length, then
        the latest beginning."""
        return (
            len(self.area_code),
            bool(self.measure),
            bool(self.risk_level),
            self.year_of_term is not None,
            self.half_of_year is not None,
            self.term_years is not None,
            self.effective_from,
            self.id,
        )

    def is_for(self, measure: str, place: tuple[Stay, ...], term_years: int) -> bool:
        suits = self.measure in ("", measure) and self.term_years in (None, term_years)
        return suits and (not self.area_code or any(self.area_code == s.code for s in place))

    def holds(
        self, day: date, risk_level: str, year: tuple[int, int], place: tuple[Stay, ...]
    ) -> bool:
        """`year`: of the term, and which half of it."""
        return (
            (not self.area_code or any(s.code == self.area_code and s.holds(day) for s in place))
            and self.effective_from <= day
            and (self.effective_to is None or day <= self.effective_to)
            and self.risk_level in ("", risk_level)
            and self.year_of_term in (None, year[0])
            and self.half_of_year in (None, year[1])
        )


def rule_of(row: "PlanRule") -> Rule:
    """A row of the table as plain facts."""
    return Rule(
        id=row.pk,
        every=Every(row.every_count, row.every_unit),
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        measure=row.measure,
        risk_level=row.risk_level,
        year_of_term=row.year_of_term,
        area_code=row.area.code if row.area else "",
        term_years=row.term_years,
        half_of_year=row.half_of_year,
    )


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the plan of a case depends on."""

    case_id: int
    person_id: int
    measure: str
    reported_on: date
    in_force_from: date
    duties_end_on: date
    place: tuple[Stay, ...]  # the units it belongs to, and from when to when
    risk_levels: tuple[
        tuple[date, str], ...
    ] = ()  # ascending: from this day on duties follow this risk level
    # Ascending: until this day another unit was responsible, and its rules held.
    former: tuple[tuple[date, tuple[Stay, ...]], ...] = ()
    term_years: int = 3  # begun ones count whole

    def place_on(self, day: date) -> tuple[Stay, ...]:
        return next((place for last, place in self.former if day <= last), self.place)

    def level_on(self, day: date) -> str:
        return level_on(self.risk_levels, day)


def level_on(risk_levels: Iterable[tuple[date, str]], day: date) -> str:
    """Medium until somebody has assessed."""
    held = [risk_level for since, risk_level in risk_levels if since <= day]
    return held[-1] if held else RiskLevel.MEDIUM


@dataclass(frozen=True)
class PlanBook:
    """All rules of one duty."""

    rules: tuple[Rule, ...]
    _near: dict[tuple[str, tuple[Stay, ...], int], list[Rule]] = field(
        default_factory=dict, repr=False
    )

    @classmethod
    def load(cls, kind: str) -> Self:
        return cls.load_all([kind])[kind]

    @classmethod
    def load_all(cls, kinds: Iterable[str]) -> dict[str, Self]:
        """A book a duty; one query."""
        from apps.schedule.models import PlanRule

        wanted = list(kinds)
        found: dict[str, list[Rule]] = defaultdict(list)
        for row in PlanRule.objects.filter(kind__in=wanted).select_related("area").order_by("pk"):
            found[row.kind].append(rule_of(row))
        return {kind: cls(tuple(found[kind])) for kind in wanted}

    def rule_on(self, facts: CaseFacts, day: date) -> Rule | None:
        """The most specific rule of the day."""
        risk_level, place = facts.level_on(day), facts.place_on(day)
        began = facts.reported_on
        year = (year_of_term(began, day), half_of_year(began, day))
        near = self._nearest(facts, place)
        return next((r for r in near if r.holds(day, risk_level, year, place)), None)

    def stretches(self, facts: CaseFacts, until: date) -> list[Stretch]:
        """From the report to a day, cut wherever unit, rule, risk level or year may change."""
        found: list[Stretch] = []
        for day in self._turning_points(facts, until):
            rule, risk_level = self.rule_on(facts, day), facts.level_on(day)
            found.append(
                Stretch(
                    day,
                    rule.id if rule else None,
                    rule.every if rule else None,
                    risk_level,
                    year_of_term(facts.reported_on, day),
                )
            )
        return found

    def _nearest(self, facts: CaseFacts, place: tuple[Stay, ...]) -> list[Rule]:
        key = (facts.measure, place, facts.term_years)
        if key not in self._near:
            fitting = [rule for rule in self.rules if rule.is_for(*key)]
            self._near[key] = sorted(fitting, key=lambda rule: rule.rank, reverse=True)
        return self._near[key]

    def _turning_points(self, facts: CaseFacts, until: date) -> list[date]:
        start = facts.reported_on
        days = {start, *(since for since, _risk_level in facts.risk_levels)}
        for place in (facts.place, *(place for _last, place in facts.former)):
            days.update(_changes(self._nearest(facts, place)))
            days.update(stay.since for stay in place if stay.since)
            years = {r.year_of_term for r in self._nearest(facts, place) if r.half_of_year}
            days.update(first_day_of_half(start, year) for year in years if year)
        days.update(last + ONE_DAY for last, _place in facts.former)
        last = year_of_term(start, until)
        days.update(first_day_of_year(start, year) for year in range(2, last + 1))
        return sorted(day for day in days if start <= day <= until)


def _changes(rules: Iterable[Rule]) -> Iterable[date]:
    for rule in rules:
        yield rule.effective_from
        if rule.effective_to is not None:
            yield rule.effective_to + ONE_DAY
