"""Facts of many cases that their plans depend on, in six queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from apps.areas.models import ScopedModel
from apps.areas.units import Stay, places_of
from apps.cases.models import Case, RiskLevelRecord
from apps.cases.rules import counted_level
from apps.persons.models import FormerUnit
from apps.schedule.plans import CaseFacts, level_on
from apps.schedule.rules import ONE_DAY

Levels = dict[int, tuple[tuple[date, str], ...]]


def facts_of(case_ids: Sequence[int]) -> list[CaseFacts]:
    """Cases that are or were in force; others have no windows."""
    cases = list(
        Case.objects.filter(pk__in=case_ids, in_force_from__isnull=False)
        .exclude(reported_on=None)
        .only(
            "person_id",
            "measure",
            "term_months",
            "reported_on",
            "in_force_from",
            "duties_end_on",
            "county_id",
            "town_id",
            "village_id",
        )
        .order_by("pk")
    )
    persons = {case.person_id for case in cases}
    risk_levels = levels_of(persons)
    former = list(FormerUnit.objects.filter(person_id__in=persons).order_by("ends_on"))
    places = places_of({_unit(row) for row in (*cases, *former)})
    before: dict[int, list[tuple[date, tuple[Stay, ...]]]] = defaultdict(list)
    for row in former:
        before[row.person_id].append((row.ends_on, places[_unit(row)]))
    return [
        CaseFacts(
            case_id=case.pk,
            person_id=case.person_id,
            measure=case.measure,
            reported_on=case.reported_on,
            in_force_from=case.in_force_from,
            duties_end_on=case.duties_end_on,
            place=places[_unit(case)],
            risk_levels=risk_levels.get(case.person_id, ()),
            term_years=-(-case.term_months // 12),
            former=tuple(before[case.person_id]),
        )
        for case in cases
    ]


def levels_of(person_ids: Iterable[int]) -> Levels:
    """From which day on duties follow which level; of two of one day the later record counts."""
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = RiskLevelRecord.objects.filter(person_id__in=person_ids).order_by("from_on", "pk")
    until: dict[int, tuple[date | None, str]] = {}
    for person_id, since, risk_level, source, last in rows.values_list(
        "person_id", "from_on", "risk_level", "source", "valid_until"
    ):
        _end(found[person_id], *until.get(person_id, (None, "")), since)
        found[person_id].append((since, counted_level(risk_level, source)))
        until[person_id] = (last, counted_level(risk_level, source, ended=True))
    for person_id, risk_levels in found.items():
        _end(risk_levels, *until[person_id], date.max)
    return {person_id: tuple(risk_levels) for person_id, risk_levels in found.items()}


def levels_on(person_ids: Iterable[int], day: date) -> dict[int, str]:
    """Which level duties follow on the day; of who was never assessed, medium."""
    ids = set(person_ids)
    levels = levels_of(ids)
    return {one: level_on(levels.get(one, ()), day) for one in ids}


def _end(
    risk_levels: list[tuple[date, str]], last: date | None, then: str, following: date
) -> None:
    """An assessment that ends before the next one begins: medium at most from then on."""
    if last is not None and last + ONE_DAY < following and risk_levels[-1][1] != then:
        risk_levels.append((last + ONE_DAY, then))


def _unit(row: ScopedModel) -> int:
    return row.village_id or row.town_id or row.county_id
